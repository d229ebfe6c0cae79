//! How the embedded backend keeps the log: one SQLCipher file, one writer thread, a few readers. All SQL of the server is below here.

mod append;
mod attempt;
mod credential;
mod entry;
mod factor;
mod file;
mod fleet;
mod key_box;
mod logins;
mod membership;
mod meta;
mod number;
mod opaque;
mod read;
mod registration;
mod roster;
mod schema;
mod seen;
mod share;
mod sign_in;
mod statement;
#[cfg(test)]
mod tests;
mod thread;
mod worker;

use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, TransactionBehavior};
use sotto_protocol::key::VerifyKey;
use sotto_protocol::{AccountId, DeviceId, ThreadId, WorkstationId};
use sotto_sqlcipher::{Key, Mode};

use crate::store::backlog::Backlog;
use crate::store::{DirectoryChange, NewEntry, PageLimit, Share, Store, StoreError, StoredEntry, StoredOrg, Verdict, Viewer};
use append::Memory;
use worker::Workers;

/// The chunks of files, beside the log's database.
const FILES: &str = "files.db";
/// Reader connections: pages of feeds are read on them, never on the writer.
const READERS: usize = 4;
/// KiB of pages the writer keeps decrypted.
const WRITER_CACHE_KIB: i64 = 65_536;
/// KiB of pages each reader keeps decrypted.
const READER_CACHE_KIB: i64 = 16_384;
/// Pages in the write-ahead log before the writer moves them into the file: rarer than SQLite's 1,000, since each time costs two syncs.
const CHECKPOINT_PAGES: i64 = 4_000;

struct Writer {
    connection: Connection,
    memory: Memory,
}

/// The embedded backend. Clones share the threads.
#[derive(Clone)]
pub struct Embedded {
    // Dropped in this order: the last connection to close, the writer's, folds the write-ahead log into the file.
    readers: Arc<Workers<Connection>>,
    writer: Arc<Workers<Writer>>,
    /// The one connection to the chunks of files.
    files: Arc<Workers<Connection>>,
}

impl std::fmt::Debug for Embedded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Embedded(..)")
    }
}

impl Embedded {
    /// Opens the database, makes it if it is not there, and brings it to this build's schema. Reads no entry.
    /// It grows to `max_pages` pages of 4 KiB at most, if given: then appends answer [`StoreError::DiskFull`].
    ///
    /// # Errors
    /// Those of opening and migrating; among them a wrong key and a file that a newer version wrote.
    pub fn open(path: &Path, key: &Key, max_pages: Option<u32>) -> sotto_sqlcipher::Result<Self> {
        // An empty file is what a crash right after its making leaves behind.
        let made = path.metadata().is_ok_and(|file| file.len() > 0);
        let mut connection = sotto_sqlcipher::open(path, key, if made { Mode::Writer } else { Mode::Create })?;
        sotto_sqlcipher::migrate(&mut connection, schema::MIGRATIONS)?;
        prepare(&connection, WRITER_CACHE_KIB)?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        if let Some(pages) = max_pages {
            connection.pragma_update(None, "max_page_count", pages)?;
        }
        let mut readers = Vec::with_capacity(READERS);
        for _ in 0..READERS {
            let reader = sotto_sqlcipher::open(path, key, Mode::Reader)?;
            prepare(&reader, READER_CACHE_KIB)?;
            readers.push(reader);
        }
        let writer = Writer { connection, memory: Memory::default() };
        Ok(Self {
            files: Arc::new(Workers::start("sotto-files", vec![open_files(path, key)?])?),
            writer: Arc::new(Workers::start("sotto-writer", vec![writer])?),
            readers: Arc::new(Workers::start("sotto-reader", readers)?),
        })
    }

    async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> sotto_sqlcipher::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let in_transaction = |writer: &mut Writer| {
            let transaction = writer.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = job(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        self.writer.run(in_transaction).await
    }

    /// Reads one snapshot.
    async fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> sotto_sqlcipher::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let in_snapshot = |connection: &mut Connection| {
            let snapshot = connection.transaction()?;
            job(&snapshot)
        };
        self.readers.run(in_snapshot).await
    }
}

/// The files' own database stands beside the log's: under the same key and another salt, so that no page of one passes for one of the other.
fn open_files(path: &Path, key: &Key) -> sotto_sqlcipher::Result<Connection> {
    let path = path.with_file_name(FILES);
    let made = path.metadata().is_ok_and(|file| file.len() > 0);
    let key = Key::new(key.key, key.salt.map(|byte| !byte));
    let mut connection = sotto_sqlcipher::open(&path, &key, if made { Mode::Writer } else { Mode::Create })?;
    sotto_sqlcipher::migrate(&mut connection, file::MIGRATIONS)?;
    Ok(connection)
}

