//! Where randomness comes from outside tests: the operating system, through `ring`.

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};
use ring::rand::{SecureRandom as _, SystemRandom};

/// The operating system's generator.
///
/// # Panics
/// Where the operating system gives no randomness: nothing safe can be made without it.
#[derive(Debug, Clone)]
pub struct OsRandom(SystemRandom);

impl OsRandom {
    /// Opens nothing and cannot fail.
    #[must_use]
    pub fn new() -> Self {
        Self(SystemRandom::new())
    }

    fn fill<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill_slice(&mut bytes);
        bytes
    }

    fn fill_slice(&self, bytes: &mut [u8]) {
        assert!(self.0.fill(bytes).is_ok(), "the operating system gives no randomness");
    }
}

impl Default for OsRandom {
    fn default() -> Self {
        Self::new()
    }
}

impl TryRng for OsRandom {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(self.fill()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(self.fill()))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.fill_slice(bytes);
        Ok(())
    }
}

impl TryCryptoRng for OsRandom {}

/// `N` fresh bytes, for ids, nonces and salts.
#[must_use]
pub fn make_bytes<const N: usize>(rng: &mut impl rand_core::CryptoRng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_draws_differ() {
        let mut rng = OsRandom::new();
        assert_ne!(make_bytes::<32>(&mut rng), make_bytes::<32>(&mut rng));
    }
}
