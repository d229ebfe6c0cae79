//! Which entries of the log were verified: where each stands, who wrote it, and the chain hash up to it.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sotto_protocol::entry::{EntryKind, Stamp};
use sotto_protocol::{AccountId, DeviceId, EntryId};

use super::column::{self, integer};
use super::{rowid, seq_of, thread_of};
use crate::{Result, StoreError};

/// A verified entry, without its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryRow {
    /// The thread's row.
    pub thread_row: i64,
    /// Its id.
    pub entry: EntryId,
    /// What the server added.
    pub stamp: Stamp,
    /// Key or event.
    pub kind: EntryKind,
    /// The epoch.
    pub epoch: u64,
    /// Who wrote it.
    pub author: AccountId,
    /// On which device.
    pub device: DeviceId,
}

/// Records an entry. The same entry at the same place again changes nothing.
///
/// # Errors
/// [`StoreError::Conflict`] where the place holds another entry, or the entry stands at another place: the log was forked.
pub fn insert(connection: &Connection, entry: &EntryRow) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO entry(id, entry, position, kind, epoch, author, device, received_at, chain)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let stored = connection.prepare_cached(sql)?.execute(params![
        rowid(entry.thread_row, entry.stamp.seq),
        entry.entry.as_bytes(),
        integer(entry.stamp.position),
        u8::from(entry.kind),
        integer(entry.epoch),
        entry.author.as_bytes(),
        entry.device.as_bytes(),
        integer(entry.stamp.received_at),
        entry.stamp.chain.as_bytes(),
    ])?;
    if stored == 1 || load(connection, entry.thread_row, entry.stamp.seq)?.as_ref() == Some(entry) {
        return Ok(());
    }
    Err(StoreError::Conflict("entry"))
}

/// The entry at a seq of a thread.
///
/// # Errors
/// Those of reading.
pub fn load(connection: &Connection, thread_row: i64, seq: u64) -> Result<Option<EntryRow>> {
    let sql = "SELECT id, entry, position, kind, epoch, author, device, received_at, chain FROM entry WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([rowid(thread_row, seq)], parse).optional()?)
}

/// The entry with that id in a thread.
///
/// # Errors
/// Those of reading.
pub fn load_by_id(connection: &Connection, thread_row: i64, entry: EntryId) -> Result<Option<EntryRow>> {
    let sql = "SELECT id, entry, position, kind, epoch, author, device, received_at, chain FROM entry WHERE thread_row = ?1 AND entry = ?2";
    Ok(connection.prepare_cached(sql)?.query_row(params![thread_row, entry.as_bytes()], parse).optional()?)
}

/// How many entries of a thread are here from a seq on: gaps show as fewer than expected.
///
/// # Errors
/// Those of reading.
pub fn count_from(connection: &Connection, thread_row: i64, seq: u64) -> Result<u64> {
    let sql = "SELECT count(*) FROM entry WHERE id >= ?1 AND id < ?2";
    let range = params![rowid(thread_row, seq), rowid(thread_row + 1, 0)];
    Ok(connection.prepare_cached(sql)?.query_row(range, |row| column::unsigned(row, 0))?)
}

fn parse(row: &Row<'_>) -> rusqlite::Result<EntryRow> {
    let id: i64 = row.get(0)?;
    Ok(EntryRow {
        thread_row: thread_of(id),
        entry: column::bytes(row, 1)?,
        stamp: Stamp {
            position: column::unsigned(row, 2)?,
            seq: seq_of(id),
            received_at: column::unsigned(row, 7)?,
            chain: column::bytes(row, 8)?,
        },
        kind: column::known(row, 3, |number| EntryKind::try_from(number).ok())?,
        epoch: column::unsigned(row, 4)?,
        author: column::bytes(row, 5)?,
        device: column::bytes(row, 6)?,
    })
}