fn prepare(connection: &Connection, cache_kib: i64) -> sotto_sqlcipher::Result<()> {
    connection.pragma_update(None, "cache_size", -cache_kib)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

impl Store for Embedded {
    async fn load_org(&self) -> Result<Option<StoredOrg>, StoreError> {
        let load = |connection: &mut Connection| {
            let snapshot = connection.transaction()?;
            let Some(root) = meta::load_root(&snapshot)? else { return Ok(None) };
            let all = PageLimit { entries: usize::MAX, bytes: usize::MAX };
            Ok(Some(StoredOrg { root, statements: statement::load(&snapshot, 0, all)? }))
        };
        self.readers.run(load).await
    }

    async fn store_org(&self, root: VerifyKey, statements: Vec<Vec<u8>>) -> Result<(), StoreError> {
        let store = move |connection: &Connection| {
            let first = meta::store_root(connection, &root)?;
            if first {
                statement::insert(connection, 0, &statements)?;
            }
            Ok(first)
        };
        if self.write(store).await? { Ok(()) } else { Err(StoreError::VersionConflict) }
    }

    async fn store_change(&self, change: DirectoryChange) -> Result<(), StoreError> {
        let store = move |connection: &Connection| {
            if statement::count(connection)? != change.expected {
                return Ok(false);
            }
            statement::insert(connection, change.expected, &change.statements)?;
            for (device, share) in &change.made {
                share::insert(connection, *device, share)?;
            }
            for device in &change.destroyed {
                share::delete(connection, *device)?;
            }
            for account in &change.closed {
                logins::close_account(connection, *account)?;
            }
            Ok(true)
        };
        if self.write(store).await? { Ok(()) } else { Err(StoreError::VersionConflict) }
    }

    async fn load_statements(&self, after: u64, limit: PageLimit) -> Result<Vec<Vec<u8>>, StoreError> {
        self.readers.run(move |connection| statement::load(connection, after, limit)).await
    }

    async fn load_share(&self, device: DeviceId) -> Result<Option<Share>, StoreError> {
        self.readers.run(move |connection| share::load(connection, device)).await
    }

    async fn append(&self, now: u64, batch: Arc<[NewEntry]>) -> Result<Vec<Verdict>, StoreError> {
        let append = move |writer: &mut Writer| append::append(&mut writer.connection, &mut writer.memory, now, &batch);
        self.writer.run(append).await
    }

    async fn load_backlog(&self, viewer: Viewer, after: u64) -> Result<Backlog, StoreError> {
        self.readers.run(move |connection| read::load_backlog(connection, viewer, after)).await
    }

    async fn load_page(&self, account: AccountId, backlog: Backlog, limit: PageLimit) -> Result<(Vec<StoredEntry>, Backlog), StoreError> {
        self.readers.run(move |connection| read::load_page(connection, account, backlog, limit)).await
    }

    async fn list_threads(&self, viewer: Viewer) -> Result<(u64, Vec<ThreadId>), StoreError> {
        self.readers.run(move |connection| read::list_threads(connection, viewer)).await
    }

    async fn load_outline(
        &self,
        viewer: Viewer,
        thread: ThreadId,
        newest: u64,
        from: u64,
        limit: PageLimit,
    ) -> Result<Option<Vec<StoredEntry>>, StoreError> {
        self.readers.run(move |connection| read::load_outline(connection, viewer, thread, (newest, from), limit)).await
    }

    async fn load_range(
        &self,
        viewer: Viewer,
        thread: ThreadId,
        from: u64,
        to: u64,
        limit: PageLimit,
    ) -> Result<Option<Vec<StoredEntry>>, StoreError> {
        self.readers.run(move |connection| read::load_range(connection, viewer, thread, (from, to), limit)).await
    }

    async fn store_seen(&self, seen: Vec<(WorkstationId, u64)>) -> Result<(), StoreError> {
        self.write(move |connection| seen.iter().try_for_each(|(workstation, at)| seen::store(connection, *workstation, *at))).await
    }

    async fn load_seen(&self) -> Result<Vec<(WorkstationId, u64)>, StoreError> {
        self.readers.run(|connection| seen::load(connection)).await
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.readers.run(|connection| meta::load_position(connection)).await?;
        self.writer.run(|writer| meta::load_position(&writer.connection)).await.map(drop)
    }

    async fn close(&self) {
        let this = self.clone();
        let closed = tokio::task::spawn_blocking(move || {
            this.readers.close();
            this.writer.close();
            this.files.close();
        });
        if closed.await.is_err() {
            tracing::error!("closing the database panicked");
        }
    }
}
