//! Where OPAQUE's server half takes its randomness from: the operating system, through `ring`.

use opaque_ke::rand::{CryptoRng, Error, RngCore};
use ring::rand::{SecureRandom as _, SystemRandom};

/// The system's generator as `opaque-ke` wants it.
pub(super) struct Rng<'a>(pub(super) &'a SystemRandom);

impl RngCore for Rng<'_> {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.fill_bytes(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        assert!(self.0.fill(bytes).is_ok(), "the operating system gives no randomness, and nothing safe can be made without it");
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl CryptoRng for Rng<'_> {}
