//! Which failures of the disk and the keyring have a name, and with which code others branch on them.

use std::io;
use std::time::Duration;

use sotto_protocol::ErrorCode;

/// Why something could not be kept or found. No text in it comes from a row.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The encrypted database failed.
    #[error("the vault's database failed")]
    Database(#[source] sotto_sqlcipher::Error),
    /// A small file could not be read or written.
    #[error("could not {attempted}")]
    File {
        /// What was attempted.
        attempted: &'static str,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A file or a row is not what this build writes.
    #[error("{0} is damaged")]
    Corrupt(&'static str),
    /// A file that must be there is not.
    #[error("{0} is not there")]
    Missing(&'static str),
    /// Another process has this home open.
    #[error("another process has this workstation's files open")]
    InUse,
    /// The vault was closed, or is closing.
    #[error("the vault is closed")]
    Closed,
    /// A job of the vault ended without an answer: it panicked, and its transaction was rolled back.
    #[error("a job of the vault panicked")]
    Panicked,
    /// No such row.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The row exists with other content.
    #[error("the {0} exists with other content")]
    Conflict(&'static str),
    /// There is no keyring: no session bus, no secret store.
    #[error("could not {attempted}: there is no keyring")]
    KeyringMissing {
        /// What was attempted.
        attempted: &'static str,
    },
    /// The keyring is locked, or refused.
    #[error("could not {attempted}: the keyring is locked")]
    KeyringLocked {
        /// What was attempted.
        attempted: &'static str,
    },
    /// Too many failed attempts for now.
    #[error("too many attempts; wait {retry_after:?}")]
    Throttled {
        /// How long to wait.
        retry_after: Duration,
    },
    /// Too many failed attempts for good, or a counter that was tampered with: the vault's key file is destroyed.
    #[error("the vault's key was destroyed")]
    Destroyed,
    /// The same of a PIN: its key file is destroyed, and the password alone opens nothing until a second factor was shown.
    #[error("the PIN's key was destroyed")]
    PinDestroyed,
    /// A wipe was begun of what this belongs to: nothing of it opens or comes back.
    #[error("this was wiped")]
    Wiped,
    /// More bytes than are kept.
    #[error("{0} is too large")]
    TooLarge(&'static str),
}

impl StoreError {
    /// The code that says it to others.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Database(error) => database_code(error),
            Self::File { source, .. } => file_code(source),
            Self::Corrupt(_) => ErrorCode::VaultCorrupt,
            Self::Missing(_) => ErrorCode::VaultMissing,
            Self::InUse => ErrorCode::VaultInUse,
            Self::Closed => ErrorCode::Locked,
            Self::Panicked => ErrorCode::Internal,
            Self::NotFound(_) => ErrorCode::NotFound,
            Self::Conflict(_) => ErrorCode::Conflict,
            Self::KeyringMissing { .. } => ErrorCode::KeyringMissing,
            Self::KeyringLocked { .. } => ErrorCode::KeyringLocked,
            Self::Throttled { .. } => ErrorCode::Throttled,
            Self::Destroyed => ErrorCode::VaultDestroyed,
            Self::PinDestroyed => ErrorCode::SecondFactorNeeded,
            Self::Wiped => ErrorCode::Wiped,
            Self::TooLarge(_) => ErrorCode::TooLarge,
        }
    }

    /// When to try again, where waiting helps.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Throttled { retry_after } => Some(*retry_after),
            _ => None,
        }
    }

    /// Names a failed file operation after what it was for.
    pub(crate) fn file(attempted: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { attempted, source }
    }
}

fn database_code(error: &sotto_sqlcipher::Error) -> ErrorCode {
    use sotto_sqlcipher::Error;
    match error {
        // The vault's key comes out of an authenticated wrapping: where it does not open the file, the file is damaged or another one.
        Error::WrongKey | Error::Corrupt | Error::NotEncrypted => ErrorCode::VaultCorrupt,
        Error::DiskFull => ErrorCode::DiskFull,
        Error::InUse => ErrorCode::VaultInUse,
        Error::Missing => ErrorCode::VaultMissing,
        Error::TooNew => ErrorCode::UpgradeRequired,
        Error::File(source) => file_code(source),
        Error::Sqlite(_) => ErrorCode::Internal,
    }
}

fn file_code(error: &io::Error) -> ErrorCode {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorCode::DiskFull,
        io::ErrorKind::NotFound => ErrorCode::VaultMissing,
        _ => ErrorCode::Internal,
    }
}

impl From<sotto_sqlcipher::Error> for StoreError {
    fn from(error: sotto_sqlcipher::Error) -> Self {
        Self::Database(error)
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            // A value that is not what this build writes (table::column makes these) is damage, not a bug.
            rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..) => Self::Corrupt("a row of the vault"),
            error => Self::Database(error.into()),
        }
    }
}
