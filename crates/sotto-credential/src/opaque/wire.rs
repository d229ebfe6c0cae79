//! How long each of OPAQUE's messages is. All have one length in this suite, so any other is refused before it is looked at.

use opaque_ke::RegistrationUpload;

use super::Suite;

/// Bytes of a registration request: a blinded element.
pub const REGISTRATION_REQUEST_BYTES: usize = 32;
/// Bytes of a registration record: public key, masking key, envelope.
pub const RECORD_BYTES: usize = 192;
/// Bytes of a login's first message: a blinded element, a nonce, an ephemeral key.
pub const CREDENTIAL_REQUEST_BYTES: usize = 96;
/// Bytes of a login's last message: a MAC.
pub const FINISH_BYTES: usize = 64;

/// Bytes that are no message of this suite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are no OPAQUE message")]
pub struct MalformedMessage;

/// The bytes, if they are so many.
pub(super) fn sized(bytes: &[u8], length: usize) -> Result<&[u8], MalformedMessage> {
    if bytes.len() == length { Ok(bytes) } else { Err(MalformedMessage) }
}

/// Whether bytes from a client are a record that a login can be checked with; ask before one is stored.
///
/// # Errors
/// [`MalformedMessage`].
pub fn check_record(record: &[u8]) -> Result<(), MalformedMessage> {
    let record = sized(record, RECORD_BYTES)?;
    RegistrationUpload::<Suite>::deserialize(record).map(drop).map_err(|_| MalformedMessage)
}
