//! Who belongs to the clinic, as an administrator sees them, and how does somebody new come in?

use serde::{Deserialize, Serialize};
use sotto_protocol::AccountId;
use sotto_protocol::role::{Permission, Role};

use super::{AdminStanding, Password, SecretText};

/// How far a person has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PersonState {
    /// An invite is out that nobody used yet.
    Invited,
    /// They can sign in.
    Active,
    /// They are out.
    Revoked,
}

/// A person as an administrator sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PersonView {
    /// The account.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// How they are called.
    pub name: String,
    /// What they do.
    pub title: String,
    /// Their initials.
    pub initials: String,
    /// Their login name, as far as it is known here.
    pub login: Option<String>,
    /// Their role; nobody without one may anything.
    pub role: Option<Role>,
    /// What they may do by it.
    pub permissions: Vec<Permission>,
    /// How far they are with being an administrator.
    pub admin: AdminStanding,
    /// How far they have come.
    pub state: PersonState,
    /// Until when the open invite is good, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub expires_at: Option<u64>,
    /// Whether that is the signed-in person.
    pub me: bool,
}

/// Invites a person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct InviteRequest {
    /// How they are called.
    pub name: String,
    /// What they do.
    pub title: String,
    /// Their login name.
    pub login: String,
    /// Their role.
    pub role: Role,
    /// What a custom role may do; empty for every other.
    pub permissions: Vec<Permission>,
    /// Days until the invite ends.
    pub days: u32,
}

/// An invite, to be handed over out of band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct InviteView {
    /// The account it makes.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// How they are called.
    pub name: String,
    /// What they do.
    pub title: String,
    /// Their login name.
    pub login: String,
    /// The invite's text; whoever holds it can become the account.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub text: SecretText,
    /// Until when it is good, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub expires_at: u64,
}

/// Asks for an administrator's grant, as the signed-in person.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AskAdminRequest {
    /// Their password, once more.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub password: Password,
    /// A code of their second factor.
    pub code: String,
}

/// Makes an administrator of somebody who asked.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct GrantAdminRequest {
    /// Whom.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// The texts of the root's sheets; none where the root's key is in this vault.
    #[cfg_attr(feature = "typescript", ts(type = "Array<string>"))]
    pub sheets: Vec<SecretText>,
}
