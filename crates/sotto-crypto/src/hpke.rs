//! How something is sealed to a person: one-shot HPKE (RFC 9180) in base mode, with X-Wing or X25519.

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::{Kem, X25519HkdfSha256, XWing};
use hpke::{Deserializable as _, OpModeR, OpModeS, Serializable as _};
use rand_core::CryptoRng;
use serde_bytes::ByteBuf;
use sotto_protocol::key::{SealedBox, SealingKey, Suite};

use crate::secret::SecretVec;

/// A box or a key that does not fit. Which byte is wrong is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BoxError {
    /// The key is not one of its suite.
    #[error("the sealing key is not valid")]
    BadKey,
    /// The box was not sealed to this key, for this purpose, with this associated data.
    #[error("the box does not open")]
    Unopened,
}

/// A private key that boxes are opened with, and its public half.
#[derive(Debug, Clone)]
pub struct SealingPair {
    private: SecretVec,
    public: SealingKey,
}

impl SealingPair {
    /// A fresh pair.
    #[must_use]
    pub fn generate(suite: Suite, rng: &mut impl CryptoRng) -> Self {
        match suite {
            Suite::XWing => Self::of::<XWing>(suite, XWing::gen_keypair_with_rng(rng)),
            Suite::X25519 => Self::of::<X25519HkdfSha256>(suite, X25519HkdfSha256::gen_keypair_with_rng(rng)),
        }
    }

    /// The pair of a stored private key.
    ///
    /// # Errors
    /// [`BoxError::BadKey`] where the bytes are not 32.
    pub fn from_private(suite: Suite, private: &[u8]) -> Result<Self, BoxError> {
        match suite {
            Suite::XWing => Self::of_private::<XWing>(suite, private),
            Suite::X25519 => Self::of_private::<X25519HkdfSha256>(suite, private),
        }
    }

    fn of_private<K: Kem>(suite: Suite, private: &[u8]) -> Result<Self, BoxError> {
        let private = K::PrivateKey::from_bytes(private).map_err(|_| BoxError::BadKey)?;
        let public = K::sk_to_pk(&private);
        Ok(Self::of::<K>(suite, (private, public)))
    }

    fn of<K: Kem>(suite: Suite, (private, public): (K::PrivateKey, K::PublicKey)) -> Self {
        let mut bytes = private.to_bytes();
        let private = SecretVec::from(bytes.as_slice());
        zeroize::Zeroize::zeroize(bytes.as_mut_slice());
        Self { private, public: SealingKey { suite, key: ByteBuf::from(public.to_bytes().to_vec()) } }
    }

    /// What to store: the raw private key, 32 bytes in both suites.
    #[must_use]
    pub const fn private(&self) -> &SecretVec {
        &self.private
    }

    /// The public half.
    #[must_use]
    pub const fn public(&self) -> &SealingKey {
        &self.public
    }

    /// Opens a box that was sealed with this `info` and `aad`.
    ///
    /// # Errors
    /// [`BoxError::Unopened`], also where the box is of another suite.
    pub fn open(&self, info: &[u8], aad: &[u8], sealed: &SealedBox) -> Result<SecretVec, BoxError> {
        match (self.public.suite, sealed.suite) {
            (Suite::XWing, Suite::XWing) => open_with::<XWing>(self.private.as_bytes(), info, aad, sealed),
            (Suite::X25519, Suite::X25519) => open_with::<X25519HkdfSha256>(self.private.as_bytes(), info, aad, sealed),
            _ => Err(BoxError::Unopened),
        }
    }
}

/// Seals `plaintext` to a key. `info` says what for, `aad` for which place; both are needed to open it.
///
/// # Errors
/// [`BoxError::BadKey`].
pub fn seal(to: &SealingKey, info: &[u8], aad: &[u8], plaintext: &[u8], rng: &mut impl CryptoRng) -> Result<SealedBox, BoxError> {
    match to.suite {
        Suite::XWing => seal_with::<XWing>(to, info, aad, plaintext, rng),
        Suite::X25519 => seal_with::<X25519HkdfSha256>(to, info, aad, plaintext, rng),
    }
}

fn seal_with<K: Kem>(to: &SealingKey, info: &[u8], aad: &[u8], plaintext: &[u8], rng: &mut impl CryptoRng) -> Result<SealedBox, BoxError> {
    let public = K::PublicKey::from_bytes(&to.key).map_err(|_| BoxError::BadKey)?;
    let (enc, ciphertext) = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, K>(&OpModeS::Base, &public, info, plaintext, aad, rng)
        .map_err(|_| BoxError::BadKey)?;
    Ok(SealedBox { suite: to.suite, enc: ByteBuf::from(enc.to_bytes().to_vec()), ciphertext: ByteBuf::from(ciphertext) })
}

fn open_with<K: Kem>(private: &[u8], info: &[u8], aad: &[u8], sealed: &SealedBox) -> Result<SecretVec, BoxError> {
    let private = K::PrivateKey::from_bytes(private).map_err(|_| BoxError::BadKey)?;
    let enc = K::EncappedKey::from_bytes(&sealed.enc).map_err(|_| BoxError::Unopened)?;
    hpke::single_shot_open::<AesGcm256, HkdfSha256, K>(&OpModeR::Base, &private, &enc, info, &sealed.ciphertext, aad)
        .map(SecretVec::from_vec)
        .map_err(|_| BoxError::Unopened)
}
