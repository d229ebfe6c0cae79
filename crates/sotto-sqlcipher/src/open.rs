//! How a connection to an encrypted file is made.

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::Path;

use rusqlite::ffi::ErrorCode;
use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Result, TAMPER};
use crate::key::Key;
use crate::settings;

/// How SQLite begins a file that is not encrypted (SQLite file format, 1.3).
const PLAIN_HEADER: &[u8; 16] = b"SQLite format 3\0";

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Reads and writes; makes the file, readable by its owner only, if it is not there or empty.
    Create,
    /// Reads and writes a file that must be there.
    Writer,
    /// Reads a file that must be there; every write is refused.
    Reader,
}

/// Opens `path` with `key`. On success the first page was read and authenticated and every setting of
/// docs/SECURITY.md holds: write-ahead log, `synchronous = FULL`, memory security, secure delete, no memory mapping.
///
/// # Errors
/// [`Error::Missing`], [`Error::NotEncrypted`] (a plain SQLite file), [`Error::WrongKey`] (or a damaged first page),
/// [`Error::Corrupt`] (an empty file where there must be one), [`Error::InUse`], [`Error::DiskFull`], [`Error::File`].
pub fn open(path: &Path, key: &Key, mode: Mode) -> Result<Connection> {
    prepare_file(path, key, mode)?;
    // No CREATE flag: the file was made above with its permissions. No URI: a path is never a list of options.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_PRIVATE_CACHE;
    let connection = Connection::open_with_flags(path, flags)?;
    settings::before_key(&connection)?;
    // The error would carry the statement, and the statement is the key.
    connection.execute_batch(&key.pragma()).map_err(|_| Error::WrongKey)?;
    settings::assert_cipher(&connection)?;
    settings::after_key(&connection, mode)?;
    read_first_page(&connection)?;
    settings::durable(&connection, mode)?;
    Ok(connection)
}

fn prepare_file(path: &Path, key: &Key, mode: Mode) -> Result<()> {
    let mut options = OpenOptions::new();
    options.read(true);
    if mode == Mode::Create {
        options.write(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let head = read_head(options.open(path)?)?;
    match head.len() {
        _ if head == PLAIN_HEADER => Err(Error::NotEncrypted),
        0 if mode != Mode::Create => {
            tracing::error!(target: TAMPER, "the database's file is empty");
            Err(Error::Corrupt)
        }
        0 => Ok(()),
        // SQLCipher uses the salt it is given and never looks at the file's: another one there would go unnoticed.
        _ if head != key.salt => {
            tracing::error!(target: TAMPER, "the database begins with another salt");
            Err(Error::WrongKey)
        }
        _ => Ok(()),
    }
}

fn read_head(file: File) -> Result<Vec<u8>> {
    let mut head = Vec::with_capacity(PLAIN_HEADER.len());
    file.take(PLAIN_HEADER.len() as u64).read_to_end(&mut head)?;
    Ok(head)
}

fn read_first_page(connection: &Connection) -> Result<()> {
    match connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)) {
        Ok(_) => Ok(()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            tracing::error!(target: TAMPER, "the first page of the database does not authenticate");
            Err(Error::WrongKey)
        }
        Err(error) => Err(error.into()),
    }
}
