//! How the key that wraps the master key is derived: slow in the password, useless without both halves of the secret.

use serde::{Deserialize, Serialize};
use sotto_protocol::{AccountId, OrgId, WorkstationId};

use crate::secret::{Secret32, SecretVec};
use crate::stretch::stretch;
use crate::{derive, label};

/// How slow Argon2id is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KdfParams {
    /// Memory, KiB.
    pub m_kib: u32,
    /// Passes.
    pub t: u32,
    /// Lanes.
    pub p: u32,
}

impl KdfParams {
    /// The least that is ever used: 64 MiB, three passes, one lane (about 250 ms).
    pub const FLOOR: Self = Self { m_kib: 64 * 1024, t: 3, p: 1 };
    /// The most that is ever used, so that a tampered file cannot ask for all of the memory or for an hour.
    pub const CEILING: Self = Self { m_kib: 512 * 1024, t: 16, p: 1 };

    /// Whether floor and ceiling are kept.
    #[must_use]
    pub const fn allowed(&self) -> bool {
        let (low, high) = (Self::FLOOR, Self::CEILING);
        self.m_kib >= low.m_kib && self.m_kib <= high.m_kib && self.t >= low.t && self.t <= high.t && self.p == low.p
    }

    /// The three numbers, as they are bound to what was derived with them.
    pub(crate) fn bytes(&self) -> [u8; 12] {
        let mut bytes = [0; 12];
        let fields = [self.m_kib, self.t, self.p].map(u32::to_be_bytes);
        bytes.iter_mut().zip(fields.as_flattened()).for_each(|(to, from)| *to = *from);
        bytes
    }
}

/// Whose vault it is, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultIds {
    /// The organisation.
    pub org: OrgId,
    /// The account.
    pub account: AccountId,
    /// The workstation.
    pub workstation: WorkstationId,
}

/// What a person types to open a vault. Each has a wrapping of its own under labels of its own: what is typed for one never opens the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Opener {
    /// The password, which also signs in elsewhere.
    Password,
    /// Digits that hold on one workstation.
    Pin,
}

impl Opener {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Password => label::KEK,
            Self::Pin => label::PIN_KEK,
        }
    }
}

/// Parameters below [`KdfParams::FLOOR`] or above [`KdfParams::CEILING`], or memory that is not to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KdfError {
    /// The parameters are outside their bounds: the file that named them was tampered with.
    #[error("the key derivation's parameters are out of bounds")]
    Parameters,
    /// The system does not give that much memory now.
    #[error("the key derivation needs more memory than there is")]
    Memory,
}

/// Derives the KEK of one wrapping. `k_dev` is what this machine keeps: K_dev, or for a PIN [`super::derive_pin_half`]. Blocks for about half a second and uses `params.m_kib` of memory: call it where that is allowed.
/// Argon2's memory is zeroized before it is freed.
///
/// # Errors
/// [`KdfError`].
pub fn derive_kek(
    opener: Opener,
    typed: &[u8],
    salt: &[u8; 16],
    k_dev: &Secret32,
    s_srv: &Secret32,
    ids: &VaultIds,
    params: &KdfParams,
) -> Result<Secret32, KdfError> {
    if !params.allowed() {
        return Err(KdfError::Parameters);
    }
    let hashed = hash(typed, salt, k_dev, params)?;
    // `A || K_dev`, in a buffer that is zeroized.
    let ikm = SecretVec::from_vec([hashed.as_bytes().as_slice(), k_dev.as_bytes()].concat());
    let parameters = params.bytes();
    let info: [&[u8]; 5] = [opener.label(), ids.org.as_bytes(), ids.account.as_bytes(), ids.workstation.as_bytes(), &parameters];
    Ok(derive::secret(s_srv.as_bytes(), ikm.as_bytes(), &info))
}

fn hash(typed: &[u8], salt: &[u8; 16], k_dev: &Secret32, params: &KdfParams) -> Result<Secret32, KdfError> {
    let mut out = Secret32::from_bytes([0; 32]);
    stretch(typed, salt, k_dev.as_bytes(), params, out.as_mut()).map(|()| out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDS: VaultIds = VaultIds {
        org: OrgId::from_bytes([1; 16]),
        account: AccountId::from_bytes([2; 16]),
        workstation: WorkstationId::from_bytes([3; 16]),
    };

    fn kek(typed: &[u8], salt: u8, k_dev: u8, s_srv: u8, ids: &VaultIds) -> Secret32 {
        kek_of(Opener::Password, typed, salt, k_dev, s_srv, ids)
    }

    fn kek_of(opener: Opener, typed: &[u8], salt: u8, k_dev: u8, s_srv: u8, ids: &VaultIds) -> Secret32 {
        let (k_dev, s_srv) = (Secret32::from_bytes([k_dev; 32]), Secret32::from_bytes([s_srv; 32]));
        derive_kek(opener, typed, &[salt; 16], &k_dev, &s_srv, ids, &KdfParams::FLOOR).unwrap()
    }

    #[test]
    fn every_input_changes_the_key() {
        let key = kek(b"correct horse", 1, 2, 3, &IDS);
        assert_eq!(key, kek(b"correct horse", 1, 2, 3, &IDS));
        let elsewhere = VaultIds { workstation: WorkstationId::from_bytes([4; 16]), ..IDS };
        for other in [
            kek(b"correct hors", 1, 2, 3, &IDS),
            kek(b"correct horse", 9, 2, 3, &IDS),
            kek(b"correct horse", 1, 9, 3, &IDS),
            kek(b"correct horse", 1, 2, 9, &IDS),
            kek(b"correct horse", 1, 2, 3, &elsewhere),
            kek_of(Opener::Pin, b"correct horse", 1, 2, 3, &IDS),
        ] {
            assert_ne!(key, other);
        }
    }

    #[test]
    fn the_secret_and_the_parameters_reach_argon2() {
        let secret = Secret32::from_bytes([3; 32]);
        let low = KdfParams { m_kib: 64, t: 3, p: 1 };
        let with = hash(&[1; 32], &[2; 16], &secret, &low).unwrap();
        let without = hash(&[1; 32], &[2; 16], &Secret32::from_bytes([4; 32]), &low).unwrap();
        assert_ne!(with, without);
        assert_ne!(with, hash(&[1; 32], &[2; 16], &secret, &KdfParams { t: 4, ..low }).unwrap());
    }

    #[test]
    fn parameters_out_of_bounds_are_refused_before_any_work() {
        let key = Secret32::from_bytes([0; 32]);
        for params in [
            KdfParams { m_kib: 65_535, ..KdfParams::FLOOR },
            KdfParams { t: 2, ..KdfParams::FLOOR },
            KdfParams { p: 2, ..KdfParams::FLOOR },
            KdfParams { m_kib: u32::MAX, ..KdfParams::FLOOR },
            KdfParams { t: 17, ..KdfParams::CEILING },
        ] {
            assert_eq!(derive_kek(Opener::Pin, b"p", &[0; 16], &key, &key, &IDS, &params), Err(KdfError::Parameters));
        }
    }
}
