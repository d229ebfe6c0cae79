//! What signing in anywhere says: how a login is set up, used at another machine, and got back with a recovery code.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Base64;
use crate::limits::TOTP_DIGITS;
use crate::{AccountId, AttemptId, LoginHandle, RecoveryId, WorkstationId};

/// `POST /v1/registration/start`, with a device's proof: begins to set the login up, or anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegistrationStartRequest {
    /// What the login will be; the credential identifier of OPAQUE. Nothing is stored under it yet.
    pub login_handle: LoginHandle,
    /// OPAQUE's registration request.
    pub request: Base64,
}

/// The answer. A repeat gets the same `totp_secret` until the registration is finished or its time is over. For an account that has a
/// login already it is empty: the second factor stays as it is, and its secret is told once only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegistrationStartResponse {
    /// OPAQUE's registration response.
    pub response: Base64,
    /// The second factor's new secret, 20 bytes, pending until the registration is finished with one of its codes; or nothing.
    pub totp_secret: Base64,
    /// The stored bundle's version; 0 where there is none.
    pub bundle_version: u64,
}

/// `POST /v1/registration/finish`, with a device's proof: replaces all of the account's login in one transaction. Answers 204.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegistrationFinishRequest {
    /// The one the registration was started with.
    pub login_handle: LoginHandle,
    /// OPAQUE's registration record.
    pub record: Base64,
    /// The account's keys, sealed under what the password gives.
    pub bundle: Base64,
    /// Above the stored one; it is inside the bundle's seal as well.
    pub bundle_version: u64,
    /// A code of the pending second factor.
    pub totp_code: TotpCode,
    /// A box for each recovery code: exactly [`crate::limits::RECOVERY_CODES`], which replace all earlier ones.
    pub recovery: Vec<RecoveryBox>,
}

/// The account's keys, sealed under one recovery code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryBox {
    /// What the server knows the code by.
    pub id: RecoveryId,
    /// The sealed keys.
    pub sealed: Base64,
}

/// `POST /v1/sign-in/start`, with a workstation's proof: counts an attempt and begins a login. A handle nobody has is answered alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInStartRequest {
    /// What the login name gives under the workstations' secret.
    pub login_handle: LoginHandle,
    /// OPAQUE's first message.
    pub request: Base64,
}

/// The answer, whether or not there is such a login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInStartResponse {
    /// Names this attempt; it can be finished once, and not for long.
    pub attempt: AttemptId,
    /// OPAQUE's second message.
    pub response: Base64,
}

/// `POST /v1/sign-in/finish`, with the same workstation's proof: shows that the password and the second factor are right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInFinishRequest {
    /// The attempt.
    pub attempt: AttemptId,
    /// OPAQUE's third message.
    pub finish: Base64,
    /// A code of the second factor.
    pub totp_code: TotpCode,
}

/// The account's keys, for whoever showed both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInFinishResponse {
    /// Whose.
    pub account: AccountId,
    /// The sealed keys.
    pub bundle: Base64,
    /// Their version.
    pub bundle_version: u64,
}

/// `POST /v1/recovery/start`, with a workstation's proof: a recovery code in place of the password. The code is used once the
/// registration that follows is finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryStartRequest {
    /// What the login name gives under the workstations' secret.
    pub login_handle: LoginHandle,
    /// What the code gives; the code itself never leaves the workstation.
    pub recovery_id: RecoveryId,
    /// A code of the second factor.
    pub totp_code: TotpCode,
}

/// The account's keys, for whoever has a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryStartResponse {
    /// Whose.
    pub account: AccountId,
    /// The keys, sealed under that code.
    pub sealed: Base64,
}

/// `GET /v1/sign-ins`, with a device's proof: where an account signed in, newest first; the asking one, or the one that is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInsResponse {
    /// At most [`crate::limits::SIGN_INS`].
    pub sign_ins: Vec<SignIn>,
}

/// One sign-in at a machine where the account had no vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// When, milliseconds since 1970.
    pub at: u64,
    /// Where.
    pub workstation: WorkstationId,
    /// Whether a recovery code was used in place of the password.
    pub recovery: bool,
}

/// Text that is not six digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code is six digits")]
pub struct BadTotpCode;

/// A code of the second factor: six digits. Silent in `Debug`, since it holds for up to a minute and a half.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[0-9]{6}$"))]
#[serde(try_from = "String", into = "String")]
pub struct TotpCode(String);

impl TotpCode {
    /// Reads what a person typed; spaces, which apps show in the middle, do not matter.
    ///
    /// # Errors
    /// [`BadTotpCode`].
    pub fn parse(text: &str) -> Result<Self, BadTotpCode> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).take(TOTP_DIGITS + 1).collect();
        Self::try_from(digits)
    }

    /// The six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TotpCode {
    type Error = BadTotpCode;

    fn try_from(text: String) -> Result<Self, BadTotpCode> {
        let right = text.len() == TOTP_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        if right { Ok(Self(text)) } else { Err(BadTotpCode) }
    }
}

impl From<TotpCode> for String {
    fn from(code: TotpCode) -> Self {
        code.0
    }
}

impl fmt::Debug for TotpCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits_whatever_spaces_an_app_shows() {
        assert_eq!(TotpCode::parse(" 123 456\n").unwrap().as_str(), "123456");
        for text in ["", "12345", "1234567", "12345a", "１２３４５６", &"1".repeat(100_000)] {
            assert_eq!(TotpCode::parse(text), Err(BadTotpCode));
        }
        assert!(serde_json::from_str::<TotpCode>("\"123 456\"").is_err());
        assert_eq!(serde_json::to_string(&TotpCode::parse("000123").unwrap()).unwrap(), "\"000123\"");
    }

    #[test]
    fn debug_tells_no_code_and_no_secret() {
        let response = RegistrationStartResponse { response: Base64(vec![7; 64]), totp_secret: Base64(vec![0x41; 20]), bundle_version: 3 };
        let shown = format!("{response:?} {:?}", TotpCode::parse("123456"));
        assert!(!shown.contains("65") && !shown.contains("1234") && shown.contains("20 bytes"), "{shown}");
    }
}
