//! Which machines belong to the clinic, as an administrator sees them, and how does another one come in?

use serde::{Deserialize, Serialize};
use sotto_protocol::api::Diagnostics;

use super::{CustodianView, SecretText, WorkstationKind};

/// How far a workstation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum WorkstationState {
    /// A token is out that nobody used yet.
    Waiting,
    /// People can sign in at it.
    Active,
    /// It is out of service.
    Revoked,
}

/// A workstation, or a token for one, as an administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct WorkstationEntry {
    /// The workstation, or the token while it waits.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub location: String,
    /// Who uses it.
    pub kind: WorkstationKind,
    /// How far it has come.
    pub state: WorkstationState,
    /// When the server last heard it, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub last_seen_at: Option<u64>,
    /// Until when the open token is good, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub expires_at: Option<u64>,
    /// Whether that is this machine.
    pub here: bool,
    /// Whether its control connection is open now.
    pub connected: bool,
    /// Whether it was not heard for 30 days.
    pub stale: bool,
    /// Commands to it that have no receipt.
    pub pending: u32,
    /// What it last told of itself.
    pub report: Option<MachineReport>,
    /// Who answers for it; absent is nobody.
    pub custodian: Option<CustodianView>,
}

/// What a machine tells of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MachineReport {
    /// Sotto's version there.
    pub app_version: String,
    /// The operating system with its version.
    pub os: String,
    /// Whether the disk is encrypted; absent where the system does not tell.
    pub disk_encrypted: Option<bool>,
    /// Whether the system locks its screen by itself after a time without input; absent where the system does not tell.
    pub screen_lock: Option<bool>,
    /// Whether the keyring is a plain file.
    pub insecure_keyring: bool,
    /// How many people's vaults are there.
    pub vaults: u32,
    /// Until when the longest cached share opens a vault without the server; milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub lease_until: Option<u64>,
    /// Statements of the directory that it has not taken in yet.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub behind: u64,
    /// What it counted, for whoever must find out why it does not work.
    pub diagnostics: Diagnostics,
}

/// Makes a token for a new workstation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MakeWorkstationTokenRequest {
    /// What the machine is to be called.
    pub name: String,
    /// Where it stands.
    pub location: String,
    /// Who uses it.
    pub kind: WorkstationKind,
    /// Days until the token ends.
    pub days: u32,
}

/// A workstation token, to be typed or pasted at the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct WorkstationTokenView {
    /// What the machine is to be called.
    pub name: String,
    /// Where it stands.
    pub location: String,
    /// Who uses it.
    pub kind: WorkstationKind,
    /// The token's text; whoever holds it can make a workstation.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub text: SecretText,
    /// Until when it is good, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub expires_at: u64,
}
