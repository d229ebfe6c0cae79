//! Which commands did this machine do? The keyring remembers, so that neither a disk put back nor a server that repeats itself does one twice.

use serde::{Deserialize, Serialize};
use sotto_protocol::cbor;
use sotto_protocol::directory::{Directory, IssuedCommand};
use sotto_store::home::WorkstationItem;

use crate::error::{Attempt as _, ClientError, Result};
use crate::view::ErrorCode;
use crate::workstation::Workstation;

/// Commands that wait for a second admin while later ones are done; a machine with more forgets the oldest, which is then never done.
const WAITING: usize = 32;
/// Bytes of it in the keyring, at most.
const BYTES: usize = 1_024;

/// The serials that are over.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Done {
    /// The highest serial that was done.
    pub last: u64,
    /// Lower ones that were not: they waited for a second admin.
    pub waiting: Vec<u64>,
}

impl Done {
    /// What the keyring remembers; nothing for a machine that never did one.
    ///
    /// # Errors
    /// Those of the keyring; `vault_corrupt` where it holds something else.
    pub fn load(workstation: &Workstation) -> Result<Self> {
        let kept = workstation.keyring().get(&name(workstation)).attempting("read which commands were done")?;
        let Some(kept) = kept else { return Ok(Self::default()) };
        cbor::parse_canonical(kept.as_bytes(), BYTES)
            .map_err(|_| ClientError::new(ErrorCode::VaultCorrupt, "read which commands were done"))
    }

    /// Whether a serial is still to be done.
    pub fn is_due(&self, serial: u64) -> bool {
        serial > self.last || self.waiting.contains(&serial)
    }

    /// A command is over. Those below it that do not hold yet may still come to. Durable on return.
    ///
    /// # Errors
    /// Those of the keyring.
    pub fn note(&mut self, workstation: &Workstation, directory: &Directory, over: &IssuedCommand) -> Result<()> {
        let command = &over.command;
        let passed = directory.commands_to(&command.workstation).filter(|other| {
            let serial = other.command.serial;
            other.holds_from.is_none() && self.last < serial && serial < command.serial
        });
        let passed: Vec<u64> = passed.map(|other| other.command.serial).collect();
        self.waiting.extend(passed);
        self.waiting.retain(|serial| *serial != command.serial);
        let surplus = self.waiting.len().saturating_sub(WAITING);
        self.waiting.drain(..surplus);
        self.last = self.last.max(command.serial);
        workstation.keyring().set(&name(workstation), &cbor::encode(self)).attempting("remember which commands were done")
    }
}

fn name(workstation: &Workstation) -> String {
    workstation.home().workstation_keyring_name(WorkstationItem::Commands)
}
