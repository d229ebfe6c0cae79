//! How bytes are sealed under a symmetric key: AES-256-GCM by `ring`.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::secret::{Secret32, SecretVec};

/// The tag at a ciphertext's end.
pub(crate) const TAG_BYTES: usize = 16;
/// A nonce's length.
pub(crate) const NONCE_BYTES: usize = NONCE_LEN;
/// The nonce of a key that seals one plaintext and never another.
pub(crate) const SINGLE_USE: [u8; NONCE_BYTES] = [0; NONCE_BYTES];

/// Bytes that are not what was sealed under this key with this associated data.
#[derive(Debug)]
pub(crate) struct Unopened;

fn key(secret: &Secret32) -> Result<LessSafeKey, Unopened> {
    UnboundKey::new(&AES_256_GCM, secret.as_bytes()).map(LessSafeKey::new).map_err(|_| Unopened)
}

/// The ciphertext and its tag.
pub(crate) fn seal(secret: &Secret32, nonce: [u8; NONCE_BYTES], aad: &[u8], plaintext: &[u8]) -> Vec<u8> {
    // Room for the tag from the start: growing later would leave a copy of the plaintext behind.
    let mut buffer = Vec::with_capacity(plaintext.len() + TAG_BYTES);
    buffer.extend_from_slice(plaintext);
    let nonce = Nonce::assume_unique_for_key(nonce);
    let sealed = key(secret).and_then(|key| key.seal_in_place_append_tag(nonce, Aad::from(aad), &mut buffer).map_err(|_| Unopened));
    assert!(sealed.is_ok(), "AES-256-GCM takes 32-byte keys and every plaintext below 64 GiB");
    buffer
}

/// The plaintext.
pub(crate) fn open(secret: &Secret32, nonce: [u8; NONCE_BYTES], aad: &[u8], ciphertext: &[u8]) -> Result<SecretVec, Unopened> {
    let mut buffer = SecretVec::from(ciphertext);
    let nonce = Nonce::assume_unique_for_key(nonce);
    let length = key(secret)?.open_in_place(nonce, Aad::from(aad), buffer.as_mut()).map_err(|_| Unopened)?.len();
    buffer.truncate(length);
    Ok(buffer)
}
