//! What counts as unread: messages of others after the seq up to which the person has read.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::column::{self, integer};
use super::super::{rowid, seq_of};
use crate::{Result, StoreError};

/// Everything up to and with `seq` counts as read and everything after it as unread, also where that was otherwise before
/// ("unread from here"). A `seq` after the newest entry means the newest. Returns how many are unread now.
///
/// # Errors
/// [`StoreError::NotFound`] where there is no such thread, and those of writing.
pub fn mark_read(connection: &Connection, thread_row: i64, seq: u64) -> Result<u64> {
    let sql = "UPDATE thread SET read_seq = min(?2, max(last_seq, preview_seq)) WHERE row = ?1";
    if connection.prepare_cached(sql)?.execute(params![thread_row, integer(seq)])? == 0 {
        return Err(StoreError::NotFound("thread"));
    }
    let range = params![rowid(thread_row, seq.saturating_add(1)), rowid(thread_row + 1, 0)];
    let unread: i64 = connection.prepare_cached(UNREAD)?.query_row(range, |row| row.get(0))?;
    connection.prepare_cached("UPDATE thread SET unread = ?2 WHERE row = ?1")?.execute(params![thread_row, unread])?;
    Ok(unread.unsigned_abs())
}

/// The first message of others that is unread.
///
/// # Errors
/// [`StoreError::NotFound`] where there is no such thread, and those of reading.
pub fn first_unread(connection: &Connection, thread_row: i64) -> Result<Option<u64>> {
    let read: u64 = connection
        .prepare_cached("SELECT read_seq FROM thread WHERE row = ?1")?
        .query_row([thread_row], |row| column::unsigned(row, 0))
        .optional()?
        .ok_or(StoreError::NotFound("thread"))?;
    let range = params![rowid(thread_row, read.saturating_add(1)), rowid(thread_row + 1, 0)];
    let id: Option<i64> = connection.prepare_cached(FIRST)?.query_row(range, |row| row.get(0))?;
    Ok(id.map(seq_of))
}

/// Both are ranges of the partial index over messages of others.
pub(super) const UNREAD: &str =
    "SELECT count(*) FROM message INDEXED BY message_theirs WHERE kind = 0 AND mine = 0 AND id >= ?1 AND id < ?2";
pub(super) const FIRST: &str = "SELECT min(id) FROM message INDEXED BY message_theirs WHERE kind = 0 AND mine = 0 AND id >= ?1 AND id < ?2";
