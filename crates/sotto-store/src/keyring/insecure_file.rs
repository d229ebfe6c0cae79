//! How secrets are kept where there is no keyring: a plain file with a loud name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_bytes::ByteBuf;
use sotto_crypto::SecretVec;
use sotto_protocol::cbor;
use zeroize::{Zeroize, Zeroizing};

use crate::{Result, StoreError, atomic_file};

/// The file's name in its folder.
const FILE: &str = "INSECURE-KEYRING";
const ATTEMPTED: &str = "overwrite the insecure keyring";

/// A keyring that is a plain file.
#[derive(Debug, Clone)]
pub struct InsecureFile {
    path: PathBuf,
    /// One change at a time; other processes are kept out by the home's lock.
    changing: Arc<Mutex<()>>,
}

/// Names and secrets; erased when dropped.
#[derive(Default)]
struct Secrets(BTreeMap<String, ByteBuf>);

impl Drop for Secrets {
    fn drop(&mut self) {
        self.0.values_mut().for_each(|secret| secret.as_mut_slice().zeroize());
    }
}

impl InsecureFile {
    pub(super) fn open(dir: &Path) -> Result<Self> {
        let keyring = Self { path: dir.join(FILE), changing: Arc::default() };
        keyring.load()?;
        tracing::warn!(path = %keyring.path.display(), "secrets are kept in a plain file: whoever copies this folder can try passwords");
        Ok(keyring)
    }

    pub(super) fn get(&self, name: &str) -> Result<Option<SecretVec>> {
        Ok(self.load()?.0.get(name).map(|secret| SecretVec::from(secret.as_slice())))
    }

    pub(super) fn set(&self, name: &str, secret: &[u8]) -> Result<()> {
        let _changing = self.changing();
        let mut secrets = self.load()?;
        if let Some(mut before) = secrets.0.insert(name.into(), ByteBuf::from(secret)) {
            before.as_mut_slice().zeroize();
        }
        self.store(&secrets)
    }

    pub(super) fn delete(&self, name: &str) -> Result<()> {
        let _changing = self.changing();
        let mut secrets = self.load()?;
        let Some(mut before) = secrets.0.remove(name) else {
            // It may be in what an interrupted change left.
            return atomic_file::destroy_interrupted(&self.path, ATTEMPTED);
        };
        before.as_mut_slice().zeroize();
        // The other secrets are never not there, also for a process that is killed here.
        let bytes = Zeroizing::new(cbor::encode(&secrets.0));
        atomic_file::store_over(&self.path, &bytes, ATTEMPTED)
    }

    fn changing(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn load(&self) -> Result<Secrets> {
        let Some(bytes) = atomic_file::load(&self.path, "read the insecure keyring")? else { return Ok(Secrets::default()) };
        cbor::parse(&bytes, bytes.len()).map(Secrets).map_err(|_| StoreError::Corrupt("the insecure keyring"))
    }

    fn store(&self, secrets: &Secrets) -> Result<()> {
        let bytes = Zeroizing::new(cbor::encode(&secrets.0));
        atomic_file::store(&self.path, &bytes, "write the insecure keyring")
    }
}

#[cfg(test)]
mod tests {
    use super::super::Keyring;
    use super::*;

    #[test]
    fn secrets_come_back_and_go() {
        let dir = tempfile::tempdir().unwrap();
        let keyring = Keyring::insecure_file(dir.path()).unwrap();
        assert!(keyring.is_insecure());
        assert_eq!(keyring.get("a").unwrap(), None);
        keyring.set("a", b"one").unwrap();
        keyring.set("b", b"two").unwrap();
        keyring.set("a", b"three").unwrap();
        let again = Keyring::insecure_file(dir.path()).unwrap();
        assert_eq!(again.get("a").unwrap(), Some(SecretVec::from(b"three".as_slice())));
        again.delete("a").unwrap();
        again.delete("a").unwrap();
        assert_eq!(keyring.get("a").unwrap(), None);
        assert_eq!(keyring.get("b").unwrap(), Some(SecretVec::from(b"two".as_slice())));
    }

    #[test]
    fn what_an_interrupted_change_left_goes_with_the_secret() {
        let dir = tempfile::tempdir().unwrap();
        let keyring = Keyring::insecure_file(dir.path()).unwrap();
        let beside = dir.path().join(format!("{FILE}.new"));
        std::fs::write(&beside, b"a secret").unwrap();
        keyring.delete("a").unwrap();
        assert!(!beside.exists());
    }

    #[test]
    fn damage_is_said() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FILE), b"nonsense").unwrap();
        assert!(matches!(Keyring::insecure_file(dir.path()), Err(StoreError::Corrupt(_))));
    }
}
