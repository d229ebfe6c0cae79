//! What a person types to say who they are, and how the server finds their login without learning it.

use std::fmt;

use serde::{Deserialize, Serialize};
use sotto_protocol::limits::{LOGIN_MAX_CHARS, LOGIN_MIN_CHARS};
use sotto_protocol::verify::sha256;
use sotto_protocol::{ErrorCode, LoginHandle};

use crate::secret::Secret32;
use crate::{derive, label};

/// Text that is no login name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a login name has {LOGIN_MIN_CHARS} to {LOGIN_MAX_CHARS} of a-z, 0-9, dot, underscore and hyphen")]
pub struct MalformedLogin;

impl MalformedLogin {
    /// The code that says it to people.
    pub const CODE: ErrorCode = ErrorCode::LoginMalformed;
}

/// A login name: 2 to 64 of a-z, 0-9, dot, underscore and hyphen. It names a person, so `Debug` is silent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Login(String);

impl Login {
    /// Reads what a person typed: spaces around it are dropped and A-Z become a-z first. Other alphabets are not folded: two names that
    /// look alike would be one on one machine and two on another.
    ///
    /// # Errors
    /// [`MalformedLogin`].
    pub fn parse(text: &str) -> Result<Self, MalformedLogin> {
        let text = text.trim();
        if text.len() > LOGIN_MAX_CHARS {
            return Err(MalformedLogin);
        }
        Self::try_from(text.to_ascii_lowercase())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Login {
    type Error = MalformedLogin;

    fn try_from(text: String) -> Result<Self, MalformedLogin> {
        let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-');
        let right = (LOGIN_MIN_CHARS..=LOGIN_MAX_CHARS).contains(&text.len()) && text.bytes().all(known);
        if right { Ok(Self(text)) } else { Err(MalformedLogin) }
    }
}

impl From<Login> for String {
    fn from(login: Login) -> Self {
        login.0
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login(..)")
    }
}

/// What the server knows the name by: HKDF under the secret that only enrolled workstations have, so that the server can neither read
/// the name nor try names.
#[must_use]
pub fn handle(workstation_secret: &Secret32, login: &Login) -> LoginHandle {
    let mut handle = [0; 16];
    // Hashed first, so that what follows the label has one length.
    let name = sha256(&[login.as_str().as_bytes()]);
    derive::fill(&[], workstation_secret.as_bytes(), &[label::LOGIN_HANDLE, name.as_bytes()], &mut handle);
    LoginHandle::from_bytes(handle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_as_people_type_it() {
        assert_eq!(Login::parse(" N.Rahman_2-b\n").unwrap().as_str(), "n.rahman_2-b");
        for text in ["", "a", "a b", "nadia@clinic", "nadía", "\u{212a}ate", "a\0", &"a".repeat(65), &" ".repeat(9)] {
            assert_eq!(Login::parse(text), Err(MalformedLogin), "{text:?}");
        }
        assert!(Login::parse(&"a".repeat(64)).is_ok());
        assert!(!format!("{:?}", Login::parse("nadia")).contains("nadia"));
    }

    #[test]
    fn a_handle_is_one_names_under_one_secret() {
        let (secret, other) = (Secret32::from_bytes([1; 32]), Secret32::from_bytes([2; 32]));
        let (nadia, omar) = (Login::parse("nadia").unwrap(), Login::parse("omar").unwrap());
        assert_eq!(handle(&secret, &nadia), handle(&secret, &Login::parse("NADIA").unwrap()));
        assert_ne!(handle(&secret, &nadia), handle(&secret, &omar));
        assert_ne!(handle(&secret, &nadia), handle(&other, &nadia));
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_taken_is_its_own_canonical_form(text in "\\PC{0,70}") {
            if let Ok(login) = Login::parse(&text) {
                proptest::prop_assert_eq!(Login::parse(login.as_str()), Ok(login.clone()));
                proptest::prop_assert_eq!(login.as_str(), text.trim().to_ascii_lowercase());
            }
        }
    }
}
