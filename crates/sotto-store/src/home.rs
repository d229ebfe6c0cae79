//! Where a workstation's files lie.
//!
//! ```text
//! HOME/home.id  workstation.json  process.lock  directory  heard  receipts/<command>
//! HOME/accounts/<account>/vault.key  vault.db  vault.db-wal  vault.db-shm  attempts
//!                         pin.key  pin.attempts
//! HOME/wipe/<account or workstation>.tombstone  .found  .receipt
//! HOME/wiped
//! ```

use std::path::{Path, PathBuf};

use sotto_crypto::{OsRandom, random};
use sotto_protocol::AccountId;

use crate::wipe::{self, Target};
use crate::{ProcessLock, Result, StoreError, atomic_file};

/// What the keyring keeps for an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyringItem {
    /// The half of the vault's key that is this machine's.
    KDev,
    /// The device's signing key.
    DeviceKey,
    /// The rollback anchor.
    Anchor,
    /// The mirror of the attempts.
    Attempts,
    /// The half of a PIN's key that is made with it and goes with it.
    KPin,
    /// The mirror of the attempts at the PIN.
    PinAttempts,
    /// The cached share of the server, with the end of its lease.
    Share,
}

impl KeyringItem {
    /// Every item; a wipe deletes them all.
    pub const ALL: [Self; 7] = [Self::KDev, Self::DeviceKey, Self::Anchor, Self::Attempts, Self::KPin, Self::PinAttempts, Self::Share];

    const fn name(self) -> &'static str {
        match self {
            Self::KDev => "k_dev",
            Self::DeviceKey => "device_key",
            Self::Anchor => "anchor",
            Self::Attempts => "attempts",
            Self::KPin => "k_pin",
            Self::PinAttempts => "pin_attempts",
            Self::Share => "share",
        }
    }
}

/// What the keyring keeps for the machine itself, whoever works at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkstationItem {
    /// The machine's signing key.
    Key,
    /// What every enrolled machine of the clinic has and the server has not.
    Secret,
    /// Which commands were done, so that none is done twice whatever the disk says.
    Commands,
}

impl WorkstationItem {
    const fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Secret => "secret",
            Self::Commands => "commands",
        }
    }
}

/// The folder in a home that has the accounts' folders.
const ACCOUNTS: &str = "accounts";

/// The folder of a workstation, shared by the people who work at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    path: PathBuf,
    id: String,
}

impl Home {
    /// Opens the folder, making it (for its owner only) and its random id if needed.
    ///
    /// # Errors
    /// [`StoreError::File`], or [`StoreError::Corrupt`] where the id is damaged.
    pub fn open(path: &Path) -> Result<Self> {
        make_folder(path)?;
        let file = path.join("home.id");
        let id = match atomic_file::load(&file, "read the home's id")? {
            Some(bytes) => parse_id(&bytes)?,
            None => {
                let id = hex::encode(random::make_bytes::<16>(&mut OsRandom::new()));
                atomic_file::store(&file, id.as_bytes(), "write the home's id")?;
                id
            }
        };
        Ok(Self { path: path.to_owned(), id })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps other processes out until the lock is dropped.
    ///
    /// # Errors
    /// [`StoreError::InUse`].
    pub fn lock(&self) -> Result<ProcessLock> {
        ProcessLock::acquire(&self.path.join("process.lock"))
    }

    /// The file of [`crate::WorkstationFile`].
    #[must_use]
    pub fn workstation_file(&self) -> PathBuf {
        self.path.join("workstation.json")
    }

    /// The file of [`crate::statements_file`].
    #[must_use]
    pub fn statements_file(&self) -> PathBuf {
        self.path.join("directory")
    }

    /// The file of [`crate::heard`].
    #[must_use]
    pub fn heard_file(&self) -> PathBuf {
        self.path.join("heard")
    }

    /// The folder of [`crate::receipts`]; it may not be there.
    #[must_use]
    pub fn receipts(&self) -> PathBuf {
        self.path.join("receipts")
    }

    /// The folder of the accounts' folders; it may not be there.
    #[must_use]
    pub fn accounts(&self) -> PathBuf {
        self.path.join(ACCOUNTS)
    }

    /// An account's folder; it may not be there.
    #[must_use]
    pub fn account(&self, account: AccountId) -> PathBuf {
        self.accounts().join(account.to_string())
    }

    /// The folder of an account's folder, and so its home, if it lies in one.
    pub(crate) fn around(account: &Path) -> Option<&Path> {
        let accounts = account.parent()?;
        if accounts.file_name()? == ACCOUNTS { accounts.parent() } else { None }
    }

    /// Makes an account's folder, for its owner only, and returns it.
    ///
    /// # Errors
    /// [`StoreError::Wiped`] while a wipe of it stands; [`StoreError::File`].
    pub fn make_account(&self, account: AccountId) -> Result<PathBuf> {
        let folder = self.account(account);
        wipe::check(&folder)?;
        make_folder(&folder)?;
        Ok(folder)
    }

    /// The name of an account's item in the keyring. Two homes of one person share no name.
    #[must_use]
    pub fn keyring_name(&self, account: AccountId, item: KeyringItem) -> String {
        format!("{}/{account}/{}", self.id, item.name())
    }

    /// The name of the machine's own item in the keyring.
    #[must_use]
    pub fn workstation_keyring_name(&self, item: WorkstationItem) -> String {
        format!("{}/workstation/{}", self.id, item.name())
    }

    /// What the names of everything that the keyring keeps for it begin with, and no other name does.
    pub(crate) fn keyring_prefix(&self, target: Target) -> String {
        match target {
            Target::Workstation => format!("{}/", self.id),
            Target::Account(account) => format!("{}/{account}/", self.id),
        }
    }
}

pub(crate) fn make_folder(path: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(StoreError::file("make a folder of this workstation"))
}

fn parse_id(bytes: &[u8]) -> Result<String> {
    let text = std::str::from_utf8(bytes).map_err(|_| StoreError::Corrupt("the home's id"))?;
    if text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        Ok(text.into())
    } else {
        Err(StoreError::Corrupt("the home's id"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: AccountId = AccountId::from_bytes([0xab; 16]);

    #[test]
    fn a_home_keeps_its_id_and_another_has_another() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (dir.path().join("one"), dir.path().join("two"));
        let name = |path: &Path| Home::open(path).unwrap().keyring_name(ACCOUNT, KeyringItem::KDev);
        assert_eq!(name(&one), name(&one));
        assert_ne!(name(&one), name(&two));
        assert!(name(&one).ends_with(&format!("/{}/k_dev", "ab".repeat(16))));
        std::fs::write(one.join("home.id"), "../../elsewhere").unwrap();
        assert!(matches!(Home::open(&one), Err(StoreError::Corrupt(_))));
    }

    #[test]
    fn a_second_lock_is_refused_until_the_first_is_dropped() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path()).unwrap();
        let lock = home.lock().unwrap();
        assert!(matches!(home.lock(), Err(StoreError::InUse)));
        drop(lock);
        home.lock().unwrap();
    }
}
