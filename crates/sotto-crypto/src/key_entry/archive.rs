//! How an epoch's key is left to the archive so that every member can tell whether it truly was: the box is a function of the key.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use sotto_protocol::entry::{Header, KeyBody};
use sotto_protocol::key::{SealedBox, SealingKey};
use sotto_protocol::verify::sha256;
use sotto_protocol::{ThreadId, cbor};
use subtle::ConstantTimeEq as _;

use super::{box_info, epoch_aad};
use crate::hpke::{self, BoxError};
use crate::thread_key::ThreadKey;
use crate::{derive, label};

/// The archive's box of an epoch's key. Its encapsulation draws from ChaCha20 keyed with HKDF of the thread key, so whoever holds the key
/// computes the same bytes. Whoever does not learns no more from it than from a random one: the seed is as secret as the key.
///
/// # Errors
/// [`BoxError::BadKey`].
pub fn derive_archive_box(key: &ThreadKey, thread: ThreadId, epoch: u64, archive: &SealingKey) -> Result<SealedBox, BoxError> {
    // The archive key is in the seed: two archive keys never see one encapsulation's randomness.
    let to = sha256(&[&cbor::encode(archive)]);
    let info: [&[u8]; 4] = [label::ARCHIVE_SEED, thread.as_bytes(), &epoch.to_be_bytes(), to.as_bytes()];
    let seed = derive::secret(&[], key.0.as_bytes(), &info);
    let mut rng = ChaCha20Rng::from_seed(*seed.as_bytes());
    hpke::seal(archive, &box_info(label::BOX_ARCHIVE), &epoch_aad(thread, epoch), key.0.as_bytes(), &mut rng)
}

/// Whether the entry's archive box is the one that its key gives: every member checks once an epoch.
#[must_use]
pub fn check_archive(body: &KeyBody, header: &Header, key: &ThreadKey, archive: &SealingKey) -> bool {
    let Ok(expected) = derive_archive_box(key, header.thread, header.epoch, archive) else { return false };
    cbor::encode(&expected).ct_eq(&cbor::encode(&body.archive)).into()
}
