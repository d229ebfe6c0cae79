//! How is a receipt shown to somebody who trusts nobody? With every statement that it rests on, to be folded from the root again.

use serde::{Deserialize, Serialize};
use sotto_protocol::api::Base64;
use sotto_protocol::directory::{Directory, DirectoryHead, ReportedIncident};
use sotto_protocol::key::VerifyKey;
use sotto_protocol::limits::STATEMENT_BYTES;
use sotto_protocol::statement::{Action, CommandReason, IncidentOutcome, IncidentReason, Receipt, Signed};
use sotto_protocol::{AccountId, CommandId, IncidentId, WorkstationId, cbor};
use sotto_store::table::statement;

use crate::error::{Attempt as _, ClientError, Result};
use crate::permissions::{permissions, require};
use crate::session::{Core, Session};
use crate::view::{ErrorCode, IncidentView, ReceiptView};

/// A file with receipts and what they rest on. It holds no secret, and no name in the clear but in the register of incidents where that is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptProof {
    /// The form of the file; 1.
    pub sotto_receipts: u32,
    /// The organisation's root key.
    pub root: Base64,
    /// The directory's statements in their order, each canonical and signed.
    pub statements: Vec<Base64>,
    /// The register of incidents with what it names, the newest first; absent where only receipts were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incidents: Option<Vec<IncidentView>>,
}

/// A receipt that was verified, without anybody's names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerifiedReceipt {
    /// The command.
    pub command: CommandId,
    /// The machine that signed.
    pub workstation: WorkstationId,
    /// The one person it was about.
    pub account: Option<AccountId>,
    /// What was to be done.
    pub action: Action,
    /// Why.
    pub reason: CommandReason,
    /// When the command was given; milliseconds since 1970.
    pub issued_at: u64,
    /// Whether two administrators were needed and agreed.
    pub two_person: bool,
    /// What the machine signed.
    pub receipt: ReceiptView,
}

impl Session {
    /// The directory as a file in which every receipt can be verified without the server.
    ///
    /// # Errors
    /// `locked`, `not_permitted`; those of the vault.
    pub async fn export_receipts(&self) -> Result<ReceiptProof> {
        let call = self.enter()?;
        let core = call.core();
        let may = permissions(core);
        require(may.workstations || may.review)?;
        call.run(load(core, core.people().directory.head())).await
    }
}

/// The statements up to that head as they are kept, without anybody's names.
pub(super) async fn load(core: &Core, head: DirectoryHead) -> Result<ReceiptProof> {
    let loaded = core.vault.read(statement::load_all).await.attempting("read the directory")?;
    let root = Base64(core.people().directory.root().as_bytes().to_vec());
    let statements = loaded.into_iter().take(usize::try_from(head.0).unwrap_or(usize::MAX)).map(Base64).collect();
    Ok(ReceiptProof { sotto_receipts: 1, root, statements, incidents: None })
}

/// Verifies a file from the root on and gives every receipt in it, the oldest command first. `root` is the one that the reader knows by
/// another way; without it the file's own is taken, and the answer is only as good as that.
///
/// # Errors
/// `malformed` for a file that is none; `unknown_root` for another root than the reader's; the first statement's refusal; `conflict` for a
/// register of incidents that tells something else than the statements. The names in it are the exporter's word.
pub fn verify_receipts(file: &[u8], root: Option<&VerifyKey>) -> Result<Vec<VerifiedReceipt>> {
    let attempted = "verify the receipts";
    let malformed = || ClientError::new(ErrorCode::Malformed, attempted);
    let proof: ReceiptProof = serde_json::from_slice(file).map_err(|_| malformed())?;
    let named = VerifyKey::try_from(proof.root.0.as_slice()).map_err(|_| malformed())?;
    if proof.sotto_receipts != 1 {
        return Err(malformed());
    }
    if root.is_some_and(|root| *root != named) {
        return Err(ClientError::new(ErrorCode::UnknownRoot, attempted));
    }
    let mut directory = Directory::new(named);
    for statement in &proof.statements {
        let signed: Signed = cbor::parse_canonical(&statement.0, STATEMENT_BYTES).map_err(|_| malformed())?;
        directory.apply(&signed).map_err(|error| ClientError::new(error.assertion_code(), attempted))?;
    }
    if proof.incidents.is_some_and(|told| !is_register(&directory, &told)) {
        return Err(ClientError::new(ErrorCode::Conflict, attempted));
    }
    let mut verified: Vec<VerifiedReceipt> = directory
        .commands()
        .filter_map(|issued| {
            let (command, receipt) = (&issued.command, issued.receipt.as_ref()?);
            Some(VerifiedReceipt {
                command: command.command,
                workstation: command.workstation,
                account: command.account,
                action: command.action,
                reason: command.reason,
                issued_at: command.issued_at,
                two_person: issued.needs_approval,
                receipt: view(receipt),
            })
        })
        .collect();
    verified.sort_by_key(|one| (one.issued_at, one.command));
    Ok(verified)
}

/// Whether a register tells every incident, with its commands and their receipts, as the statements do.
fn is_register(directory: &Directory, told: &[IncidentView]) -> bool {
    directory.incidents().rev().map(|reported| signed(directory, reported)).eq(told.iter().map(shown))
}

/// An incident without names: what, where, why, when, how it ended, whether the machine is out, and what was told with its receipt, oldest first.
type Bare = (IncidentId, String, IncidentReason, u64, Option<(IncidentOutcome, u64)>, bool, Vec<(CommandId, Action, Option<ReceiptView>)>);

fn signed(directory: &Directory, reported: &ReportedIncident) -> Bare {
    let incident = &reported.incident;
    let (workstation, out) = (incident.workstation, directory.workstation_revoked(&incident.workstation));
    let end = reported.end.as_ref().map(|end| (end.closed.outcome, end.closed.issued_at));
    let commands = directory.incident_commands(reported);
    let commands = commands.map(|issued| (issued.command.command, issued.command.action, issued.receipt.as_ref().map(view))).collect();
    (incident.incident, workstation.to_string(), incident.reason, incident.issued_at, end, out, commands)
}

fn shown(view: &IncidentView) -> Bare {
    let end = view.closed.as_ref().map(|end| (end.outcome, end.at));
    let commands = view.commands.iter().rev().map(|one| (one.command, one.action, one.receipt.clone())).collect();
    (view.incident, view.workstation.clone(), view.reason, view.opened_at, end, view.shut_out, commands)
}

/// A receipt as it is shown.
pub(super) fn view(receipt: &Receipt) -> ReceiptView {
    ReceiptView { outcome: receipt.outcome, ended_at: receipt.ended_at, erased: receipt.erased.clone(), complete: receipt.is_complete() }
}
