//! How does a person come to a workstation where their vault is not? By name, password and code, or by a recovery code.

use serde::{Deserialize, Serialize};

use super::Password;

/// Signs in by name and builds a vault here.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SignInNewRequest {
    /// The login name, as typed.
    pub login: String,
    /// The password.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub password: Password,
    /// The six digits that the authenticator app shows.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub code: Password,
}

/// Sets a new password with a recovery code.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RecoverRequest {
    /// The login name, as typed.
    pub login: String,
    /// The recovery code, as typed.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub recovery_code: Password,
    /// The six digits that the authenticator app shows.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub code: Password,
    /// The new password.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub password: Password,
}

/// How far a new vault has taken in earlier messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FillingView {
    /// Messages here.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub done: u64,
    /// Messages there are.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub total: u64,
}
