//! What an epoch of a thread is read with: 32 bytes that every member of the epoch holds.

use rand_core::CryptoRng;
use sotto_protocol::ThreadId;
use sotto_protocol::key::Hash;

use crate::secret::Secret32;
use crate::{derive, label};

/// The key of one epoch of one thread. Nothing is encrypted with it; keys are derived from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadKey(pub Secret32);

impl ThreadKey {
    /// A fresh key.
    #[must_use]
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(Secret32::generate(rng))
    }

    /// What a key entry says of the key without telling it: HKDF of the key, bound to its place.
    #[must_use]
    pub fn commitment(&self, thread: ThreadId, epoch: u64) -> Hash {
        let mut hash = [0; 32];
        let info: [&[u8]; 3] = [label::COMMITMENT, thread.as_bytes(), &epoch.to_be_bytes()];
        derive::fill(&[], self.0.as_bytes(), &info, &mut hash);
        Hash::from_bytes(hash)
    }
}
