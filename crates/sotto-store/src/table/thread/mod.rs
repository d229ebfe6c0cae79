//! What is known of a thread: where its log stands, what it is about, and everything the list shows of it, in one row.
//!
//! The newest message's preview lives here, so that the list reads no other large table (docs/PERFORMANCE.md, lesson 6).

mod list;
mod update;

pub use list::{Counts, Filter, ListKey, ListRow, count, list, row as list_row};
pub use update::{advance, describe, insert, join, leave, open_classes, set_epoch, set_first_seq, touch, warn, warn_cleared};

use rusqlite::{Connection, OptionalExtension, Row};
use sotto_protocol::entry::ThreadClass;
use sotto_protocol::event::{Patient, Priority};
use sotto_protocol::key::Hash;
use sotto_protocol::{AccountId, ThreadId};

use super::column;
use crate::{Result, StoreError};

/// Warnings that stay with a thread until somebody acts; bits of [`ThreadRow::warnings`].
pub mod warning {
    /// The chain does not fit: the log was forked.
    pub const FORKED_LOG: u32 = 1;
    /// Entries are missing in between.
    pub const MISSING_ENTRIES: u32 = 2;
    /// An epoch's key does not open.
    pub const UNREADABLE_EPOCH: u32 = 4;
    /// An epoch's archive box is not what its key gives.
    pub const ARCHIVE_MISMATCH: u32 = 8;
}

/// A thread. Times are milliseconds since 1970. No `Debug`: it holds names and text.
#[derive(Clone, PartialEq, Eq)]
pub struct ThreadRow {
    /// Its number in this vault, which other tables use for it.
    pub row: i64,
    /// Its id.
    pub id: ThreadId,
    /// Its class.
    pub class: ThreadClass,
    /// A title, where neither patient nor members say enough.
    pub title: Option<String>,
    /// The patient it is about.
    pub patient: Option<Patient>,
    /// The reason for contact.
    pub reason: Option<String>,
    /// Whether the vault's person is a member now.
    pub joined: bool,
    /// The current epoch; 0 before the first key entry came back.
    pub epoch: u64,
    /// The newest verified entry; 0 before the first.
    pub last_seq: u64,
    /// The chain hash there.
    pub chain: Hash,
    /// The organisation position there.
    pub last_position: u64,
    /// When the newest message was received, or the thread was made: the list's order.
    pub last_at: u64,
    /// The beginning of the newest message's text.
    pub preview: String,
    /// Who wrote it.
    pub preview_author: Option<AccountId>,
    /// Its seq; 0 where there is none.
    pub preview_seq: u64,
    /// Its priority.
    pub priority: Priority,
    /// Everything up to and with this seq counts as read.
    pub read_seq: u64,
    /// Messages of others after that.
    pub unread: u64,
    /// The first entry that is here; what came before is to be fetched, or not for this person.
    pub first_seq: u64,
    /// The key entry that made the person a member.
    pub joined_seq: u64,
    /// Bits of [`warning`].
    pub warnings: u32,
    /// When the thread was first seen here.
    pub created_at: u64,
    /// The entry that says what it is about; 0 where none does yet.
    pub described_seq: u64,
}

/// The person is in the thread.
const JOINED: u8 = 1;

const COLUMNS: &str = "row, id, class, title, patient, reason, joined, epoch, last_seq, chain, last_position, last_at, preview,
    preview_author, preview_seq, priority, read_seq, unread, first_seq, joined_seq, warnings, created_at, described_seq";
/// How many columns those are; a query's further ones come after them.
const COLUMN_COUNT: usize = 23;

