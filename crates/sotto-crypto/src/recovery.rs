//! How somebody who lost the password gets their keys back: ten printed codes, each opens a box of the same keys once.
//!
//! A code is 100 random bits, which nobody guesses; it is stretched all the same, for a sheet that somebody saw in part.

use std::fmt;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sotto_protocol::key::Salt;
use sotto_protocol::limits::BUNDLE_BYTES;
use sotto_protocol::{AccountId, ErrorCode, OrgId, RecoveryId, cbor};
use zeroize::{Zeroize as _, ZeroizeOnDrop, Zeroizing};

use crate::bundle::{self, AccountBundle, BundleError};
use crate::crockford::{digit, is_filling, read};
use crate::secret::{Secret32, SecretVec};
use crate::stretch::stretch;
use crate::vault_key::{KdfError, KdfParams};
use crate::{aead, derive, label, random};

/// How slow a code is made: 256 MiB, three passes.
pub const STRETCH: KdfParams = KdfParams { m_kib: 256 * 1024, t: 3, p: 1 };
/// Digits of a code; five bits each.
pub const CODE_DIGITS: usize = 20;
const GROUP: usize = 5;

/// Text that is no recovery code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a recovery code has four groups of five digits and letters")]
pub struct MalformedCode;

impl MalformedCode {
    /// The code that says it to people: what cannot be a code is none of theirs.
    pub const CODE: ErrorCode = ErrorCode::RecoveryCodeUnknown;
}

/// A recovery code. Silent in `Debug`, zeroized on drop.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(Box<[u8; CODE_DIGITS]>);

impl RecoveryCode {
    /// A fresh code of 100 random bits.
    #[must_use]
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut code = Self(Box::new(random::make_bytes(rng)));
        // 256 is a multiple of 32: every digit is as likely as every other.
        code.0.iter_mut().for_each(|byte| *byte = digit(*byte & 31));
        code
    }

    /// Reads what a person typed: small letters, O for 0, I and L for 1, and spaces and dashes anywhere are all right.
    ///
    /// # Errors
    /// [`MalformedCode`].
    pub fn parse(text: &str) -> Result<Self, MalformedCode> {
        let mut code = Self(Box::new([b'0'; CODE_DIGITS]));
        let mut typed = text.chars().filter(|c| !is_filling(*c));
        for place in code.0.iter_mut() {
            *place = typed.next().and_then(read).ok_or(MalformedCode)?;
        }
        if typed.next().is_none() { Ok(code) } else { Err(MalformedCode) }
    }

    /// The code in four groups of five, for paper. It is the secret.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        let mut text = String::with_capacity(CODE_DIGITS + CODE_DIGITS / GROUP);
        for (place, byte) in self.0.iter().enumerate() {
            if place > 0 && place.is_multiple_of(GROUP) {
                text.push('-');
            }
            text.push(char::from(*byte));
        }
        Zeroizing::new(text)
    }

    /// What the server knows the code by: HKDF of its 20 digits in ASCII, under the workstations' secret, or the id would be a quick way
    /// around the stretching.
    #[must_use]
    pub fn id(&self, workstation_secret: &Secret32) -> RecoveryId {
        let mut id = [0; 16];
        derive::fill(workstation_secret.as_bytes(), self.0.as_slice(), &[label::RECOVERY_ID], &mut id);
        RecoveryId::from_bytes(id)
    }
}

