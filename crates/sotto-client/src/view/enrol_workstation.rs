//! How does a machine become a workstation of the clinic? By a token that IT made, used once.

use serde::{Deserialize, Serialize};

use super::Password;
pub use sotto_protocol::statement::WorkstationKind;

/// Uses a workstation token on this machine.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EnrolWorkstationRequest {
    /// The token's text.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub token: Password,
}

/// A machine that has just become a workstation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct WorkstationEnrolled {
    /// The clinic's name; empty while this machine was not told it.
    pub organisation: String,
    /// The host of the clinic's server.
    pub server: String,
    /// Who uses this workstation.
    pub kind: WorkstationKind,
}
