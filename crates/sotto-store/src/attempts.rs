//! How often a password may be guessed: a count that is on the disk and in the keyring before the guess is tried.
//!
//! Both copies carry a serial that rises with every change. The file is written first, so the one honest difference is a file
//! that is one ahead (a crash between the two writes); then the file counts, and whoever put an older keyring back gained nothing.
//! Any other difference means that a copy was put back, and counts as exhausted.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sotto_protocol::cbor;

use crate::{Keyring, Result, StoreError, atomic_file, vault_key_file};

/// The file's name in its account's folder.
pub const FILE: &str = "attempts";
/// Failed attempts after which the vault's key is destroyed.
pub const LIMIT: u32 = 10;
/// Seconds to wait before the next attempt, by the number of failed ones; the last holds for all further ones.
const DELAYS_S: [u64; 8] = [0, 0, 0, 5, 15, 60, 300, 900];
/// Bytes of a copy, at most.
const LONGEST: usize = 128;

/// The attempts at one account's password on this workstation.
#[derive(Debug, Clone)]
pub struct Attempts {
    dir: PathBuf,
    keyring: Keyring,
    name: String,
}

/// What both copies hold. Times are milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Count {
    serial: u64,
    failed: u32,
    last_at: u64,
}

impl Attempts {
    /// The attempts of the account with this folder, mirrored in the keyring under `name`.
    #[must_use]
    pub fn new(dir: &Path, keyring: Keyring, name: String) -> Self {
        Self { dir: dir.to_owned(), keyring, name }
    }

    /// Starts the count at zero; for an enrolment, before there is a vault to guess at.
    ///
    /// # Errors
    /// [`StoreError::File`] and those of the keyring.
    pub fn create(&self) -> Result<()> {
        self.store(Count { serial: 1, failed: 0, last_at: 0 })
    }

    /// Counts an attempt as failed, durably, before it is made: only after this may the key be derived. `now` is the wall clock,
    /// milliseconds since 1970. Returns how many attempts remain after this one.
    ///
    /// # Errors
    /// [`StoreError::Throttled`], and nothing was counted; [`StoreError::Destroyed`]: the limit was reached, or the copies do not
    /// fit, and the vault's key file was destroyed. Where a copy cannot be read or written, its error, and no attempt may be made.
    pub fn begin(&self, now: u64) -> Result<u32> {
        let count = self.load()?;
        if count.failed >= LIMIT {
            return self.destroy();
        }
        if now < count.last_at {
            // The clock was stepped back: the whole delay counts from now. (It is moved at all because a clock that once stood years
            // ahead must not lock somebody out for years. Whoever can set the clock could as well set it ahead.)
            self.store(Count { serial: count.serial.saturating_add(1), last_at: now, ..count })?;
        }
        let delay = delay(count.failed);
        let waited = Duration::from_millis(now.saturating_sub(count.last_at));
        if waited < delay {
            return Err(StoreError::Throttled { retry_after: delay.saturating_sub(waited) });
        }
        let serial = self.load()?.serial.saturating_add(1);
        let failed = count.failed + 1;
        self.store(Count { serial, failed, last_at: now })?;
        Ok(LIMIT - failed)
    }

    /// The attempt succeeded: the count is zero again.
    ///
    /// # Errors
    /// [`StoreError::File`] and those of the keyring.
    pub fn succeed(&self) -> Result<()> {
        let count = self.load()?;
        self.store(Count { serial: count.serial.saturating_add(1), failed: 0, last_at: count.last_at })
    }

    /// The attempt failed, as [`Attempts::begin`] had counted. Returns how long to wait before the next.
    ///
    /// # Errors
    /// [`StoreError::Destroyed`] where it was the last one; those of reading.
    pub fn fail(&self) -> Result<Duration> {
        let count = self.load()?;
        if count.failed >= LIMIT { self.destroy() } else { Ok(delay(count.failed)) }
    }

    /// Removes both copies; for a wipe, after the vault's key is gone.
    ///
    /// # Errors
    /// [`StoreError::File`] and those of the keyring.
    pub fn delete(&self) -> Result<()> {
        atomic_file::destroy(&self.dir.join(FILE), "remove the attempts")?;
        self.keyring.delete(&self.name)
    }

    fn destroy<T>(&self) -> Result<T> {
        vault_key_file::destroy(&self.dir)?;
        tracing::error!("too many attempts at a password: the vault's key was destroyed");
        Err(StoreError::Destroyed)
    }

    fn load(&self) -> Result<Count> {
        let file = atomic_file::load(&self.dir.join(FILE), "read the attempts")?;
        let mirror = self.keyring.get(&self.name)?;
        let file = file.and_then(|bytes| parse(&bytes));
        let mirror = mirror.and_then(|secret| parse(secret.as_bytes()));
        match (file, mirror) {
            (Some(file), Some(mirror)) if file == mirror || mirror.serial.checked_add(1) == Some(file.serial) => Ok(file),
            _ => self.destroy(),
        }
    }

    fn store(&self, count: Count) -> Result<()> {
        let bytes = cbor::encode(&count);
        atomic_file::store(&self.dir.join(FILE), &bytes, "write the attempts")?;
        self.keyring.set(&self.name, &bytes)
    }
}

fn parse(bytes: &[u8]) -> Option<Count> {
    cbor::parse_canonical(bytes, LONGEST).ok()
}

/// How long to wait after that many failed attempts.
fn delay(failed: u32) -> Duration {
    let [.., longest] = DELAYS_S;
    let place = usize::try_from(failed).unwrap_or(usize::MAX);
    Duration::from_secs(DELAYS_S.get(place).copied().unwrap_or(longest))
}

#[cfg(test)]
mod tests;
