//! How a code that travels out of band is written: a prefix, and base64url without padding of canonical CBOR and its first four bytes of
//! SHA-256, which catch a slip of the hand, not an attacker.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sotto_protocol::verify::sha256;
use zeroize::Zeroizing;

use crate::secret::SecretVec;

/// The longest text that is looked at, in bytes.
pub const TEXT_BYTES: usize = 16 * 1024;
const CHECK_BYTES: usize = 4;

/// The text; as secret as the body.
pub(crate) fn encode(prefix: &str, body: SecretVec) -> String {
    let check = sha256(&[body.as_bytes()]);
    let checked: Vec<u8> = body.as_bytes().iter().chain(check.as_bytes().iter().take(CHECK_BYTES)).copied().collect();
    let checked = SecretVec::from_vec(checked);
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(checked.as_bytes()))
}

/// The body of untrusted text; white space around and inside it, as mail programs add, does not matter.
pub(crate) fn decode(prefix: &str, text: &str) -> Option<SecretVec> {
    if text.len() > TEXT_BYTES {
        return None;
    }
    let text: Zeroizing<String> = Zeroizing::new(text.chars().filter(|c| !c.is_whitespace()).collect());
    let bytes = SecretVec::from_vec(URL_SAFE_NO_PAD.decode(text.strip_prefix(prefix)?).ok()?);
    let end = bytes.as_bytes().len().checked_sub(CHECK_BYTES)?;
    let (body, check) = bytes.as_bytes().split_at_checked(end)?;
    sha256(&[body]).as_bytes().starts_with(check).then(|| SecretVec::from(body))
}
