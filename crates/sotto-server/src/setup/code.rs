//! What proves the founder: a code that is printed once and kept as a keyed hash.

use std::fmt;

use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::SetupError;

/// Random bytes of a code: beyond guessing, so a plain hash protects it.
const CODE_BYTES: usize = 20;

/// A setup code's salted hash, hexadecimal.
#[derive(Clone, Serialize, Deserialize)]
pub struct SetupCode {
    salt: String,
    hash: String,
}

impl fmt::Debug for SetupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SetupCode(..)")
    }
}

impl SetupCode {
    /// A new code, in groups of eight digits, and its hash.
    ///
    /// # Errors
    /// [`SetupError::Randomness`].
    pub fn make() -> Result<(Zeroizing<String>, Self), SetupError> {
        let (mut code, mut salt) = (Zeroizing::new([0; CODE_BYTES]), [0; 16]);
        let random = SystemRandom::new();
        random.fill(code.as_mut_slice()).map_err(|_| SetupError::Randomness)?;
        random.fill(&mut salt).map_err(|_| SetupError::Randomness)?;
        let groups: Vec<String> = code.chunks(4).map(hex::encode).collect();
        let text = Zeroizing::new(groups.join("-"));
        let hash = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &salt), text.as_bytes());
        Ok((text, Self { salt: hex::encode(salt), hash: hex::encode(hash) }))
    }

    /// Whether this is the code; takes the same time wherever they differ.
    #[must_use]
    pub fn fits(&self, code: &str) -> bool {
        let (Ok(salt), Ok(hash)) = (hex::decode(&self.salt), hex::decode(&self.hash)) else { return false };
        hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, &salt), code.trim().as_bytes(), &hash).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_printed_code_fits_and_it_is_not_kept() {
        let (text, code) = SetupCode::make().unwrap();
        assert!(code.fits(&text) && code.fits(&format!(" {}\n", *text)));
        assert!(!code.fits("") && !code.fits(&text[1..]));
        assert!(!serde_json::to_string(&code).unwrap().contains(&text[..8]));
        assert_ne!(*SetupCode::make().unwrap().0, *text);
    }
}
