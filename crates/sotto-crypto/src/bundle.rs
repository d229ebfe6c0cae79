//! What makes a person the same person at another workstation: the account's keys, sealed so that only the right password on an enrolled
//! workstation opens them.

mod wire;

use rand_core::CryptoRng;
use sotto_protocol::limits::BUNDLE_BYTES;
use sotto_protocol::{AccountId, ErrorCode, GrantId, OrgId};

use crate::hpke::SealingPair;
use crate::login::Login;
use crate::opaque::ExportKey;
use crate::secret::{Secret32, SecretVec};
use crate::sign::SigningKey;
use crate::vault_key::KdfError;
use crate::{aead, derive, label, random};

pub(crate) use wire::{decode, encode};

const SALT_BYTES: usize = 16;

/// The keys of one generation of an account.
#[derive(Debug, Clone)]
pub struct GenerationKeys {
    /// Which.
    pub generation: u32,
    /// Signs events, key entries and device certificates.
    pub signing: SigningKey,
    /// Opens the boxes of thread keys.
    pub sealing: SealingPair,
}

/// Everything that an account is, apart from what the server has.
#[derive(Debug, Clone)]
pub struct AccountBundle {
    /// The organisation.
    pub org: OrgId,
    /// The account.
    pub account: AccountId,
    /// What the person types to sign in.
    pub login: Login,
    /// At least one; generations rise, the last is current.
    pub keys: Vec<GenerationKeys>,
    /// What names are sealed under.
    pub directory_key: Secret32,
    /// The grant and the key of an admin.
    pub admin: Option<(GrantId, SigningKey)>,
}

/// Whose bundle it is, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BundlePlace {
    /// The organisation.
    pub org: OrgId,
    /// The account.
    pub account: AccountId,
    /// Rises with every registration.
    pub version: u64,
}

impl BundlePlace {
    fn bytes(&self) -> Vec<u8> {
        [self.org.as_bytes().as_slice(), self.account.as_bytes(), &self.version.to_be_bytes()].concat()
    }
}

/// Why keys cannot be sealed or do not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// More generations than fit.
    #[error("the account has too many generations of keys")]
    TooLarge,
    /// No generation, or they do not rise.
    #[error("the account's generations of keys are not in order")]
    Generations,
    /// Sealed under another password, code or workstation secret, for another account or version, or damaged.
    #[error("the account's keys do not open")]
    Unopened,
    /// It opens, and is not what it should be: whoever sealed it had the keys and another program.
    #[error("the account's keys are not in a form this build knows")]
    Malformed,
    /// Deriving the key failed.
    #[error(transparent)]
    Kdf(#[from] KdfError),
}

impl BundleError {
    /// The code that says it to people.
    #[must_use]
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::TooLarge => ErrorCode::TooLarge,
            Self::Generations => ErrorCode::Internal,
            Self::Unopened | Self::Malformed | Self::Kdf(KdfError::Parameters) => ErrorCode::BundleDamaged,
            Self::Kdf(KdfError::Memory) => ErrorCode::Internal,
        }
    }
}

/// Seals the keys under what the password gave: a 16-byte salt, AES-256-GCM under HKDF(salt, export key || workstation secret).
///
/// # Errors
/// [`BundleError::TooLarge`], [`BundleError::Generations`].
pub fn seal_bundle(
    bundle: &AccountBundle,
    version: u64,
    export_key: &ExportKey,
    workstation_secret: &Secret32,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, BundleError> {
    let place = BundlePlace { org: bundle.org, account: bundle.account, version };
    let padded = encode(bundle)?;
    let salt: [u8; SALT_BYTES] = random::make_bytes(rng);
    let key = bundle_key(&salt, export_key, workstation_secret, &place);
    Ok([salt.as_slice(), &aead::seal(&key, aead::SINGLE_USE, &place.bytes(), padded.as_bytes())].concat())
}

/// Opens the keys.
///
/// # Errors
/// [`BundleError::Unopened`], [`BundleError::Malformed`].
pub fn open_bundle(
    sealed: &[u8],
    place: &BundlePlace,
    export_key: &ExportKey,
    workstation_secret: &Secret32,
) -> Result<AccountBundle, BundleError> {
    if sealed.len() > BUNDLE_BYTES {
        return Err(BundleError::Unopened);
    }
    let (salt, sealed) = sealed.split_first_chunk::<SALT_BYTES>().ok_or(BundleError::Unopened)?;
    let key = bundle_key(salt, export_key, workstation_secret, place);
    let padded = aead::open(&key, aead::SINGLE_USE, &place.bytes(), sealed).map_err(|_| BundleError::Unopened)?;
    decode(&padded, place.org, place.account)
}

fn bundle_key(salt: &[u8; SALT_BYTES], export_key: &ExportKey, workstation_secret: &Secret32, place: &BundlePlace) -> Secret32 {
    let ikm = SecretVec::from_vec([export_key.as_bytes(), workstation_secret.as_bytes().as_slice()].concat());
    derive::secret(salt, ikm.as_bytes(), &[label::BUNDLE, &place.bytes()])
}
