//! How does a secret cross the boundary outwards, to be read by a person once? In a wrapper that says nothing and leaves nothing here.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A text that only the person in front of the screen may see; zeroized when dropped, silent in `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// Takes the text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The characters, for the screen or the terminal only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<SecretText> for String {
    fn from(secret: SecretText) -> Self {
        secret.expose().to_owned()
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::SecretText;

    #[test]
    fn a_secret_reaches_the_screen_and_no_log() {
        let secret = SecretText::new("7KQ2M-9X4TD-B3VNP-6HJWR".to_owned());
        assert_eq!(format!("{secret:?}"), "SecretText(..)");
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"7KQ2M-9X4TD-B3VNP-6HJWR\"");
    }
}
