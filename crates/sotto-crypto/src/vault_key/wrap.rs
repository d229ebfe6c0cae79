//! How the vault master key is wrapped: AES-256-GCM with a random nonce, bound to whose it is and how its KEK was derived.

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sotto_protocol::cbor;

use super::kdf::{KdfParams, Opener, VaultIds};
use crate::secret::Secret32;
use crate::{aead, label, random};

/// What a wrapped key is bound to; all of it stands in the clear beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VmkBinding {
    /// Whose vault, and where.
    pub ids: VaultIds,
    /// How the KEK was derived.
    pub params: KdfParams,
    /// The version of the key file.
    pub version: u16,
    /// Rises with every wrapping, so that an older file put back shows.
    pub counter: u64,
}

impl VmkBinding {
    fn aad(&self, opener: Opener) -> Vec<u8> {
        let label = match opener {
            Opener::Password => label::VMK,
            Opener::Pin => label::PIN_VMK,
        };
        [label, &cbor::encode(self)].concat()
    }
}

/// The KEK is another one, so the password or the PIN is wrong; or the wrapped key was tampered with. They cannot be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the vault's key does not unwrap")]
pub struct WrongKey;

/// Wraps the master key: nonce, ciphertext, tag; 60 bytes.
#[must_use]
pub fn wrap_vmk(opener: Opener, kek: &Secret32, vmk: &Secret32, binding: &VmkBinding, rng: &mut impl CryptoRng) -> Vec<u8> {
    let nonce: [u8; aead::NONCE_BYTES] = random::make_bytes(rng);
    [nonce.as_slice(), &aead::seal(kek, nonce, &binding.aad(opener), vmk.as_bytes())].concat()
}

/// Unwraps the master key.
///
/// # Errors
/// [`WrongKey`].
pub fn unwrap_vmk(opener: Opener, kek: &Secret32, wrapped: &[u8], binding: &VmkBinding) -> Result<Secret32, WrongKey> {
    let (nonce, sealed) = wrapped.split_first_chunk::<{ aead::NONCE_BYTES }>().ok_or(WrongKey)?;
    let plain = aead::open(kek, *nonce, &binding.aad(opener), sealed).map_err(|_| WrongKey)?;
    Secret32::from_slice(plain.as_bytes()).ok_or(WrongKey)
}

#[cfg(test)]
mod tests {
    use sotto_protocol::{AccountId, OrgId, WorkstationId};

    use super::*;
    use crate::random::OsRandom;
    use crate::vault_key::{derive_kek, derive_pin_half};

    #[test]
    fn a_wrapped_key_opens_as_it_was_bound_and_in_no_other_way() {
        let ids = VaultIds {
            org: OrgId::from_bytes([1; 16]),
            account: AccountId::from_bytes([2; 16]),
            workstation: WorkstationId::from_bytes([3; 16]),
        };
        let binding = VmkBinding { ids, params: KdfParams::FLOOR, version: 1, counter: 7 };
        let (kek, vmk) = (Secret32::from_bytes([4; 32]), Secret32::from_bytes([5; 32]));
        let wrapped = wrap_vmk(Opener::Password, &kek, &vmk, &binding, &mut OsRandom::new());
        assert_eq!(wrapped.len(), 60);
        assert_eq!(unwrap_vmk(Opener::Password, &kek, &wrapped, &binding), Ok(vmk));
        assert_eq!(unwrap_vmk(Opener::Password, &Secret32::from_bytes([6; 32]), &wrapped, &binding), Err(WrongKey));
        assert_eq!(unwrap_vmk(Opener::Pin, &kek, &wrapped, &binding), Err(WrongKey), "also with the other's key it is not the other's");
        let older = VmkBinding { counter: 6, ..binding };
        assert_eq!(unwrap_vmk(Opener::Password, &kek, &wrapped, &older), Err(WrongKey));
        let weaker = VmkBinding { params: KdfParams { t: 4, ..KdfParams::FLOOR }, ..binding };
        assert_eq!(unwrap_vmk(Opener::Password, &kek, &wrapped, &weaker), Err(WrongKey));
        for place in 0..wrapped.len() {
            let mut damaged = wrapped.clone();
            damaged[place] ^= 1;
            assert_eq!(unwrap_vmk(Opener::Password, &kek, &damaged, &binding), Err(WrongKey));
            assert_eq!(unwrap_vmk(Opener::Password, &kek, &wrapped[..place], &binding), Err(WrongKey));
        }
    }

    /// Whoever may write on the disk passes a password's file for a PIN's, or the other way: nothing opens, whatever is typed.
    #[test]
    fn a_pin_is_never_tried_against_the_passwords_wrapping_nor_the_other_way() {
        let ids = VaultIds {
            org: OrgId::from_bytes([1; 16]),
            account: AccountId::from_bytes([2; 16]),
            workstation: WorkstationId::from_bytes([3; 16]),
        };
        let binding = VmkBinding { ids, params: KdfParams::FLOOR, version: 1, counter: 1 };
        let (k_dev, k_pin, s_srv) = (Secret32::from_bytes([4; 32]), Secret32::from_bytes([5; 32]), Secret32::from_bytes([6; 32]));
        let half = derive_pin_half(&k_dev, &k_pin);
        let vmk = Secret32::from_bytes([7; 32]);
        // The same digits, the same salt: only who opens differs.
        let typed = b"314159265358";
        let kek = |opener, half: &Secret32| derive_kek(opener, typed, &[8; 16], half, &s_srv, &ids, &KdfParams::FLOOR).unwrap();
        for (made, half_made, tried, half_tried) in
            [(Opener::Password, &k_dev, Opener::Pin, &half), (Opener::Pin, &half, Opener::Password, &k_dev)]
        {
            let wrapped = wrap_vmk(made, &kek(made, half_made), &vmk, &binding, &mut OsRandom::new());
            assert_eq!(unwrap_vmk(made, &kek(made, half_made), &wrapped, &binding).as_ref(), Ok(&vmk), "the control");
            assert_eq!(unwrap_vmk(tried, &kek(tried, half_tried), &wrapped, &binding), Err(WrongKey));
            // Nor where the halves are confused as well, one label at a time.
            assert_eq!(unwrap_vmk(made, &kek(tried, half_made), &wrapped, &binding), Err(WrongKey));
            assert_eq!(unwrap_vmk(tried, &kek(made, half_made), &wrapped, &binding), Err(WrongKey));
        }
        assert_ne!(derive_pin_half(&k_dev, &Secret32::from_bytes([9; 32])), half, "an older PIN's half is another");
        assert_ne!(derive_pin_half(&k_pin, &k_dev), half);
    }
}
