//! How two processes are kept from using the same home: the operating system's lock on a file, which ends with the process.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::{Result, StoreError, atomic_file};

/// The lock; held until it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct ProcessLock(#[expect(dead_code, reason = "the lock lives as long as the open file")] File);

impl ProcessLock {
    /// Takes the lock on `path`, making the file if needed. Does not wait.
    ///
    /// # Errors
    /// [`StoreError::InUse`] while another process, or another lock of this one, holds it.
    pub fn acquire(path: &Path) -> Result<Self> {
        let file = atomic_file::private()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(StoreError::file("open the lock of this workstation's files"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(source)) => Err(StoreError::File { attempted: "lock this workstation's files", source }),
        }
    }
}