impl Drop for RecoveryCode {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for RecoveryCode {}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

/// A sealed bundle with what its key is derived with.
#[derive(Serialize, Deserialize)]
struct Wire {
    params: KdfParams,
    salt: Salt,
    sealed: ByteBuf,
}

/// Seals the keys under a code, for this code's place on the server. Blocks for as long as `params` take: about a second with [`STRETCH`].
///
/// # Errors
/// [`BundleError`].
pub fn seal_recovery(
    bundle: &AccountBundle,
    code: &RecoveryCode,
    workstation_secret: &Secret32,
    params: KdfParams,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, BundleError> {
    let padded = bundle::encode(bundle)?;
    let salt = Salt::from_bytes(random::make_bytes(rng));
    let bound = bound((bundle.org, bundle.account), code.id(workstation_secret), &params);
    let key = recovery_key(code, &salt, workstation_secret, &params, &bound)?;
    let sealed = ByteBuf::from(aead::seal(&key, aead::SINGLE_USE, &bound, padded.as_bytes()));
    Ok(cbor::encode(&Wire { params, salt, sealed }))
}

/// Opens the keys with a code. The parameters come from the server: they are bounded before any work, and bound to the box.
///
/// # Errors
/// [`BundleError`].
pub fn open_recovery(
    sealed: &[u8],
    (org, account): (OrgId, AccountId),
    code: &RecoveryCode,
    workstation_secret: &Secret32,
) -> Result<AccountBundle, BundleError> {
    let wire: Wire = cbor::parse_canonical(sealed, BUNDLE_BYTES).map_err(|_| BundleError::Unopened)?;
    let bound = bound((org, account), code.id(workstation_secret), &wire.params);
    let key = recovery_key(code, &wire.salt, workstation_secret, &wire.params, &bound)?;
    let padded = aead::open(&key, aead::SINGLE_USE, &bound, &wire.sealed).map_err(|_| BundleError::Unopened)?;
    bundle::decode(&padded, org, account)
}

/// What the box and its key are bound to: whose it is, which code's, and how slow.
fn bound((org, account): (OrgId, AccountId), id: RecoveryId, params: &KdfParams) -> Vec<u8> {
    [org.as_bytes().as_slice(), account.as_bytes(), id.as_bytes(), &params.bytes()].concat()
}

fn recovery_key(
    code: &RecoveryCode,
    salt: &Salt,
    workstation_secret: &Secret32,
    params: &KdfParams,
    bound: &[u8],
) -> Result<Secret32, BundleError> {
    if !params.allowed() {
        return Err(KdfError::Parameters.into());
    }
    let mut stretched = Secret32::from_bytes([0; 32]);
    stretch(code.0.as_slice(), salt.as_bytes(), &[], params, stretched.as_mut())?;
    let ikm = SecretVec::from_vec([stretched.as_bytes().as_slice(), workstation_secret.as_bytes()].concat());
    Ok(derive::secret(&[], ikm.as_bytes(), &[label::RECOVERY, bound]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::OsRandom;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = RecoveryCode::parse("01ABC-DEFGH-JKMNP-QRSTV").unwrap();
        assert_eq!(code.text().as_str(), "01ABC-DEFGH-JKMNP-QRSTV");
        for typed in ["oiabcdefghjkmnpqrstv", " OLabc  defgh\njkmnp\u{2013}qrstv ", "0-1-A-B-C-D-E-F-G-H-J-K-M-N-P-Q-R-S-T-V"] {
            assert_eq!(RecoveryCode::parse(typed), Ok(code.clone()), "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_a_code_is_none() {
        for typed in [
            "",
            "01ABC-DEFGH-JKMNP-QRST",
            "01ABC-DEFGH-JKMNP-QRSTVW",
            "U1ABC-DEFGH-JKMNP-QRSTV",
            "é1ABC-DEFGH-JKMNP-QRSTV",
            "*1ABC-DEFGH-JKMNP-QRSTV",
        ] {
            assert_eq!(RecoveryCode::parse(typed), Err(MalformedCode), "{typed}");
        }
        assert_eq!(RecoveryCode::parse(&"0".repeat(100_000)), Err(MalformedCode));
    }

    #[test]
    fn codes_differ_and_debug_tells_none() {
        let rng = &mut OsRandom::new();
        let secret = Secret32::generate(rng);
        let (a, b) = (RecoveryCode::generate(rng), RecoveryCode::generate(rng));
        assert_ne!(a, b);
        assert_ne!(a.id(&secret), b.id(&secret));
        assert_ne!(a.id(&secret), a.id(&Secret32::generate(rng)));
        assert_eq!(format!("{a:?}"), "RecoveryCode(..)");
    }

    proptest::proptest! {
        #[test]
        fn every_code_comes_back_from_its_text(seed in proptest::array::uniform20(0u8..)) {
            let code = RecoveryCode(Box::new(seed.map(|byte| digit(byte & 31))));
            proptest::prop_assert_eq!(RecoveryCode::parse(&code.text()), Ok(code.clone()));
            proptest::prop_assert_eq!(RecoveryCode::parse(&code.text().to_lowercase()), Ok(code));
        }

        #[test]
        fn whatever_text_is_read_has_one_spelling(text in "[0-9A-Za-z -]{0,30}") {
            if let Ok(code) = RecoveryCode::parse(&text) {
                proptest::prop_assert_eq!(RecoveryCode::parse(&code.text()), Ok(code.clone()));
                proptest::prop_assert!(code.text().bytes().all(|byte| byte == b'-' || crate::crockford::value(byte).is_some()));
            }
        }
    }
}
