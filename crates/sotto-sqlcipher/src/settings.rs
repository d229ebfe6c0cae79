//! Which settings every connection runs with, and how it is proved that they hold.

use rusqlite::{Connection, OptionalExtension};

use crate::error::{Error, Result, TAMPER};
use crate::open::Mode;

/// How long a connection waits for another one's lock, in milliseconds.
const BUSY_MS: u64 = 5_000;

/// Pages a writer keeps, in KiB: a batch that touches a thousand threads decrypts each page once.
const WRITER_CACHE_KIB: i64 = 24 * 1024;
/// Pages a reader keeps, in KiB.
const READER_CACHE_KIB: i64 = 4 * 1024;

/// Before the key: nothing of SQLCipher's goes to the standard error stream, and its memory is erased when freed.
/// (With memory security off, most message texts were still in the heap after close: docs/SECURITY.md.)
pub(crate) fn before_key(connection: &Connection) -> Result<()> {
    connection.execute_batch("PRAGMA cipher_log = off; PRAGMA cipher_log_level = NONE; PRAGMA cipher_memory_security = ON;")?;
    Ok(())
}

/// After the key, before the first page is read.
pub(crate) fn after_key(connection: &Connection, mode: Mode) -> Result<()> {
    connection.busy_timeout(std::time::Duration::from_millis(BUSY_MS))?;
    connection.execute_batch(
        "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA mmap_size = 0; PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
    )?;
    match mode {
        // Takes effect in a file without pages only: hence before the journal mode, which writes the first one.
        Mode::Create => connection.execute_batch("PRAGMA auto_vacuum = INCREMENTAL;")?,
        Mode::Writer => {}
        Mode::Reader => connection.execute_batch("PRAGMA query_only = ON;")?,
    }
    Ok(())
}

/// After the first page was read: the write-ahead log, each commit of it on the disk before it counts.
pub(crate) fn durable(connection: &Connection, mode: Mode) -> Result<()> {
    // This one reads the first page, so it cannot stand with the others.
    let cache = if mode == Mode::Reader { READER_CACHE_KIB } else { WRITER_CACHE_KIB };
    connection.pragma_update(None, "cache_size", -cache)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(Error::Sqlite(rusqlite::Error::InvalidQuery));
    }
    connection.execute_batch("PRAGMA synchronous = FULL;")?;
    Ok(())
}

/// Proves that the library is SQLCipher and that this connection has a key.
///
/// # Errors
/// [`Error::NotEncrypted`] where either is not so.
pub fn assert_cipher(connection: &Connection) -> Result<()> {
    let text = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, String>(0)).optional();
    let version = text("PRAGMA cipher_version")?.unwrap_or_default();
    let keyed = text("PRAGMA cipher_status")?.unwrap_or_default();
    if version.is_empty() || keyed != "1" { Err(Error::NotEncrypted) } else { Ok(()) }
}

/// Checks the HMAC of every page of the main file. Reads the whole file: seconds for hundreds of megabytes.
///
/// # Errors
/// [`Error::Corrupt`] if a page does not authenticate.
pub fn check_integrity(connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare("PRAGMA cipher_integrity_check")?;
    let mut rows = statement.query([])?;
    if rows.next()?.is_none() {
        return Ok(());
    }
    tracing::error!(target: TAMPER, "the integrity check found a page that does not authenticate");
    Err(Error::Corrupt)
}

/// Moves the write-ahead log into the main file and empties it; what closing a vault ends with.
///
/// # Errors
/// [`Error::InUse`] while another connection reads or writes; [`Error::DiskFull`].
pub fn truncate_wal(connection: &Connection) -> Result<()> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 { Ok(()) } else { Err(Error::InUse) }
}
