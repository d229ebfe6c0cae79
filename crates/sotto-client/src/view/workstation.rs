//! What may be known of a workstation while everybody's session is locked?

use serde::{Deserialize, Serialize};
use sotto_protocol::AccountId;

use super::{Connection, ErrorCode, Language, ManagedFault, Password, Theme};

/// A person who uses this workstation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TileView {
    /// The account.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// How they are called.
    pub name: String,
    /// What they do.
    pub title: String,
    /// Their initials.
    pub initials: String,
    /// Whether their vault is here and can be opened with the password.
    pub has_vault: bool,
    /// How many tries a PIN has left here; absent where there is none.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub pin_tries_left: Option<u32>,
    /// Whether the password alone does not open: after too many wrong PINs a code of the second factor is needed once.
    pub second_factor_needed: bool,
    /// Why the server takes nothing from their device here any more, if it said so: then nothing opens it.
    pub shut_out: Option<ErrorCode>,
}

/// The session that is locked here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LockedView {
    /// Whose.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// Since when, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub since: u64,
    /// Whether a draft waits.
    pub draft_kept: bool,
    /// Threads with something unread when it locked.
    pub waiting: u32,
    /// STAT messages among them.
    pub stat: u32,
}

/// The workstation as anybody in front of it may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct WorkstationView {
    /// Whether this machine is a workstation of a clinic.
    pub enrolled: bool,
    /// When it was wiped, if it was and was not let in again; milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub wiped_at: Option<u64>,
    /// The machine's name.
    pub name: String,
    /// The clinic's name, as far as this machine was told it.
    pub organisation: String,
    /// Who has a vault here, or had one.
    pub people: Vec<TileView>,
    /// The person whose session is locked here, if one is.
    pub locked: Option<LockedView>,
    /// Whether the server can be heard.
    pub connection: Connection,
    /// Until when the locked person's vault opens without the server, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub lease_until: Option<u64>,
    /// Whom to ask for help: as this machine's management says it, or else the clinic.
    pub help: String,
    /// What is wrong with what this machine's management says; nothing of it is used then.
    pub managed_fault: Option<ManagedFault>,
    /// Whether the keys lie in a plain file instead of the operating system's keyring.
    pub insecure_keyring: bool,
    /// The language of the last person; before anybody was here, that of the machine's management.
    pub language: Language,
    /// The colours of the last person.
    pub theme: Theme,
}

/// Opens a person's vault.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SignInRequest {
    /// Whose.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// The password.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub password: Password,
}
