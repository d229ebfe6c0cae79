//! What is said about the fleet besides statements: what a machine tells of itself, and how far commands have come.

use serde::{Deserialize, Serialize};

use super::Base64;
use crate::CommandId;

/// `POST /v1/report`, with a workstation's proof: how the machine is. Nothing of a person or a patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    /// Sotto's version there.
    pub app_version: String,
    /// The operating system with its version, as it names itself.
    pub os: String,
    /// Whether the disk is encrypted; absent where the system does not tell.
    pub disk_encrypted: Option<bool>,
    /// Whether the system locks its screen by itself after a time without input; absent where the system does not tell.
    pub screen_lock: Option<bool>,
    /// Whether the keyring is a plain file.
    pub insecure_keyring: bool,
    /// How many people's vaults are there.
    pub vaults: u32,
    /// Until when the longest cached share opens a vault without the server; absent where none is cached. Milliseconds since 1970.
    pub lease_until: Option<u64>,
    /// The serial of the last command that was done there.
    pub command_serial: u64,
    /// How many statements of the directory the machine has taken in.
    pub directory: u64,
    /// What tells why it does not work, where it does not.
    pub diagnostics: Diagnostics,
}

/// What a machine counted since its program started. Numbers, times and names of codes: no person, no patient, no text, no path.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Diagnostics {
    /// How many sessions are open.
    pub sessions: u32,
    /// How many entries wait in them for the server; those in closed vaults cannot be counted.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub waiting: u64,
    /// When a vault there last had everything the server had; absent where none had since the start. Milliseconds since 1970, by the machine's clock.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub synced_at: Option<u64>,
    /// Bytes that are free where the vaults are; absent where the system does not tell.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub free_disk_bytes: Option<u64>,
    /// By how many milliseconds the machine's clock is ahead of the server's; behind where negative, absent where the server did not tell its own.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub clock_ahead_ms: Option<i64>,
    /// How often feed, outbox and control connection ended with each error code.
    pub errors: Vec<Counted>,
    /// Why statements were not taken and commands not done, each with how often; the oldest are forgotten.
    pub refusals: Vec<Counted>,
}

/// How often something came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Counted {
    /// An error code's name, or the word of a refusal. A text, so that a server takes those of newer machines.
    pub name: String,
    /// How often.
    pub count: u32,
}

/// `GET /v1/commands`, with the proof of a device of who may: how far each command has come that was begun to be delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommandsResponse {
    /// One for each, in no order.
    pub commands: Vec<CommandProgress>,
}

/// How far a command has come, as the server saw it; that it was done only a receipt says, which is in the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommandProgress {
    /// The command.
    pub command: CommandId,
    /// When it was put on the machine's control connection, milliseconds since 1970.
    pub delivered_at: u64,
    /// When the machine said that it begins; milliseconds since 1970.
    pub begun_at: Option<u64>,
}

/// `POST /v1/commands/begun`, with a workstation's proof: the machine begins with a command to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommandBegun {
    /// The command.
    pub command: CommandId,
}

/// `POST /v1/receipts`, without proof: the machine's signature in it is the authority, and its key may be gone by now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptRequest {
    /// The signed receipt.
    pub receipt: Base64,
}
