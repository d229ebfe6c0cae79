//! How often a password or a PIN may be guessed: a count that is on the disk and in the keyring before the guess is tried.
//!
//! Both copies carry a serial that rises with every change. The file is written first, so the one honest difference is a file
//! that is one ahead (a crash between the two writes); then the file counts, and whoever put an older keyring back gained nothing.
//! Any other difference means that a copy was put back, and counts as exhausted. The count of a PIN is there from the account's beginning,
//! also where there is no PIN: one that is gone counts as exhausted too.

mod kind;

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sotto_crypto::vault_key::Opener;
use sotto_protocol::{AccountId, cbor};

use self::kind::Kind;
pub use self::kind::{PASSWORD_LIMIT, PIN_LIMIT};
use crate::{Home, Keyring, Result, StoreError, atomic_file, vault_key_file, wipe};

/// Bytes of a copy, at most.
const LONGEST: usize = 128;

/// The attempts at one account's password, or at its PIN, on this workstation.
#[derive(Debug, Clone)]
pub struct Attempts {
    dir: PathBuf,
    keyring: Keyring,
    /// The mirror's name in the keyring.
    name: String,
    /// What else of the keyring goes when the guesses are over.
    forgotten: Vec<String>,
    kind: &'static Kind,
}

/// What both copies hold. Times are milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Count {
    serial: u64,
    failed: u32,
    last_at: u64,
}

impl Attempts {
    /// The attempts at what opens this account's vault in that home.
    #[must_use]
    pub fn new(home: &Home, account: AccountId, opener: Opener, keyring: Keyring) -> Self {
        let kind = Kind::of(opener);
        let name = home.keyring_name(account, kind.mirror);
        let forgotten = kind.forgets.iter().map(|item| home.keyring_name(account, *item)).collect();
        Self { dir: home.account(account), keyring, name, forgotten, kind }
    }

    /// Starts the count at zero, whatever it was: for an enrolment, before there is a vault to guess at, and for a PIN after a second factor
    /// was shown.
    ///
    /// # Errors
    /// [`StoreError::Wiped`], [`StoreError::File`] and those of the keyring.
    pub fn create(&self) -> Result<()> {
        wipe::check(&self.dir)?;
        // Above what is here: a copy of before that is put back does not fit the other one.
        let serial = self.load_file()?.map_or(0, |count| count.serial).max(self.load_mirror()?.map_or(0, |count| count.serial));
        self.store(Count { serial: serial.saturating_add(2), failed: 0, last_at: 0 })
    }

    /// Counts an attempt as failed, durably, before it is made: only after this may the key be derived. `now` is the wall clock,
    /// milliseconds since 1970. Returns how many attempts remain after this one.
    ///
    /// # Errors
    /// [`StoreError::Throttled`], and nothing was counted; [`StoreError::Destroyed`], [`StoreError::PinDestroyed`]: the limit was reached, or
    /// the copies do not fit, and the key files were destroyed; [`StoreError::Wiped`], and nothing was counted. Where a copy cannot be read or written, its error, and no attempt may be made.
    pub fn begin(&self, now: u64) -> Result<u32> {
        let mut count = self.load()?;
        if count.failed >= self.kind.limit {
            return self.destroy();
        }
        if now < count.last_at {
            // The clock was stepped back: the whole delay counts from now. (It is moved at all because a clock that once stood years
            // ahead must not lock somebody out for years. Whoever can set the clock could as well set it ahead.)
            count = Count { last_at: now, ..count.next() };
            self.store(count)?;
        }
        let delay = self.kind.delay(count.failed);
        let waited = Duration::from_millis(now.saturating_sub(count.last_at));
        if waited < delay {
            return Err(StoreError::Throttled { retry_after: delay.saturating_sub(waited) });
        }
        let failed = count.failed + 1;
        self.store(Count { failed, last_at: now, ..count.next() })?;
        Ok(self.kind.limit - failed)
    }

