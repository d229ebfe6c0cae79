//! Who is signed in, under which rules, and who else is there?

use serde::{Deserialize, Serialize};
use sotto_protocol::AccountId;

use super::{Connection, NewSignIn, ThreadClass};

/// The signed-in person and the rules that hold for them here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SessionView {
    /// The person.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// How they are called.
    pub name: String,
    /// What they do.
    pub title: String,
    /// Their initials.
    pub initials: String,
    /// The machine's name.
    pub workstation: String,
    /// The clinic's name.
    pub organisation: String,
    /// Whether the server can be heard.
    pub connection: Connection,
    /// Idle seconds until the lock.
    pub idle_lock_seconds: u32,
    /// The last of those, during which the screen fades.
    pub fade_seconds: u32,
    /// Whether they have a PIN on this workstation.
    pub pin_set: bool,
    /// Whether the keys lie in a plain file instead of the operating system's keyring.
    pub insecure_keyring: bool,
    /// Whether the vault turned out to be an older copy of itself; nothing is sent until it has caught up.
    pub rolled_back: bool,
    /// What is wrong with the server's word on who is who, if anything is.
    pub directory_warning: Option<DirectoryWarning>,
    /// Where the account came after this vault and the person has not said that it was them, newest first.
    pub new_sign_ins: Vec<NewSignIn>,
}

/// How a server was caught lying about who is who. The later ones are worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DirectoryWarning {
    /// A colleague has seen changes that the server does not give here, as of people who are out. Ends when it gives them.
    Withheld,
    /// A colleague was shown other changes than this vault. Stays.
    Forked,
    /// The server gave a change that does not chain to the organisation's root: a swapped key, a device nobody enrolled, an old list of
    /// who is out. Nothing of it was taken over. Stays.
    Forged,
}

/// A person of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DirectoryPerson {
    /// The account.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// How they are called.
    pub name: String,
    /// What they do.
    pub title: String,
    /// Their initials.
    pub initials: String,
    /// Whether that is the signed-in person.
    pub me: bool,
    /// Whether they are out.
    pub revoked: bool,
    /// The classes of threads they may be in.
    pub classes: Vec<ThreadClass>,
}
