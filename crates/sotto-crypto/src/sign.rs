//! How an account, a device, an invite or the root signs: Ed25519 (RFC 8032) by `ring`.

use rand_core::CryptoRng;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use sotto_protocol::key::{Signature, VerifyKey};

use crate::secret::Secret32;

/// A private signing key: its 32-byte seed, nothing expanded, so that everything there is of it is zeroized on drop.
#[derive(Debug, Clone)]
pub struct SigningKey {
    seed: Secret32,
    verify: VerifyKey,
}

impl SigningKey {
    /// A fresh key.
    #[must_use]
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self::from_seed(Secret32::generate(rng))
    }

    /// The key of a stored seed.
    #[must_use]
    pub fn from_seed(seed: Secret32) -> Self {
        let mut verify = [0; 32];
        verify.copy_from_slice(pair(&seed).public_key().as_ref());
        Self { seed, verify: VerifyKey::from_bytes(verify) }
    }

    /// What to store; it is the whole secret.
    #[must_use]
    pub const fn seed(&self) -> &Secret32 {
        &self.seed
    }

    /// The public half.
    #[must_use]
    pub const fn verify_key(&self) -> VerifyKey {
        self.verify
    }

    /// Signs. The message begins with a label that no other use of the key has.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Signature {
        let mut signature = [0; 64];
        // `ring` does not zeroize its pair, so one lives for this signature only (about 20 µs more).
        signature.copy_from_slice(pair(&self.seed).sign(message).as_ref());
        Signature::from_bytes(signature)
    }
}

fn pair(seed: &Secret32) -> Ed25519KeyPair {
    match Ed25519KeyPair::from_seed_unchecked(seed.as_bytes()) {
        Ok(pair) => pair,
        Err(_) => unreachable!("every 32 bytes are a seed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_signs_as_rfc_8032_test_2() {
        let seed: [u8; 32] = hex::decode("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb").unwrap().try_into().unwrap();
        let key = SigningKey::from_seed(Secret32::from_bytes(seed));
        let expected = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
        assert_eq!(hex::encode(key.sign(&[0x72]).as_bytes()), expected);
        assert!(!format!("{key:?}").contains("4ccd"));
    }
}
