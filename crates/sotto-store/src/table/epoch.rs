//! Which epochs a thread has had, and which of their keys this vault holds.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sotto_crypto::Secret32;
use sotto_protocol::AccountId;

use super::column::{self, integer};
use crate::{Result, StoreError};

/// An epoch of a thread.
#[derive(Debug, Clone)]
pub struct EpochRow {
    /// The thread's row.
    pub thread_row: i64,
    /// Its number, from 1.
    pub epoch: u64,
    /// The thread key, or nothing where it could not be opened.
    pub key: Option<Secret32>,
    /// The members and the generation of each one's key box.
    pub members: Vec<(AccountId, u32)>,
    /// Who wrote the key entry.
    pub author: AccountId,
    /// When, by the server's clock, milliseconds since 1970.
    pub started_at: u64,
    /// Events sealed in it so far.
    pub events: u64,
    /// The seq of its key entry.
    pub seq: u64,
}

/// Stores an epoch, in place of what was there under its number.
///
/// # Errors
/// Those of writing.
pub fn store(connection: &Connection, epoch: &EpochRow) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO epoch(thread_row, epoch, key, members, author, started_at, events, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    connection.prepare_cached(sql)?.execute(params![
        epoch.thread_row,
        integer(epoch.epoch),
        epoch.key.as_ref().map(Secret32::as_bytes),
        column::cbor(&epoch.members),
        epoch.author.as_bytes(),
        integer(epoch.started_at),
        integer(epoch.events),
        integer(epoch.seq),
    ])?;
    Ok(())
}

/// Stores a key that was found later, through a link or a repaired box.
///
/// # Errors
/// [`StoreError::NotFound`] where there is no such epoch.
pub fn store_key(connection: &Connection, thread_row: i64, epoch: u64, key: &Secret32) -> Result<()> {
    let sql = "UPDATE epoch SET key = ?3 WHERE thread_row = ?1 AND epoch = ?2";
    match connection.prepare_cached(sql)?.execute(params![thread_row, integer(epoch), key.as_bytes()])? {
        0 => Err(StoreError::NotFound("epoch")),
        _ => Ok(()),
    }
}

/// Counts events into an epoch; rotation is due by that number.
///
/// # Errors
/// Those of writing.
pub fn count_events(connection: &Connection, thread_row: i64, epoch: u64, more: u64) -> Result<()> {
    let sql = "UPDATE epoch SET events = events + ?3 WHERE thread_row = ?1 AND epoch = ?2";
    connection.prepare_cached(sql)?.execute(params![thread_row, integer(epoch), integer(more)])?;
    Ok(())
}

/// One epoch of a thread.
///
/// # Errors
/// Those of reading.
pub fn load(connection: &Connection, thread_row: i64, epoch: u64) -> Result<Option<EpochRow>> {
    let sql = "SELECT thread_row, epoch, key, members, author, started_at, events, seq FROM epoch WHERE thread_row = ?1 AND epoch = ?2";
    Ok(connection.prepare_cached(sql)?.query_row(params![thread_row, integer(epoch)], parse).optional()?)
}

/// Every epoch of a thread, rising.
///
/// # Errors
/// Those of reading.
pub fn load_all(connection: &Connection, thread_row: i64) -> Result<Vec<EpochRow>> {
    let sql = "SELECT thread_row, epoch, key, members, author, started_at, events, seq FROM epoch WHERE thread_row = ?1 ORDER BY epoch";
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map([thread_row], parse)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn parse(row: &Row<'_>) -> rusqlite::Result<EpochRow> {
    Ok(EpochRow {
        thread_row: row.get(0)?,
        epoch: column::unsigned(row, 1)?,
        key: column::optional_secret(row, 2)?,
        members: column::parse_cbor(row, 3)?,
        author: column::bytes(row, 4)?,
        started_at: column::unsigned(row, 5)?,
        events: column::unsigned(row, 6)?,
        seq: column::unsigned(row, 7)?,
    })
}
