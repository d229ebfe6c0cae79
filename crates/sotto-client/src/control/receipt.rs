//! What does the machine say when it is through? A receipt by its own key, kept until the server has it.

use sotto_protocol::api::{Base64, DirectoryVersion, ReceiptRequest};
use sotto_protocol::statement::{Command, CommandOutcome, Receipt, Statement};
use sotto_protocol::{CommandId, ErrorCode, cbor};
use sotto_store::receipts;

use super::hear::Control;
use crate::error::{Attempt as _, Result};

impl Control {
    /// Signs how a command ended.
    pub(super) fn make_receipt(&self, command: &Command, outcome: CommandOutcome, begun_at: u64) -> Vec<u8> {
        let receipt = Receipt {
            org: command.org,
            command: command.command,
            workstation: command.workstation,
            outcome,
            erased: Vec::new(),
            begun_at,
            // A clock that was set back meanwhile is no reason for a receipt that nobody takes.
            ended_at: self.workstation.clock().wall_ms().max(begun_at),
        };
        cbor::encode(&self.machine.signer.sign(&Statement::Receipt(receipt)))
    }

    /// Keeps a receipt; durable on return.
    ///
    /// # Errors
    /// Those of the disk.
    pub(super) fn keep_receipt(&self, command: CommandId, receipt: &[u8]) -> Result<()> {
        receipts::store(self.workstation.home(), command, receipt).attempting("keep a receipt")
    }

    /// Whether a command's receipt is kept and was not delivered.
    ///
    /// # Errors
    /// Those of the disk.
    pub(super) fn has_receipt(&self, command: CommandId) -> Result<bool> {
        Ok(receipts::load_all(self.workstation.home()).attempting("read the receipts")?.iter().any(|(kept, _)| *kept == command))
    }

    /// Gives the server what it does not have. What does not arrive is given at the next hearing.
    pub(super) async fn deliver_receipts(&self) {
        let home = self.workstation.home();
        let kept = receipts::load_all(home).unwrap_or_else(|error| {
            tracing::warn!(%error, "the kept receipts could not be read");
            Vec::new()
        });
        for (command, receipt) in kept {
            let request = ReceiptRequest { receipt: Base64(receipt) };
            let sent = self.machine.http.push_json::<DirectoryVersion>("/v1/receipts", None, &request).await;
            match sent {
                Err(error) if error.code != ErrorCode::Conflict => tracing::info!(%command, %error, "a receipt was not delivered"),
                // Delivered now, or before a crash that kept the file.
                Ok(_) | Err(_) => drop(receipts::delete(home, command)),
            }
        }
    }
}
