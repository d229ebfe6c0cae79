//! Which failures of an encrypted database have a name.

use rusqlite::ffi::ErrorCode;

/// The `tracing` target of events that may mean somebody touched the file.
pub const TAMPER: &str = "sotto::tamper";

/// What every function of this crate returns.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a database cannot be opened, read or written. No text in it comes from a row.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file begins with another salt, or its first page does not open: the key is another one, or the beginning of the file is
    /// damaged. SQLCipher cannot tell these apart.
    #[error("the database does not open with this key, or its first page is damaged")]
    WrongKey,
    /// The key fits and a later page does not: damage, or a page from elsewhere.
    #[error("the database is damaged")]
    Corrupt,
    /// No space for the write; the transaction was rolled back.
    #[error("the disk is full")]
    DiskFull,
    /// Another connection holds the lock for longer than the busy timeout.
    #[error("the database is in use")]
    InUse,
    /// There is no such file.
    #[error("the database is not there")]
    Missing,
    /// The file is a plain SQLite database, or this build has no SQLCipher: refused, so that nothing is ever kept unencrypted.
    #[error("the database is not encrypted")]
    NotEncrypted,
    /// A newer build of Sotto has migrated the file.
    #[error("the database was written by a newer version")]
    TooNew,
    /// The file system refused.
    #[error("the database's file could not be prepared")]
    File(#[source] std::io::Error),
    /// Everything else: a constraint, a misuse, a conversion.
    #[error("the database refused the statement")]
    Sqlite(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for Error {
    /// Names the failure of a statement on a database that had been opened: "not a database" means a damaged page here.
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                tracing::error!(target: TAMPER, "a page of the database does not authenticate");
                Self::Corrupt
            }
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse,
            _ => Self::Sqlite(without_words(error)),
        }
    }
}

/// FTS5 repeats the words of a query in its messages; a constraint's message names columns only. Everything else keeps its code.
fn without_words(error: rusqlite::Error) -> rusqlite::Error {
    match error {
        rusqlite::Error::SqliteFailure(cause, _) if cause.code != ErrorCode::ConstraintViolation => {
            rusqlite::Error::SqliteFailure(cause, None)
        }
        error => error,
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::Missing,
            std::io::ErrorKind::StorageFull => Self::DiskFull,
            _ => Self::File(error),
        }
    }
}