    /// The attempt succeeded: the count is zero again.
    ///
    /// # Errors
    /// [`StoreError::File`] and those of the keyring.
    pub fn succeed(&self) -> Result<()> {
        let count = self.load()?;
        self.store(Count { failed: 0, ..count.next() })
    }

    /// The attempt failed, as [`Attempts::begin`] had counted. Returns how long to wait before the next.
    ///
    /// # Errors
    /// [`StoreError::Destroyed`], [`StoreError::PinDestroyed`] where it was the last one; those of reading.
    pub fn fail(&self) -> Result<Duration> {
        let count = self.load()?;
        if count.failed >= self.kind.limit { self.destroy() } else { Ok(self.kind.delay(count.failed)) }
    }

    /// Whether an attempt is left, without making one.
    ///
    /// # Errors
    /// [`StoreError::Destroyed`], [`StoreError::PinDestroyed`] where none is, and the key files were destroyed; those of reading.
    pub fn check(&self) -> Result<()> {
        if self.load()?.failed >= self.kind.limit { self.destroy() } else { Ok(()) }
    }

    /// How many attempts remain by what the file says, for a screen: reads no keyring and changes nothing. [`Self::check`] decides.
    #[must_use]
    pub fn remaining(&self) -> u32 {
        let count = self.load_file().ok().flatten();
        count.map_or(0, |count| self.kind.limit.saturating_sub(count.failed))
    }

    /// Whether something was ever counted here: the file is there.
    #[must_use]
    pub fn exist(&self) -> bool {
        self.file().exists()
    }

    /// Removes both copies; for a wipe, after the vault's key is gone.
    ///
    /// # Errors
    /// [`StoreError::File`] and those of the keyring.
    pub fn delete(&self) -> Result<()> {
        atomic_file::destroy(&self.file(), "remove the attempts")?;
        self.keyring.delete(&self.name)
    }

    fn destroy<T>(&self) -> Result<T> {
        self.kind.destroys.iter().try_for_each(|opener| vault_key_file::destroy(&self.dir, *opener))?;
        self.forgotten.iter().try_for_each(|name| self.keyring.delete(name))?;
        tracing::error!(file = self.kind.file, "too many attempts: the key was destroyed");
        Err((self.kind.over)())
    }

    fn load(&self) -> Result<Count> {
        wipe::check(&self.dir)?;
        match (self.load_file()?, self.load_mirror()?) {
            (Some(file), Some(mirror)) if file == mirror => Ok(file),
            (Some(file), Some(mirror)) if mirror.serial.checked_add(1) == Some(file.serial) => {
                // A crash between the two: the mirror catches up before anything else, or a second crash would look like a copy put back.
                self.keyring.set(&self.name, &cbor::encode(&file))?;
                Ok(file)
            }
            _ => self.destroy(),
        }
    }

    fn load_file(&self) -> Result<Option<Count>> {
        let bytes = atomic_file::load(&self.file(), "read the attempts")?;
        Ok(bytes.and_then(|bytes| parse(&bytes)))
    }

    fn load_mirror(&self) -> Result<Option<Count>> {
        let secret = self.keyring.get(&self.name)?;
        Ok(secret.and_then(|secret| parse(secret.as_bytes())))
    }

    fn store(&self, count: Count) -> Result<()> {
        let bytes = cbor::encode(&count);
        atomic_file::store(&self.file(), &bytes, "write the attempts")?;
        self.keyring.set(&self.name, &bytes)
    }

    fn file(&self) -> PathBuf {
        self.dir.join(self.kind.file)
    }
}

impl Count {
    /// The same, changed once more.
    const fn next(self) -> Self {
        Self { serial: self.serial.saturating_add(1), ..self }
    }
}

fn parse(bytes: &[u8]) -> Option<Count> {
    cbor::parse_canonical(bytes, LONGEST).ok()
}

#[cfg(test)]
mod tests;
