//! Where the small secrets lie that must not lie beside the vault: the operating system's keyring.

mod insecure_file;
mod os;

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use sotto_crypto::SecretVec;

use crate::{Result, StoreError};
use insecure_file::InsecureFile;
use os::OsKeyring;

/// A keyring. Clones share it. Calls block for some milliseconds (on Linux a round trip to the secret service), also inside a runtime.
#[derive(Debug, Clone)]
pub struct Keyring {
    place: Place,
    /// What names begin with that are not written any more: their wipe was begun.
    sealed: Arc<RwLock<Vec<String>>>,
}

#[derive(Debug, Clone)]
enum Place {
    /// Secret Service, Keychain, Credential Manager.
    Os(OsKeyring),
    /// A plain file, for tests and for machines without a keyring whose owner said so.
    InsecureFile(InsecureFile),
}

impl Keyring {
    /// The operating system's keyring, tried out: something is written, read back and compared.
    ///
    /// # Errors
    /// [`crate::StoreError::KeyringMissing`] where there is none or it does not keep what it is given,
    /// [`crate::StoreError::KeyringLocked`] where it is locked.
    pub fn os() -> Result<Self> {
        OsKeyring::open().map(Place::Os).map(Self::new)
    }

    /// A plain file in `dir`. Whoever copies the folder has these secrets too; a warning is logged at every opening.
    ///
    /// # Errors
    /// [`crate::StoreError::Corrupt`], [`crate::StoreError::File`].
    pub fn insecure_file(dir: &Path) -> Result<Self> {
        InsecureFile::open(dir).map(Place::InsecureFile).map(Self::new)
    }

    fn new(place: Place) -> Self {
        Self { place, sealed: Arc::default() }
    }

    /// Whether secrets are only as safe as the disk.
    #[must_use]
    pub const fn is_insecure(&self) -> bool {
        matches!(self.place, Place::InsecureFile(_))
    }

    /// The secret of that name, if there is one.
    ///
    /// # Errors
    /// Those of [`Keyring::os`].
    pub fn get(&self, name: &str) -> Result<Option<SecretVec>> {
        match &self.place {
            Place::Os(keyring) => keyring.get(name),
            Place::InsecureFile(file) => file.get(name),
        }
    }

    /// Keeps a secret under a name, in place of an older one; durable on return. At most 2,560 bytes (Windows).
    ///
    /// # Errors
    /// Those of [`Keyring::os`]; [`crate::StoreError::Wiped`] while a wipe of what it belongs to goes on, in this keyring and its clones.
    pub fn set(&self, name: &str, secret: &[u8]) -> Result<()> {
        // Held while it is written: what comes back from sealing knows that nothing is on its way.
        let sealed = self.sealed.read().unwrap_or_else(PoisonError::into_inner);
        if sealed.iter().any(|prefix| name.starts_with(prefix)) {
            return Err(StoreError::Wiped);
        }
        match &self.place {
            Place::Os(keyring) => keyring.set(name, secret),
            Place::InsecureFile(file) => file.set(name, secret),
        }
    }

    /// Forgets the secret of that name; none is fine.
    ///
    /// # Errors
    /// Those of [`Keyring::os`].
    pub fn delete(&self, name: &str) -> Result<()> {
        match &self.place {
            Place::Os(keyring) => keyring.delete(name),
            Place::InsecureFile(file) => file.delete(name),
        }
    }

    /// Takes no more secrets under names that begin so; waits for those that are being written.
    pub(crate) fn seal(&self, prefix: String) {
        let mut sealed = self.sealed.write().unwrap_or_else(PoisonError::into_inner);
        if !sealed.contains(&prefix) {
            sealed.push(prefix);
        }
    }

    /// Takes them again.
    pub(crate) fn unseal(&self, prefix: &str) {
        self.sealed.write().unwrap_or_else(PoisonError::into_inner).retain(|sealed| sealed != prefix);
    }
}
