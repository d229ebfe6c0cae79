//! How does a PIN cross the boundary? In the wrapper of a password: it says nothing and leaves nothing.

use serde::Deserialize;
use sotto_protocol::AccountId;

use super::Password;

/// Opens a person's vault with the PIN they set on this workstation.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SignInPinRequest {
    /// Whose.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// 6 to 12 digits.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub pin: Password,
}

/// Sets the signed-in person's PIN on this workstation.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SetPinRequest {
    /// Their password, once more.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub password: Password,
    /// The new PIN.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub pin: Password,
}
