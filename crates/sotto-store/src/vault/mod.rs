//! How a vault is used from many tasks at once: one thread writes, two read, each owns its connection.
//!
//! The futures need no runtime. Both queues are bounded: with 64 jobs waiting, the next caller waits for room in its own future.

mod job;
mod threads;

use std::path::Path;
use std::sync::Arc;

use futures_channel::oneshot;
use rusqlite::{Connection, Transaction};
use sotto_sqlcipher::{Key, Mode};

use crate::table::MIGRATIONS;
use crate::{Result, StoreError, wipe};
use job::{Job, Queue};
use threads::Threads;

/// The vault's file in its folder.
pub const FILE: &str = "vault.db";

/// How the names of what SQLite keeps beside it go on.
pub(crate) const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Threads that read.
const READERS: usize = 2;

/// An open vault. Clones share it; it closes with [`Vault::close`], or when the last clone is dropped.
///
/// That drop finishes the writes that were taken and waits for the vault's threads, so that a process may end at once after it. It blocks
/// as long as those writes take, ten seconds at most; whoever must not block awaits [`Vault::close`] before. Only where the last clone is
/// inside a job does nothing wait, and closing goes on in the background: jobs are to be given values, not the vault.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    writes: Queue,
    reads: Queue,
    threads: Threads,
}

impl Vault {
    /// Makes a new vault in `dir` and opens it. Blocks for some milliseconds, as [`Vault::open`] does.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where there is one already; [`StoreError::Wiped`]; those of opening, of which a full disk is the usual one.
    pub fn create(dir: &Path, key: &Key) -> Result<Self> {
        wipe::check(dir)?;
        let path = dir.join(FILE);
        if path.try_exists().map_err(StoreError::file("look for the vault"))? {
            return Err(StoreError::Conflict("vault"));
        }
        Self::start(dir, key, Mode::Create)
    }

    /// Opens the vault in `dir`, migrates it if an older build wrote it, and starts its threads.
    ///
    /// # Errors
    /// By code: `vault_missing`, `vault_corrupt` (damaged, or of another key), `vault_in_use`, `disk_full`, `upgrade_required`; `wiped`
    /// while a wipe of the account or of the workstation stands, whatever the key.
    pub fn open(dir: &Path, key: &Key) -> Result<Self> {
        Self::start(dir, key, Mode::Writer)
    }

    fn start(dir: &Path, key: &Key, mode: Mode) -> Result<Self> {
        wipe::check(dir)?;
        let path = &dir.join(FILE);
        let mut writer = sotto_sqlcipher::open(path, key, mode)?;
        sotto_sqlcipher::migrate(&mut writer, MIGRATIONS)?;
        let readers = (0..READERS).map(|_| sotto_sqlcipher::open(path, key, Mode::Reader)).collect::<std::result::Result<Vec<_>, _>>()?;
        let (writes, write_jobs) = Queue::new();
        let (reads, read_jobs) = Queue::new();
        let threads = Threads::start(writer, write_jobs, readers, &read_jobs)?;
        Ok(Self(Arc::new(Inner { writes, reads, threads })))
    }

    /// Runs `job` in one transaction on the writing thread and commits it; in the order of calls. What it returns is on the disk
    /// (`synchronous = FULL`) when the future is ready. An error of the job rolls everything back.
    ///
    /// Dropping the future before it was first polled, or while it waits for room, means the job never runs; after that it runs and
    /// commits all the same.
    ///
    /// # Errors
    /// The job's own; [`StoreError::Closed`]; a failed commit (`disk_full`), which rolls back; [`StoreError::Panicked`].
    pub async fn write<T, F>(&self, job: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection: &mut Connection| drop(answer.send(job::write(connection, job))));
        self.0.writes.put(job).await?;
        answered.await.unwrap_or(Err(StoreError::Panicked))
    }

    /// Runs `job` on a reading thread, on one snapshot of the vault: what was committed before the call is seen. Dropping the future means
    /// that a job that has not begun never runs.
    ///
    /// # Errors
    /// The job's own; [`StoreError::Closed`]; [`StoreError::Panicked`].
    pub async fn read<T, F>(&self, job: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection: &mut Connection| {
            if !answer.is_canceled() {
                drop(answer.send(job::read(connection, job)));
            }
        });
        self.0.reads.put(job).await?;
        answered.await.unwrap_or(Err(StoreError::Panicked))
    }

    /// Takes no more jobs, finishes those that wait, empties the write-ahead log into the file and closes it. When the future is
    /// ready no file is open and SQLCipher has erased its keys and pages. Safe to call twice, and to drop: closing goes on.
    pub async fn close(&self) {
        self.0.shut();
        self.0.threads.closed().await;
    }

    /// Whether [`Vault::close`] was called; jobs fail with `locked` from then on.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.0.writes.is_shut()
    }
}

/// Removes the files of a vault that is not open: after its key was destroyed, or before an interrupted enrolment is done again.
/// None is fine.
///
/// # Errors
/// [`StoreError::File`].
pub fn delete(dir: &Path) -> Result<()> {
    for suffix in std::iter::once("").chain(BESIDE) {
        match std::fs::remove_file(dir.join(format!("{FILE}{suffix}"))) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::File { attempted: "remove the vault's files", source });
            }
            _ => {}
        }
    }
    Ok(())
}

impl Inner {
    fn shut(&self) {
        self.writes.shut();
        self.reads.shut();
    }
}

impl Drop for Inner {
    /// Shuts the queues; the threads, dropped after this, end when these are empty.
    fn drop(&mut self) {
        self.shut();
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("closed", &self.is_closed()).finish()
    }
}
