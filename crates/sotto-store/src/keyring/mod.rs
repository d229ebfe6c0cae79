//! Where the small secrets lie that must not lie beside the vault: the operating system's keyring.

mod insecure_file;
mod os;

use std::path::Path;

use sotto_crypto::SecretVec;

use crate::Result;
use insecure_file::InsecureFile;
use os::OsKeyring;

/// A keyring. Clones share it. Calls block for some milliseconds (on Linux a round trip to the secret service), also inside a runtime.
#[derive(Debug, Clone)]
pub enum Keyring {
    /// The operating system's: Secret Service, Keychain, Credential Manager.
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
        OsKeyring::open().map(Self::Os)
    }

    /// A plain file in `dir`. Whoever copies the folder has these secrets too; a warning is logged at every opening.
    ///
    /// # Errors
    /// [`crate::StoreError::Corrupt`], [`crate::StoreError::File`].
    pub fn insecure_file(dir: &Path) -> Result<Self> {
        InsecureFile::open(dir).map(Self::InsecureFile)
    }

    /// Whether secrets are only as safe as the disk.
    #[must_use]
    pub const fn is_insecure(&self) -> bool {
        matches!(self, Self::InsecureFile(_))
    }

    /// The secret of that name, if there is one.
    ///
    /// # Errors
    /// Those of [`Keyring::os`].
    pub fn get(&self, name: &str) -> Result<Option<SecretVec>> {
        match self {
            Self::Os(keyring) => keyring.get(name),
            Self::InsecureFile(file) => file.get(name),
        }
    }

    /// Keeps a secret under a name, in place of an older one; durable on return. At most 2,560 bytes (Windows).
    ///
    /// # Errors
    /// Those of [`Keyring::os`].
    pub fn set(&self, name: &str, secret: &[u8]) -> Result<()> {
        match self {
            Self::Os(keyring) => keyring.set(name, secret),
            Self::InsecureFile(file) => file.set(name, secret),
        }
    }

    /// Forgets the secret of that name; none is fine.
    ///
    /// # Errors
    /// Those of [`Keyring::os`].
    pub fn delete(&self, name: &str) -> Result<()> {
        match self {
            Self::Os(keyring) => keyring.delete(name),
            Self::InsecureFile(file) => file.delete(name),
        }
    }
}
