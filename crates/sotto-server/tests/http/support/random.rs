//! Where a test's keys and ids come from.

use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::Ed25519KeyPair;

pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).unwrap();
    bytes
}

pub fn key() -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&bytes::<32>()).unwrap()
}
