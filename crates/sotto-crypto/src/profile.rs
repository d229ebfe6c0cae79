//! How names stay out of the server's sight: those of people, machines, places, groups and the clinic are sealed under the organisation's directory key.
//!
//! The bytes are a 16-byte salt and AES-256-GCM under HKDF(directory key, salt), bound to whom they name, padded to a multiple of 128.

use rand_core::CryptoRng;
use sotto_protocol::limits::{FIELD_CHARS, PROFILE_BYTES};
use sotto_protocol::statement::{Profile, WorkstationProfile};
use sotto_protocol::{AccountId, GroupId, OrgId, TokenId, WorkstationId, cbor};

use crate::secret::{Secret32, SecretVec};
use crate::{aead, derive, label, pad, random};

const SALT_BYTES: usize = 16;

/// A name that cannot be sealed, or bytes that give none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// Empty, or longer than the limit.
    #[error("sealing a name: it is empty or too long")]
    Length,
    /// Sealed under another directory key, for somebody else, or damaged.
    #[error("the name does not open")]
    Unopened,
}

/// Seals how a person is called.
///
/// # Errors
/// [`ProfileError::Length`].
pub fn seal_profile(
    directory_key: &Secret32,
    account: AccountId,
    profile: &Profile,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, ProfileError> {
    if profile.name.trim().is_empty() || too_long(&profile.name) || too_long(&profile.title) {
        return Err(ProfileError::Length);
    }
    seal(directory_key, label::PROFILE_KEY, account.as_bytes(), cbor::encode(profile), rng)
}

/// Opens how a person is called.
///
/// # Errors
/// [`ProfileError::Unopened`].
pub fn open_profile(directory_key: &Secret32, account: AccountId, sealed: &[u8]) -> Result<Profile, ProfileError> {
    let plain = open(directory_key, label::PROFILE_KEY, account.as_bytes(), sealed)?;
    let profile: Profile = parse(&plain)?;
    if too_long(&profile.name) || too_long(&profile.title) { Err(ProfileError::Unopened) } else { Ok(profile) }
}

/// Seals how a machine is called, for its token.
///
/// # Errors
/// [`ProfileError::Length`].
pub fn seal_workstation(
    directory_key: &Secret32,
    token: TokenId,
    profile: &WorkstationProfile,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, ProfileError> {
    if profile.name.trim().is_empty() || too_long(&profile.name) || too_long(&profile.location) {
        return Err(ProfileError::Length);
    }
    seal(directory_key, label::WORKSTATION_PROFILE_KEY, token.as_bytes(), cbor::encode(profile), rng)
}

/// Opens how a machine is called.
///
/// # Errors
/// [`ProfileError::Unopened`].
pub fn open_workstation(directory_key: &Secret32, token: TokenId, sealed: &[u8]) -> Result<WorkstationProfile, ProfileError> {
    let plain = open(directory_key, label::WORKSTATION_PROFILE_KEY, token.as_bytes(), sealed)?;
    let profile: WorkstationProfile = parse(&plain)?;
    if too_long(&profile.name) || too_long(&profile.location) { Err(ProfileError::Unopened) } else { Ok(profile) }
}

/// Seals what the clinic calls itself, for the policy.
///
/// # Errors
/// [`ProfileError::Length`].
pub fn seal_clinic(directory_key: &Secret32, org: OrgId, name: &str, rng: &mut impl CryptoRng) -> Result<Vec<u8>, ProfileError> {
    if name.trim().is_empty() || too_long(name) {
        return Err(ProfileError::Length);
    }
    seal(directory_key, label::CLINIC_KEY, org.as_bytes(), cbor::encode(&name), rng)
}

/// Opens what the clinic calls itself.
///
/// # Errors
/// [`ProfileError::Unopened`].
pub fn open_clinic(directory_key: &Secret32, org: OrgId, sealed: &[u8]) -> Result<String, ProfileError> {
    let plain = open(directory_key, label::CLINIC_KEY, org.as_bytes(), sealed)?;
    let name: String = parse(&plain)?;
    if too_long(&name) { Err(ProfileError::Unopened) } else { Ok(name) }
}

/// Seals how a group of machines is called, for its rules.
///
/// # Errors
/// [`ProfileError::Length`].
pub fn seal_group(directory_key: &Secret32, group: GroupId, name: &str, rng: &mut impl CryptoRng) -> Result<Vec<u8>, ProfileError> {
    if name.trim().is_empty() || too_long(name) {
        return Err(ProfileError::Length);
    }
    seal(directory_key, label::GROUP_KEY, group.as_bytes(), cbor::encode(&name), rng)
}

/// Opens how a group of machines is called.
///
/// # Errors
/// [`ProfileError::Unopened`].
pub fn open_group(directory_key: &Secret32, group: GroupId, sealed: &[u8]) -> Result<String, ProfileError> {
    let plain = open(directory_key, label::GROUP_KEY, group.as_bytes(), sealed)?;
    let name: String = parse(&plain)?;
    if too_long(&name) { Err(ProfileError::Unopened) } else { Ok(name) }
}

/// Seals where a machine stands, for a change of its custody; the place may be empty.
///
/// # Errors
/// [`ProfileError::Length`].
pub fn seal_location(
    directory_key: &Secret32,
    workstation: WorkstationId,
    location: &str,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, ProfileError> {
    if too_long(location) {
        return Err(ProfileError::Length);
    }
    seal(directory_key, label::CUSTODY_KEY, workstation.as_bytes(), cbor::encode(&location), rng)
}

/// Opens where a machine stands.
///
/// # Errors
/// [`ProfileError::Unopened`].
pub fn open_location(directory_key: &Secret32, workstation: WorkstationId, sealed: &[u8]) -> Result<String, ProfileError> {
    let plain = open(directory_key, label::CUSTODY_KEY, workstation.as_bytes(), sealed)?;
    let location: String = parse(&plain)?;
    if too_long(&location) { Err(ProfileError::Unopened) } else { Ok(location) }
}

fn too_long(text: &str) -> bool {
    text.chars().count() > FIELD_CHARS
}

fn seal(
    directory_key: &Secret32,
    label: &[u8],
    whom: &[u8; 16],
    plain: Vec<u8>,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, ProfileError> {
    let plain = SecretVec::from_vec(plain);
    let length = pad::name_length(plain.as_bytes().len()).ok_or(ProfileError::Length)?;
    let salt: [u8; SALT_BYTES] = random::make_bytes(rng);
    let key = derive::secret(&salt, directory_key.as_bytes(), &[label, whom]);
    let padded = pad::pad(plain.as_bytes(), length);
    let sealed = aead::seal(&key, aead::SINGLE_USE, whom, padded.as_bytes());
    Ok([salt.as_slice(), &sealed].concat())
}

fn open(directory_key: &Secret32, label: &[u8], whom: &[u8; 16], sealed: &[u8]) -> Result<SecretVec, ProfileError> {
    if sealed.len() > PROFILE_BYTES {
        return Err(ProfileError::Unopened);
    }
    let (salt, sealed) = sealed.split_at_checked(SALT_BYTES).ok_or(ProfileError::Unopened)?;
    let key = derive::secret(salt, directory_key.as_bytes(), &[label, whom]);
    aead::open(&key, aead::SINGLE_USE, whom, sealed).map_err(|_| ProfileError::Unopened)
}

fn parse<T: serde::de::DeserializeOwned + serde::Serialize>(padded: &SecretVec) -> Result<T, ProfileError> {
    let padded = padded.as_bytes();
    let plain = pad::unpad(padded).filter(|plain| pad::name_length(plain.len()) == Some(padded.len()));
    cbor::parse_canonical(plain.ok_or(ProfileError::Unopened)?, PROFILE_BYTES).map_err(|_| ProfileError::Unopened)
}