/// The thread with that id.
///
/// # Errors
/// Those of reading.
pub fn load(connection: &Connection, thread: ThreadId) -> Result<Option<ThreadRow>> {
    let sql = select(" WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([thread.as_bytes()], parse).optional()?)
}

/// The thread with that id, where there must be one.
///
/// # Errors
/// [`StoreError::NotFound`], and those of reading.
pub fn load_required(connection: &Connection, thread: ThreadId) -> Result<ThreadRow> {
    load(connection, thread)?.ok_or(StoreError::NotFound("thread"))
}

/// The thread of a row.
///
/// # Errors
/// [`StoreError::NotFound`], and those of reading.
pub fn load_by_row(connection: &Connection, row: i64) -> Result<ThreadRow> {
    let sql = select(" WHERE row = ?1");
    connection.prepare_cached(&sql)?.query_row([row], parse).optional()?.ok_or(StoreError::NotFound("thread"))
}

/// The threads the person is in whose beginning is not here, newest first.
///
/// # Errors
/// Those of reading.
pub fn load_unfilled(connection: &Connection) -> Result<Vec<ThreadRow>> {
    let sql = select(" WHERE joined = 1 AND first_seq > 1 ORDER BY last_at DESC, row DESC");
    let mut select = connection.prepare_cached(&sql)?;
    let rows = select.query_map([], parse)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many entries are here of the threads the person is in.
///
/// # Errors
/// Those of reading.
pub fn count_entries(connection: &Connection) -> Result<u64> {
    let sql = "SELECT coalesce(sum(last_seq - first_seq + 1), 0) FROM thread WHERE joined = 1 AND last_seq > 0";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| column::unsigned(row, 0))?)
}

/// The last line of a thread that left the vault by a rule; 0 where none did.
///
/// # Errors
/// Those of reading.
pub fn dropped_seq(connection: &Connection, row: i64) -> Result<u64> {
    let mut select = connection.prepare_cached("SELECT dropped_seq FROM thread WHERE row = ?1")?;
    Ok(select.query_row([row], |row| column::unsigned(row, 0)).optional()?.unwrap_or(0))
}

/// The row of a thread.
///
/// # Errors
/// Those of reading.
pub fn row_of(connection: &Connection, thread: ThreadId) -> Result<Option<i64>> {
    let mut select = connection.prepare_cached("SELECT row FROM thread WHERE id = ?1")?;
    Ok(select.query_row([thread.as_bytes()], |row| row.get(0)).optional()?)
}

/// The id of a thread's row.
///
/// # Errors
/// [`StoreError::NotFound`], and those of reading.
pub fn id_of(connection: &Connection, row: i64) -> Result<ThreadId> {
    let mut select = connection.prepare_cached("SELECT id FROM thread WHERE row = ?1")?;
    select.query_row([row], |row| column::bytes(row, 0)).optional()?.ok_or(StoreError::NotFound("thread"))
}

/// The threads that were joined midway and of which what came before is not here.
///
/// # Errors
/// Those of reading.
pub fn without_history(connection: &Connection) -> Result<Vec<ThreadId>> {
    let mut select = connection.prepare_cached("SELECT id FROM thread WHERE joined = 1 AND first_seq > 1")?;
    let ids = select.query_map([], |row| column::bytes(row, 0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

fn select(rest: &str) -> String {
    format!("SELECT {COLUMNS} FROM thread{rest}")
}

fn parse(row: &Row<'_>) -> rusqlite::Result<ThreadRow> {
    Ok(ThreadRow {
        row: row.get(0)?,
        id: column::bytes(row, 1)?,
        class: column::known(row, 2, column::class)?,
        title: row.get(3)?,
        patient: column::parse_optional_cbor(row, 4)?,
        reason: row.get(5)?,
        joined: row.get::<_, u8>(6)? == JOINED,
        epoch: column::unsigned(row, 7)?,
        last_seq: column::unsigned(row, 8)?,
        chain: column::bytes(row, 9)?,
        last_position: column::unsigned(row, 10)?,
        last_at: column::unsigned(row, 11)?,
        preview: row.get(12)?,
        preview_author: column::optional_bytes(row, 13)?,
        preview_seq: column::unsigned(row, 14)?,
        priority: column::known(row, 15, column::priority)?,
        read_seq: column::unsigned(row, 16)?,
        unread: column::unsigned(row, 17)?,
        first_seq: column::unsigned(row, 18)?,
        joined_seq: column::unsigned(row, 19)?,
        warnings: row.get(20)?,
        created_at: column::unsigned(row, 21)?,
        described_seq: column::unsigned(row, 22)?,
    })
}

#[cfg(test)]
mod tests;
