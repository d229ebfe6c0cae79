//! How a wrapped master key of a vault is kept: `vault.key`, and `pin.key` where there is a PIN; CBOR, replaced as a whole, destroyed by overwriting.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};
use sotto_crypto::vault_key::{KdfParams, Opener, VaultIds, VmkBinding};
use sotto_protocol::cbor;

use crate::{Result, StoreError, atomic_file, wipe};

/// The name of the password's file in its account's folder.
pub const FILE: &str = "vault.key";
/// The name of the PIN's file beside it.
pub const PIN_FILE: &str = "pin.key";
/// The version this build writes.
pub const VERSION: u16 = 1;
/// Bytes of a file that are read, at most.
const LONGEST: usize = 4_096;

/// `vault.key` or `pin.key`: everything but the secrets that unwrapping needs, and the wrapped master key itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultFile {
    /// What the wrapping is bound to: whose vault, how the KEK was derived, the file's version, how often it was wrapped.
    pub binding: VmkBinding,
    /// Argon2id's salt.
    pub salt: ByteArray<16>,
    /// The wrapped master key.
    pub wrapped: ByteBuf,
}

impl VaultFile {
    /// The binding of the first wrapping of a vault, or of the one after `before`: its counter rises.
    #[must_use]
    pub fn binding(ids: VaultIds, params: KdfParams, before: Option<&Self>) -> VmkBinding {
        let counter = before.map_or(1, |file| file.binding.counter.saturating_add(1));
        VmkBinding { ids, params, version: VERSION, counter }
    }

    /// Reads the file in an account's folder. Whether its parameters are within bounds is for key derivation to check.
    ///
    /// # Errors
    /// [`StoreError::Wiped`]; [`StoreError::Missing`]; [`StoreError::Corrupt`] where it does not parse or a newer build wrote it.
    pub fn load(dir: &Path, opener: Opener) -> Result<Self> {
        wipe::check(dir)?;
        let bytes =
            atomic_file::load(&dir.join(name(opener)), "read the vault's key file")?.ok_or(StoreError::Missing("the vault's key file"))?;
        let file: Self = cbor::parse_canonical(&bytes, LONGEST).map_err(|_| StoreError::Corrupt("the vault's key file"))?;
        if file.binding.version == VERSION { Ok(file) } else { Err(StoreError::Corrupt("the vault's key file")) }
    }

    /// Replaces the file in an account's folder; a crash leaves the old one or this one.
    ///
    /// # Errors
    /// [`StoreError::Wiped`], [`StoreError::File`].
    pub fn store(&self, dir: &Path, opener: Opener) -> Result<()> {
        wipe::check(dir)?;
        atomic_file::store(&dir.join(name(opener)), &cbor::encode(self), "write the vault's key file")
    }
}

/// Whether that file is in an account's folder.
#[must_use]
pub fn exists(dir: &Path, opener: Opener) -> bool {
    dir.join(name(opener)).exists()
}

/// Overwrites and unlinks that file in an account's folder: what was typed for it opens nothing any more. Done already is fine.
///
/// # Errors
/// [`StoreError::File`].
pub fn destroy(dir: &Path, opener: Opener) -> Result<()> {
    atomic_file::destroy(&dir.join(name(opener)), "destroy the vault's key file")
}

/// The file's name in its account's folder.
pub(crate) const fn name(opener: Opener) -> &'static str {
    match opener {
        Opener::Password => FILE,
        Opener::Pin => PIN_FILE,
    }
}

#[cfg(test)]
mod tests {
    use sotto_protocol::{AccountId, OrgId, WorkstationId};

    use super::*;

    fn file() -> VaultFile {
        let ids = VaultIds {
            org: OrgId::from_bytes([1; 16]),
            account: AccountId::from_bytes([2; 16]),
            workstation: WorkstationId::from_bytes([3; 16]),
        };
        let binding = VaultFile::binding(ids, KdfParams::FLOOR, None);
        VaultFile { binding, salt: ByteArray::new([4; 16]), wrapped: ByteBuf::from(vec![5; 60]) }
    }

    #[test]
    fn the_file_comes_back_and_its_counter_rises() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(VaultFile::load(dir.path(), Opener::Password), Err(StoreError::Missing(_))));
        file().store(dir.path(), Opener::Password).unwrap();
        let loaded = VaultFile::load(dir.path(), Opener::Password).unwrap();
        assert_eq!(loaded, file());
        assert_eq!(VaultFile::binding(loaded.binding.ids, KdfParams::FLOOR, Some(&loaded)).counter, 2);
        loaded.store(dir.path(), Opener::Pin).unwrap();
        destroy(dir.path(), Opener::Password).unwrap();
        assert!(matches!(VaultFile::load(dir.path(), Opener::Password), Err(StoreError::Missing(_))));
        assert!(exists(dir.path(), Opener::Pin) && !exists(dir.path(), Opener::Password), "each is a file of its own");
    }

    #[test]
    fn damage_is_said_and_never_a_crash() {
        let dir = tempfile::tempdir().unwrap();
        let bytes = cbor::encode(&file());
        for length in 0..bytes.len() {
            std::fs::write(dir.path().join(FILE), &bytes[..length]).unwrap();
            assert!(matches!(VaultFile::load(dir.path(), Opener::Password), Err(StoreError::Corrupt(_))));
        }
    }
}
