//! Who answers for a workstation, as IT sees and says it?

use serde::{Deserialize, Serialize};
use sotto_protocol::AccountId;

/// The person who answers for a workstation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CustodianView {
    /// The account.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// How they are called.
    pub name: String,
    /// Whether they are out by now: then somebody else has to take the machine over.
    pub revoked: bool,
}

/// Says who answers for a workstation from now on, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CustodyRequest {
    /// The machine, one of [`crate::Session::workstations`].
    pub workstation: String,
    /// Who takes it over; absent is nobody.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub custodian: Option<AccountId>,
    /// Where it stands; may be empty.
    pub location: String,
}

/// One change of a workstation's custody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CustodyView {
    /// Who answered for it before; absent is nobody.
    pub from: Option<String>,
    /// Who answered for it from then on; absent is nobody.
    pub to: Option<String>,
    /// Whether it changed hands, which two of the same name do not show; else only its place changed.
    pub handed: bool,
    /// Where it stood before.
    pub location_before: String,
    /// Where it stood from then on.
    pub location: String,
    /// Who signed the change; absent is the clinic's root.
    pub by: Option<String>,
    /// When, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub at: u64,
}
