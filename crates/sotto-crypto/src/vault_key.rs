//! How a password becomes the keys of a vault: Argon2id, two halves of a secret, one wrapped master key and what hangs under it.
//!
//! ```text
//! password ─ Argon2id(salt, secret = K_dev) ─ A
//! KEK = HKDF(salt = S_srv, ikm = A || K_dev, info = ids, parameters)
//! VMK, wrapped by KEK ─ database key and salt, integrity key
//! ```
//! Destroying any one of K_dev, S_srv and the wrapped VMK makes the vault unreadable.
//!
//! A PIN wraps the same VMK a second time, by the same rule with labels of its own and, in place of K_dev, HKDF of K_dev and K_pin: 32 bytes
//! that are made with the PIN and go with it, so that an older `pin.key` put back opens nothing.

mod calibrate;
mod kdf;
mod wrap;

pub use calibrate::{TARGET, calibrate, raise};
pub use kdf::{KdfError, KdfParams, Opener, VaultIds, derive_kek};
pub use wrap::{VmkBinding, WrongKey, unwrap_vmk, wrap_vmk};

use crate::secret::{Secret32, SecretVec};
use crate::{derive, label};

/// What stands for K_dev where a PIN opens: it takes both halves that this machine keeps.
#[must_use]
pub fn derive_pin_half(k_dev: &Secret32, k_pin: &Secret32) -> Secret32 {
    let both = SecretVec::from_vec([k_dev.as_bytes().as_slice(), k_pin.as_bytes()].concat());
    derive::secret(&[], both.as_bytes(), &[label::PIN_HALF])
}

/// The database's key and its salt, for SQLCipher's raw key.
#[must_use]
pub fn derive_db_key(vmk: &Secret32) -> (Secret32, [u8; 16]) {
    let mut salt = [0; 16];
    derive::fill(&[], vmk.as_bytes(), &[label::DB_SALT], &mut salt);
    (derive::secret(&[], vmk.as_bytes(), &[label::DB_KEY]), salt)
}

/// The key that the vault's own anchors are authenticated with.
#[must_use]
pub fn derive_integrity_key(vmk: &Secret32) -> Secret32 {
    derive::secret(&[], vmk.as_bytes(), &[label::INTEGRITY_KEY])
}
