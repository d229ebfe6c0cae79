//! How a secret is held: on the heap so that moves leave no copies, zeroized on drop, silent in `Debug`.

use std::fmt;

use rand_core::CryptoRng;
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize as _, ZeroizeOnDrop};

/// 32 secret bytes. Comparisons take constant time.
#[derive(Clone)]
pub struct Secret32(Box<[u8; 32]>);

impl Secret32 {
    /// Takes the bytes; the caller zeroizes its own copy, if one stays behind.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Box::new(bytes))
    }

    /// 32 fresh bytes.
    #[must_use]
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut secret = Self::from_bytes([0; 32]);
        rng.fill_bytes(secret.0.as_mut_slice());
        secret
    }

    /// The secret with these bytes, or `None` where they are not 32.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != 32 {
            return None;
        }
        let mut secret = Self::from_bytes([0; 32]);
        secret.0.copy_from_slice(bytes);
        Some(secret)
    }

    /// The bytes; do not copy them where nothing zeroizes them.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn as_mut(&mut self) -> &mut [u8; 32] {
        &mut self.0
    }
}

impl Drop for Secret32 {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for Secret32 {}

impl PartialEq for Secret32 {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(other.0.as_slice()).into()
    }
}

impl Eq for Secret32 {}

impl fmt::Debug for Secret32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret32(..)")
    }
}

/// Secret bytes of any number. Not growable: growing would leave copies behind.
#[derive(Clone)]
pub struct SecretVec(Vec<u8>);

impl SecretVec {
    /// Takes the bytes without copying them.
    #[must_use]
    pub const fn from_vec(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes; do not copy them where nothing zeroizes them.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn as_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }

    /// Shortens it; what is cut off is zeroized with the rest on drop, and until then stays allocated.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }
}

impl From<&[u8]> for SecretVec {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl Drop for SecretVec {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for SecretVec {}

impl PartialEq for SecretVec {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for SecretVec {}

impl fmt::Debug for SecretVec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretVec(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_says_nothing_in_debug() {
        let shown = format!("{:?} {:?}", Secret32::from_bytes([0x41; 32]), SecretVec::from_vec(vec![0x41; 9]));
        assert_eq!(shown, "Secret32(..) SecretVec(..)");
    }

    #[test]
    fn only_32_bytes_are_a_secret32() {
        assert_eq!(Secret32::from_slice(&[7; 32]), Some(Secret32::from_bytes([7; 32])));
        assert_eq!(Secret32::from_slice(&[7; 31]), None);
        assert_ne!(Secret32::from_bytes([7; 32]), Secret32::from_bytes([8; 32]));
        assert_ne!(SecretVec::from_vec(vec![1]), SecretVec::from_vec(vec![1, 2]));
    }
}
