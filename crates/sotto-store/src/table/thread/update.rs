//! How a thread's row changes, apart from its messages ([`crate::table::message`]).

use rusqlite::{Connection, OptionalExtension, params};
use sotto_protocol::ThreadId;
use sotto_protocol::entry::{Stamp, ThreadClass};
use sotto_protocol::event::Description;
use sotto_protocol::role::Classes;

use super::super::column::{self, integer};
use super::super::search;
use crate::{Result, StoreError};

/// Makes the row of a thread that was not known, at the start of its log, and says which row that is. A known thread's row stays as it is.
///
/// # Errors
/// Those of writing.
pub fn insert(connection: &Connection, thread: ThreadId, class: ThreadClass, created_at: u64) -> Result<i64> {
    if let Some(row) = super::row_of(connection, thread)? {
        return Ok(row);
    }
    let sql =
        "INSERT INTO thread(id, class, joined, epoch, last_seq, chain, last_position, last_at, preview, preview_seq, priority, read_seq,
               unread, first_seq, joined_seq, warnings, created_at, about)
               VALUES (?1, ?2, 0, 0, 0, zeroblob(32), 0, ?3, '', 0, 0, 0, 0, 1, 0, 0, ?3, 0)";
    connection.prepare_cached(sql)?.execute(params![thread.as_bytes(), column::class_number(class), integer(created_at)])?;
    Ok(connection.last_insert_rowid())
}

/// Sets what the thread is about, as the entry at `seq` says it, and indexes it for search. What a later entry said stays: the newest
/// holds, in whichever order they come. 0 stands for what is in the outbox still.
///
/// # Errors
/// [`StoreError::NotFound`], and those of writing.
pub fn describe(connection: &Connection, row: i64, seq: u64, description: &Description) -> Result<()> {
    let mut select = connection.prepare_cached("SELECT described_seq FROM thread WHERE row = ?1")?;
    let before: Option<u64> = select.query_row([row], |row| column::unsigned(row, 0)).optional()?;
    if before.ok_or(StoreError::NotFound("thread"))? > seq {
        return Ok(());
    }
    let patient = description.patient.as_ref().map(column::cbor);
    let sql = "UPDATE thread SET title = ?2, patient = ?3, about = ?3 IS NOT NULL, reason = ?4, described_seq = ?5 WHERE row = ?1";
    connection.prepare_cached(sql)?.execute(params![row, description.title, patient, description.reason, integer(seq)])?;
    search::index_thread(connection, row, description)
}

/// Closes the threads that the person is in and whose class is not among these: no list, count or message of them is found. Opens those
/// again that were closed so and are among these. Gives how many rows changed.
///
/// # Errors
/// Those of writing.
pub fn open_classes(connection: &Connection, classes: Classes) -> Result<usize> {
    let all = [ThreadClass::Clinical, ThreadClass::Scheduling, ThreadClass::Billing, ThreadClass::Staff];
    let mut changed = 0;
    for class in all {
        // 1: in it. 2: in it as far as the log says, and closed by the person's role.
        let (from, to) = if classes.contains(class) { (2, 1) } else { (1, 2) };
        let sql = "UPDATE thread SET joined = ?3 WHERE joined = ?2 AND class = ?1";
        changed += connection.prepare_cached(sql)?.execute(params![column::class_number(class), from, to])?;
    }
    Ok(changed)
}

/// Notes the newest verified entry. Older ones (a range fetched later) change nothing.
///
/// # Errors
/// Those of writing.
pub fn advance(connection: &Connection, row: i64, stamp: &Stamp) -> Result<()> {
    let sql = "UPDATE thread SET last_seq = ?2, chain = ?3, last_position = ?4 WHERE row = ?1 AND last_seq < ?2";
    connection.prepare_cached(sql)?.execute(params![row, integer(stamp.seq), stamp.chain.as_bytes(), integer(stamp.position)])?;
    Ok(())
}

/// Sets the current epoch.
///
/// # Errors
/// [`StoreError::NotFound`], and those of writing.
pub fn set_epoch(connection: &Connection, row: i64, epoch: u64) -> Result<()> {
    found(connection.prepare_cached("UPDATE thread SET epoch = ?2 WHERE row = ?1")?.execute(params![row, integer(epoch)])?)
}

/// Sets the first entry that is here.
///
/// # Errors
/// [`StoreError::NotFound`], and those of writing.
pub fn set_first_seq(connection: &Connection, row: i64, seq: u64) -> Result<()> {
    found(connection.prepare_cached("UPDATE thread SET first_seq = ?2 WHERE row = ?1")?.execute(params![row, integer(seq)])?)
}

/// The person is a member as of this seq (0 for a thread made here whose key entry is still in the outbox).
///
/// # Errors
/// [`StoreError::NotFound`], and those of writing.
pub fn join(connection: &Connection, row: i64, seq: u64) -> Result<()> {
    found(connection.prepare_cached("UPDATE thread SET joined = 1, joined_seq = ?2 WHERE row = ?1")?.execute(params![row, integer(seq)])?)
}

/// The person is no member any more; what was here stays readable and leaves the lists.
///
/// # Errors
/// [`StoreError::NotFound`], and those of writing.
pub fn leave(connection: &Connection, row: i64) -> Result<()> {
    found(connection.prepare_cached("UPDATE thread SET joined = 0 WHERE row = ?1")?.execute([row])?)
}

/// Moves the thread up in the list: something of this person's was queued at that time. Never moves it down.
///
/// # Errors
/// [`StoreError::NotFound`], and those of writing.
pub fn touch(connection: &Connection, row: i64, at: u64) -> Result<()> {
    let sql = "UPDATE thread SET last_at = max(last_at, ?2) WHERE row = ?1";
    found(connection.prepare_cached(sql)?.execute(params![row, integer(at)])?)
}

/// Adds warnings ([`super::warning`]).
///
/// # Errors
/// [`StoreError::NotFound`], and those of writing.
pub fn warn(connection: &Connection, row: i64, warnings: u32) -> Result<()> {
    found(connection.prepare_cached("UPDATE thread SET warnings = warnings | ?2 WHERE row = ?1")?.execute(params![row, warnings])?)
}

/// Takes warnings away.
///
/// # Errors
/// [`StoreError::NotFound`], and those of writing.
pub fn warn_cleared(connection: &Connection, row: i64, warnings: u32) -> Result<()> {
    found(connection.prepare_cached("UPDATE thread SET warnings = warnings & ~?2 WHERE row = ?1")?.execute(params![row, warnings])?)
}

const fn found(changed: usize) -> Result<()> {
    if changed == 0 { Err(StoreError::NotFound("thread")) } else { Ok(()) }
}
