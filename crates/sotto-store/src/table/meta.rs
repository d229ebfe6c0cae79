//! Which single numbers the vault keeps: how far the feed was read, how often the vault was opened, what is still to come.

use rusqlite::{Connection, OptionalExtension, params};

use super::column::integer;
use crate::Result;

/// A single number; each starts at 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Meta {
    /// The organisation position up to which the feed is in this vault: the cursor.
    Cursor,
    /// How many times the rollback anchor was raised ([`crate::anchor`]).
    DbEpoch,
    /// 1 while the vault is known to be an older copy that has not caught up: sending waits.
    RolledBack,
    /// 1 while a new vault has not taken in the newest part of every thread: the feed waits.
    Arriving,
    /// How the server was caught lying about who is who: 0 not at all, otherwise the client's number for it.
    DirectoryWarning,
    /// The version of the account's bundle on the server, as this vault knows it.
    BundleVersion,
    /// Which build's words the search index has ([`super::search::check`]).
    SearchVersion,
    /// While the index is made anew: below this position it has nothing yet; otherwise 0.
    SearchRebuild,
}

impl Meta {
    const fn key(self) -> &'static str {
        match self {
            Self::Cursor => "cursor",
            Self::DbEpoch => "db_epoch",
            Self::RolledBack => "rolled_back",
            Self::Arriving => "arriving",
            Self::DirectoryWarning => "directory_warning",
            Self::BundleVersion => "bundle_version",
            Self::SearchVersion => "search_version",
            Self::SearchRebuild => "search_rebuild",
        }
    }
}

/// The number, or 0 where it was never set.
///
/// # Errors
/// Those of reading.
pub fn load(connection: &Connection, meta: Meta) -> Result<u64> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    let number = statement.query_row([meta.key()], |row| super::column::unsigned(row, 0)).optional()?;
    Ok(number.unwrap_or(0))
}

/// Sets the number.
///
/// # Errors
/// Those of writing.
pub fn store(connection: &Connection, meta: Meta, number: u64) -> Result<()> {
    connection.prepare_cached("INSERT OR REPLACE INTO meta(key, value) VALUES (?1, ?2)")?.execute(params![meta.key(), integer(number)])?;
    Ok(())
}
