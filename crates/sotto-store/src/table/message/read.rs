//! What counts as unread? Messages of others after the person's read mark: one definition, for the list, the count and the jump alike.
//!
//! The mark is the greatest of those that anything gave: what was marked here and at the person's other workstations, and what those had on
//! a screen. The greatest of a set does not depend on the order or the number of times in which they come, so every workstation ends up with
//! the same. Own words give none: written without the server, they may come to stand after a message that their author never saw.

use rusqlite::{Connection, OptionalExtension, params};
use sotto_protocol::event::ReadMark;

use super::super::column::{self, integer};
use super::super::{rowid, seq_of};
use crate::{Result, StoreError};

/// Up to where the person has read.
///
/// # Errors
/// [`StoreError::NotFound`] where there is no such thread, and those of reading.
pub fn load_mark(connection: &Connection, thread_row: i64) -> Result<ReadMark> {
    let mut select = connection.prepare_cached("SELECT read_turn, read_seq FROM thread WHERE row = ?1")?;
    let mark = select.query_row([thread_row], |row| Ok(ReadMark { turn: column::unsigned(row, 0)?, upto: column::unsigned(row, 1)? }));
    mark.optional()?.ok_or(StoreError::NotFound("thread"))
}

/// Takes a mark in, wherever it was made. Says whether it is greater than the one before; another one changes nothing.
///
/// # Errors
/// As [`load_mark`], and those of writing.
pub fn take_mark(connection: &Connection, thread_row: i64, mark: ReadMark) -> Result<bool> {
    if mark <= load_mark(connection, thread_row)? {
        return Ok(false);
    }
    let range = params![rowid(thread_row, mark.upto.saturating_add(1)), rowid(thread_row + 1, 0)];
    let unread: i64 = connection.prepare_cached(UNREAD)?.query_row(range, |row| row.get(0))?;
    let sql = "UPDATE thread SET read_turn = ?2, read_seq = ?3, unread = ?4 WHERE row = ?1";
    connection.prepare_cached(sql)?.execute(params![thread_row, integer(mark.turn), integer(mark.upto), unread])?;
    Ok(true)
}

/// Everything up to and with `seq` counts as read; a `seq` after the newest entry means the newest. Never marks as unread. Gives the mark
/// that the person's other workstations are to hear of, where it changed.
///
/// # Errors
/// As [`take_mark`].
pub fn mark_read(connection: &Connection, thread_row: i64, seq: u64) -> Result<Option<ReadMark>> {
    let mut select = connection.prepare_cached("SELECT max(last_seq, preview_seq) FROM thread WHERE row = ?1")?;
    let newest: u64 = select.query_row([thread_row], |row| column::unsigned(row, 0)).optional()?.ok_or(StoreError::NotFound("thread"))?;
    let mark = ReadMark { upto: seq.min(newest), ..load_mark(connection, thread_row)? };
    Ok(take_mark(connection, thread_row, mark)?.then_some(mark))
}

/// Everything from `seq` on counts as unread. Gives the mark as [`mark_read`] does; nothing where that is so already.
///
/// # Errors
/// As [`take_mark`].
pub fn mark_unread(connection: &Connection, thread_row: i64, seq: u64) -> Result<Option<ReadMark>> {
    let before = load_mark(connection, thread_row)?;
    let upto = seq.saturating_sub(1);
    if upto >= before.upto {
        return Ok(None);
    }
    let mark = ReadMark { turn: before.turn.saturating_add(1), upto };
    Ok(take_mark(connection, thread_row, mark)?.then_some(mark))
}

/// The first message of others that is unread.
///
/// # Errors
/// [`StoreError::NotFound`] where there is no such thread, and those of reading.
pub fn first_unread(connection: &Connection, thread_row: i64) -> Result<Option<u64>> {
    let read = load_mark(connection, thread_row)?.upto;
    let range = params![rowid(thread_row, read.saturating_add(1)), rowid(thread_row + 1, 0)];
    let id: Option<i64> = connection.prepare_cached(FIRST)?.query_row(range, |row| row.get(0))?;
    Ok(id.map(seq_of))
}

/// Both are ranges of the partial index over messages of others.
pub(super) const UNREAD: &str =
    "SELECT count(*) FROM message INDEXED BY message_theirs WHERE kind = 0 AND mine = 0 AND id >= ?1 AND id < ?2";
pub(super) const FIRST: &str = "SELECT min(id) FROM message INDEXED BY message_theirs WHERE kind = 0 AND mine = 0 AND id >= ?1 AND id < ?2";
