//! What does a first sign-in ask of a person, and what does it give them? An invite, a password and a code; then recovery codes.

use serde::{Deserialize, Serialize};
use sotto_protocol::AccountId;

use super::{Password, SecretText};

/// Uses an invite with a new password; the second factor comes next.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct BeginEnrolRequest {
    /// The invite's text.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub invite: Password,
    /// The password that the person chose.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub password: Password,
}

/// What an authenticator app needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TotpSetup {
    /// The `otpauth` address, for a QR code.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub uri: SecretText,
    /// The secret in groups of four, for typing.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub secret_text: SecretText,
}

/// An account whose second factor still has to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EnrolmentBegun {
    /// The account.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// How they are called.
    pub name: String,
    /// Their login name.
    pub login: String,
    /// For their authenticator app.
    pub totp: TotpSetup,
}

/// Confirms the second factor.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FinishEnrolRequest {
    /// The account.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// The six digits that the app shows.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub code: Password,
}

/// Recovery codes, shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RecoveryCodes {
    /// The codes, each good for one recovery.
    #[cfg_attr(feature = "typescript", ts(type = "Array<string>"))]
    pub codes: Vec<SecretText>,
}
