//! Which secrets are on the sheets? The root's key, the directory key and the archive's, with a check that notices a wrong combination.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sotto_protocol::key::Suite;
use sotto_protocol::{OrgId, cbor, verify};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroize as _;

use crate::hpke::SealingPair;
use crate::label;
use crate::secret::{Secret32, SecretVec};
use crate::sign::SigningKey;

const CHECK_BYTES: usize = 16;
/// Nothing longer is looked at.
const BODY_BYTES: usize = 512;

/// What signs for an organisation, names its people and opens its archive.
#[derive(Debug, Clone)]
pub struct RootSecrets {
    /// The root's key.
    pub root: SigningKey,
    /// What names are sealed under.
    pub directory_key: Secret32,
    /// Opens the archive's box of every epoch.
    pub archive: SealingPair,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    org: OrgId,
    root: ByteBuf,
    directory_key: ByteBuf,
    suite: Suite,
    archive: ByteBuf,
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.root.zeroize();
        self.directory_key.zeroize();
        self.archive.zeroize();
    }
}

impl RootSecrets {
    /// Whose they are.
    #[must_use]
    pub fn org(&self) -> OrgId {
        verify::org_id(&self.root.verify_key())
    }

    /// Canonical CBOR and the first 16 bytes of its labelled SHA-256.
    pub(super) fn encode(&self) -> SecretVec {
        let wire = Wire {
            org: self.org(),
            root: ByteBuf::from(self.root.seed().as_bytes().as_slice()),
            directory_key: ByteBuf::from(self.directory_key.as_bytes().as_slice()),
            suite: self.archive.public().suite,
            archive: ByteBuf::from(self.archive.private().as_bytes()),
        };
        let body = SecretVec::from_vec(cbor::encode(&wire));
        SecretVec::from_vec([body.as_bytes(), &check(body.as_bytes())].concat())
    }

    /// The secrets, if the bytes are this organisation's.
    pub(super) fn parse(bytes: &SecretVec, org: OrgId) -> Option<Self> {
        let end = bytes.as_bytes().len().checked_sub(CHECK_BYTES)?;
        let (body, told) = bytes.as_bytes().split_at_checked(end)?;
        if !bool::from(check(body).ct_eq(told)) {
            return None;
        }
        let wire: Wire = cbor::parse_canonical(body, BODY_BYTES).ok()?;
        let secrets = Self {
            root: SigningKey::from_seed(Secret32::from_slice(&wire.root)?),
            directory_key: Secret32::from_slice(&wire.directory_key)?,
            archive: SealingPair::from_private(wire.suite, &wire.archive).ok()?,
        };
        // The organisation is its root key: nothing else can be that key.
        (wire.org == org && secrets.org() == org).then_some(secrets)
    }
}

fn check(body: &[u8]) -> [u8; CHECK_BYTES] {
    let hash = verify::sha256(&[label::ROOT_SECRETS, body]);
    let mut check = [0; CHECK_BYTES];
    check.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
    check
}
