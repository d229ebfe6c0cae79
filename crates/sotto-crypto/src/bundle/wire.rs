//! Which bytes an account's keys are before they are sealed: canonical CBOR, padded to a multiple of 1,024.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sotto_protocol::key::Suite;
use sotto_protocol::{AccountId, GrantId, OrgId, cbor};
use zeroize::Zeroize as _;

use super::{AccountBundle, BundleError, GenerationKeys};
use crate::hpke::SealingPair;
use crate::login::Login;
use crate::pad;
use crate::secret::{Secret32, SecretVec};
use crate::sign::SigningKey;

#[derive(Serialize, Deserialize)]
struct Wire {
    org: OrgId,
    account: AccountId,
    login: Login,
    keys: Vec<WireKeys>,
    directory_key: ByteBuf,
    admin: Option<WireAdmin>,
}

#[derive(Serialize, Deserialize)]
struct WireKeys {
    generation: u32,
    signing: ByteBuf,
    suite: Suite,
    sealing: ByteBuf,
}

#[derive(Serialize, Deserialize)]
struct WireAdmin {
    grant: GrantId,
    seed: ByteBuf,
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.directory_key.zeroize();
    }
}

impl Drop for WireKeys {
    fn drop(&mut self) {
        self.signing.zeroize();
        self.sealing.zeroize();
    }
}

impl Drop for WireAdmin {
    fn drop(&mut self) {
        self.seed.zeroize();
    }
}

/// The padded bytes.
pub(crate) fn encode(bundle: &AccountBundle) -> Result<SecretVec, BundleError> {
    if !rising(bundle.keys.iter().map(|keys| keys.generation)) {
        return Err(BundleError::Generations);
    }
    let keys = bundle.keys.iter().map(|keys| WireKeys {
        generation: keys.generation,
        signing: ByteBuf::from(keys.signing.seed().as_bytes().as_slice()),
        suite: keys.sealing.public().suite,
        sealing: ByteBuf::from(keys.sealing.private().as_bytes()),
    });
    let wire = Wire {
        org: bundle.org,
        account: bundle.account,
        login: bundle.login.clone(),
        keys: keys.collect(),
        directory_key: ByteBuf::from(bundle.directory_key.as_bytes().as_slice()),
        admin: bundle.admin.as_ref().map(|(grant, key)| WireAdmin { grant: *grant, seed: ByteBuf::from(key.seed().as_bytes().as_slice()) }),
    };
    let plain = SecretVec::from_vec(cbor::encode_within(&wire, pad::BUNDLE_MOST));
    let length = pad::bundle_length(plain.as_bytes().len()).ok_or(BundleError::TooLarge)?;
    Ok(pad::pad(plain.as_bytes(), length))
}

/// The keys of an account; those of another one are not taken, whoever sealed them.
pub(crate) fn decode(padded: &SecretVec, org: OrgId, account: AccountId) -> Result<AccountBundle, BundleError> {
    let padded = padded.as_bytes();
    let plain = pad::unpad(padded).filter(|plain| pad::bundle_length(plain.len()) == Some(padded.len()));
    let wire: Wire = cbor::parse_canonical(plain.ok_or(BundleError::Malformed)?, pad::BUNDLE_MOST).map_err(|_| BundleError::Malformed)?;
    let bundle = AccountBundle {
        org: wire.org,
        account: wire.account,
        login: wire.login.clone(),
        keys: wire.keys.iter().map(generation).collect::<Option<_>>().ok_or(BundleError::Malformed)?,
        directory_key: Secret32::from_slice(&wire.directory_key).ok_or(BundleError::Malformed)?,
        admin: match &wire.admin {
            None => None,
            Some(admin) => Some((admin.grant, SigningKey::from_seed(Secret32::from_slice(&admin.seed).ok_or(BundleError::Malformed)?))),
        },
    };
    let right = bundle.org == org && bundle.account == account && rising(bundle.keys.iter().map(|keys| keys.generation));
    if right { Ok(bundle) } else { Err(BundleError::Malformed) }
}

fn generation(wire: &WireKeys) -> Option<GenerationKeys> {
    Some(GenerationKeys {
        generation: wire.generation,
        signing: SigningKey::from_seed(Secret32::from_slice(&wire.signing)?),
        sealing: SealingPair::from_private(wire.suite, &wire.sealing).ok()?,
    })
}

/// Whether there is at least one generation, each above the one before, from 1.
fn rising(generations: impl Iterator<Item = u32>) -> bool {
    let mut last = 0;
    for generation in generations {
        if generation <= last {
            return false;
        }
        last = generation;
    }
    last > 0
}
