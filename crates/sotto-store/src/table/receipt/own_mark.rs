//! What does this device still have to say of how far it has come? What it reached, and what it said last.

use rusqlite::{Connection, OptionalExtension, params};
use sotto_protocol::ThreadId;

use super::super::column::{self, integer};
use super::super::{rowid, seq_of};
use crate::Result;

/// A thread of which there is something to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The thread's row.
    pub thread_row: i64,
    /// The thread.
    pub thread: ThreadId,
    /// Whether the person is in it.
    pub joined: bool,
    /// Messages of others that are unread.
    pub unread: u64,
    /// What is stored here.
    pub stored: u64,
    /// What was displayed here.
    pub displayed: u64,
    /// Whether there is more displayed than was said.
    pub displays: bool,
}

/// Everything up to `seq` is in the vault. Never goes back.
///
/// # Errors
/// Those of writing.
pub fn note_stored(connection: &Connection, thread_row: i64, seq: u64) -> Result<()> {
    note(connection, thread_row, seq, 0)
}

/// Everything up to `seq` was on the screen. Never goes back.
///
/// # Errors
/// Those of writing.
pub fn note_displayed(connection: &Connection, thread_row: i64, seq: u64) -> Result<()> {
    note(connection, thread_row, seq, seq)
}

fn note(connection: &Connection, thread_row: i64, stored: u64, displayed: u64) -> Result<()> {
    let sql = "INSERT INTO own_mark(thread_row, stored, displayed, said_stored, said_displayed) VALUES (?1, ?2, ?3, 0, 0)
               ON CONFLICT DO UPDATE SET stored = max(stored, excluded.stored), displayed = max(displayed, excluded.displayed)";
    connection.prepare_cached(sql)?.execute(params![thread_row, integer(stored), integer(displayed)])?;
    Ok(())
}

/// The seq up to which everything was on this screen; 0 where nothing was.
///
/// # Errors
/// Those of reading.
pub fn displayed(connection: &Connection, thread_row: i64) -> Result<u64> {
    let mut select = connection.prepare_cached("SELECT displayed FROM own_mark WHERE thread_row = ?1")?;
    Ok(select.query_row([thread_row], |row| column::unsigned(row, 0)).optional()?.unwrap_or(0))
}

/// The threads of which there is something to say, at most `limit`.
///
/// # Errors
/// Those of reading.
pub fn due(connection: &Connection, limit: u32) -> Result<Vec<Due>> {
    let sql = "SELECT o.thread_row, t.id, t.joined = 1, t.unread, o.stored, o.displayed, o.displayed > o.said_displayed
               FROM own_mark AS o INDEXED BY own_mark_due JOIN thread AS t ON t.row = o.thread_row
               WHERE o.stored > o.said_stored OR o.displayed > o.said_displayed LIMIT ?1";
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map([limit], |row| {
        Ok(Due {
            thread_row: row.get(0)?,
            thread: column::bytes(row, 1)?,
            joined: row.get(2)?,
            unread: column::unsigned(row, 3)?,
            stored: column::unsigned(row, 4)?,
            displayed: column::unsigned(row, 5)?,
            displays: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All of it was said, or need not be.
///
/// # Errors
/// Those of writing.
pub fn note_said(connection: &Connection, due: &Due) -> Result<()> {
    let sql = "UPDATE own_mark SET said_stored = max(said_stored, ?2), said_displayed = max(said_displayed, ?3) WHERE thread_row = ?1";
    connection.prepare_cached(sql)?.execute(params![due.thread_row, integer(due.stored), integer(due.displayed)])?;
    Ok(())
}

/// How many messages of others stand after `after` and before `before`.
///
/// # Errors
/// Those of reading.
pub fn count_theirs(connection: &Connection, thread_row: i64, after: u64, before: u64) -> Result<u64> {
    let sql = "SELECT count(*) FROM message INDEXED BY message_theirs WHERE kind = 0 AND mine = 0 AND id > ?1 AND id < ?2";
    let range = [rowid(thread_row, after), rowid(thread_row, before)];
    Ok(connection.prepare_cached(sql)?.query_row(range, |row| column::unsigned(row, 0))?)
}

/// The newest message of others up to and with `upto`.
///
/// # Errors
/// Those of reading.
pub fn newest_theirs(connection: &Connection, thread_row: i64, upto: u64) -> Result<Option<u64>> {
    let sql = "SELECT max(id) FROM message INDEXED BY message_theirs WHERE kind = 0 AND mine = 0 AND id >= ?1 AND id <= ?2";
    let range = [rowid(thread_row, 0), rowid(thread_row, upto)];
    let id: Option<i64> = connection.prepare_cached(sql)?.query_row(range, |row| row.get(0))?;
    Ok(id.map(seq_of))
}
