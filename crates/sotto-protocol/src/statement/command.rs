//! What IT tells a machine to do, who else must agree, and what the machine signs when it has done it.

use serde::{Deserialize, Serialize};

use crate::directory::DirectoryHead;
use crate::{AccountId, CommandId, OrgId, WorkstationId};

/// What a machine is told to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Ends the open session; the same password or PIN opens it again.
    Lock,
    /// Ends the open session and forgets what opens it quickly: the PIN and the server's cached share. The password opens it again, with the server.
    SignOut,
    /// Destroys the keys and then the data: of one person on this machine, or of everybody and the machine itself.
    Wipe,
    /// Sends a fresh report of the machine: versions, system, posture. Nothing of a person or a patient.
    Report,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 4] = [Self::Lock, Self::SignOut, Self::Wipe, Self::Report];

    /// The word on the wire and in commands.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lock => "lock",
            Self::SignOut => "sign_out",
            Self::Wipe => "wipe",
            Self::Report => "report",
        }
    }
}

/// Why; a word from a list, so that nothing of a patient can stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CommandReason {
    /// Nobody knows where the machine is.
    Lost,
    /// It was taken.
    Stolen,
    /// Somebody left the clinic.
    Leaver,
    /// The machine is to be given away or thrown away.
    Retired,
    /// Somebody may have got at it.
    Suspected,
    /// None of these: maintenance, an exercise.
    Routine,
}

impl CommandReason {
    /// Every reason.
    pub const ALL: [Self; 6] = [Self::Lost, Self::Stolen, Self::Leaver, Self::Retired, Self::Suspected, Self::Routine];

    /// The word on the wire and in commands.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Stolen => "stolen",
            Self::Leaver => "leaver",
            Self::Retired => "retired",
            Self::Suspected => "suspected",
            Self::Routine => "routine",
        }
    }

    /// The reason of that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}

/// Tells one machine to do one thing, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// The organisation.
    pub org: OrgId,
    /// The command's own id.
    pub command: CommandId,
    /// The machine; no other does it.
    pub workstation: WorkstationId,
    /// One person on it; `None` is everybody, and for a wipe the machine itself.
    pub account: Option<AccountId>,
    /// What to do.
    pub action: Action,
    /// The directory as its author had verified it. In one that is no continuation of it the command does not hold: a server that hides a
    /// rule, a revocation or an approval from the machine has another directory.
    pub directory: DirectoryHead,
    /// Rises with every command to this machine. The machine keeps the last one it did outside its vaults and does none that is not above it.
    pub serial: u64,
    /// Why.
    pub reason: CommandReason,
    /// Milliseconds since 1970.
    pub issued_at: u64,
    /// Not begun later than this; milliseconds since 1970.
    pub not_after: u64,
}

/// Another admin agrees to a command that needs two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The organisation.
    pub org: OrgId,
    /// The command.
    pub command: CommandId,
    /// Milliseconds since 1970.
    pub issued_at: u64,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CommandOutcome {
    /// It was done; of a wipe: every key is gone, and what is left of the data is in the list.
    Done,
    /// It came too late and was not begun.
    Expired,
    /// There was nothing to do: nobody's session was open, no vault of that person was there.
    Nothing,
}

/// A kind of thing that a wipe destroys, in the order in which it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ErasedKind {
    /// Secrets in the system's keyring.
    KeyringEntries,
    /// Wrapped vault keys: `vault.key`, `pin.key`.
    WrappedKeys,
    /// Databases with their journals.
    Vaults,
    /// Everything else in people's folders.
    OtherFiles,
    /// What the window and the system kept: the web view's data, logs.
    AppData,
}

impl ErasedKind {
    /// Every kind, in order.
    pub const ALL: [Self; 5] = [Self::KeyringEntries, Self::WrappedKeys, Self::Vaults, Self::OtherFiles, Self::AppData];
}

/// How much of one kind a wipe found and what it had to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Erased {
    /// The kind.
    pub kind: ErasedKind,
    /// How many there were.
    pub found: u32,
    /// How many are still there: what the system would not delete. Keys never are.
    pub left: u32,
}

/// What a machine signs when it is through with a command. The machine's key is destroyed after a wipe of the machine: there is no later one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The organisation.
    pub org: OrgId,
    /// The command.
    pub command: CommandId,
    /// The machine, which signs.
    pub workstation: WorkstationId,
    /// How it ended.
    pub outcome: CommandOutcome,
    /// Of a wipe what was destroyed, each kind at most once and in their order; else empty.
    pub erased: Vec<Erased>,
    /// When it began, by the machine's clock; milliseconds since 1970.
    pub begun_at: u64,
    /// When it ended, by the machine's clock; milliseconds since 1970.
    pub ended_at: u64,
}

impl Receipt {
    /// Whether the list is spelled in the one way.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        self.erased.is_sorted_by(|a, b| a.kind < b.kind)
            && self.erased.iter().all(|one| one.left <= one.found)
            && self.begun_at <= self.ended_at
    }

    /// Whether everything that was found is gone.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.outcome == CommandOutcome::Done && self.erased.iter().all(|one| one.left == 0)
    }
}
