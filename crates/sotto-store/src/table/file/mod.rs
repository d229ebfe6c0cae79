//! Which files are here: those that are being sent, and those that lines of a thread refer to. Their content is sealed chunks ([`chunk`]).

pub mod chunk;

use rusqlite::{Connection, OptionalExtension, Row, params};
use sotto_protocol::file::{FileKey, SharedFile};
use sotto_protocol::{ErrorCode, FileId, ThreadId};

use super::column::{self, integer};
use super::{rowid, seq_of};
use crate::Result;

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// Its content is being taken in, or waits with a draft.
    Staged,
    /// It is to be sent.
    Queued,
    /// The server has all of it, and the outbox its event.
    HandedOver,
    /// Refused; stays until somebody retries or discards it.
    Failed(ErrorCode),
    /// A line of the thread refers to it.
    Shared,
}

/// A file. No `Debug`: it holds a name.
#[derive(Clone)]
pub struct FileRow {
    /// The vault's short name of it.
    pub row: i64,
    /// The thread.
    pub thread: ThreadId,
    /// The line that refers to it.
    pub seq: Option<u64>,
    /// What its event says, or will.
    pub shared: SharedFile,
    /// How far it has come.
    pub state: FileState,
}

const COLUMNS: &str = "row, thread, message, id, key, bytes, hash, media_type, name, text, priority, state, code";

const fn numbers(state: FileState) -> (u8, Option<u8>) {
    match state {
        FileState::Staged => (0, None),
        FileState::Queued => (1, None),
        FileState::HandedOver => (2, None),
        FileState::Failed(code) => (3, Some(code.number())),
        FileState::Shared => (4, None),
    }
}

fn parse(row: &Row<'_>) -> rusqlite::Result<FileRow> {
    let code = column::code(row, 12)?;
    let state = column::known(row, 11, |state| {
        Some(match state {
            0 => FileState::Staged,
            1 => FileState::Queued,
            2 => FileState::HandedOver,
            3 => FileState::Failed(code.unwrap_or(ErrorCode::Internal)),
            4 => FileState::Shared,
            _ => return None,
        })
    })?;
    let key: [u8; 32] = row.get(4)?;
    let shared = SharedFile {
        file: column::bytes(row, 3)?,
        key: FileKey::from_bytes(key),
        bytes: column::unsigned(row, 5)?,
        hash: column::bytes(row, 6)?,
        media_type: row.get(7)?,
        name: row.get(8)?,
        text: row.get(9)?,
        priority: column::known(row, 10, column::priority)?,
    };
    let seq = row.get::<_, Option<i64>>(2)?.map(seq_of);
    Ok(FileRow { row: row.get(0)?, thread: column::bytes(row, 1)?, seq, shared, state })
}

/// Keeps a file without content, to be sent later.
///
/// # Errors
/// Those of writing.
pub fn stage(connection: &Connection, thread: ThreadId, shared: &SharedFile) -> Result<i64> {
    insert(connection, thread, None, shared, FileState::Staged)
}

fn insert(connection: &Connection, thread: ThreadId, message: Option<i64>, shared: &SharedFile, state: FileState) -> Result<i64> {
    let sql = "INSERT INTO file(thread, message, id, key, bytes, hash, media_type, name, text, priority, state)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    Ok(connection.prepare_cached(sql)?.insert(params![
        thread.as_bytes(),
        message,
        shared.file.as_bytes(),
        shared.key.as_bytes(),
        integer(shared.bytes),
        shared.hash.as_bytes(),
        shared.media_type,
        shared.name,
        shared.text,
        column::priority_number(shared.priority),
        numbers(state).0,
    ])?)
}

/// The line at that seq refers to a file. One that was sent from here keeps its chunks; the same line again changes nothing.
///
/// # Errors
/// Those of writing.
pub fn share(connection: &Connection, thread: ThreadId, thread_row: i64, seq: u64, shared: &SharedFile) -> Result<()> {
    let message = rowid(thread_row, seq);
    let sql = "UPDATE file SET message = ?1, state = 4 WHERE thread = ?2 AND id = ?3 AND key = ?4 AND bytes = ?5 AND hash = ?6
               AND message IS NULL";
    let own = connection.prepare_cached(sql)?.execute(params![
        message,
        thread.as_bytes(),
        shared.file.as_bytes(),
        shared.key.as_bytes(),
        integer(shared.bytes),
        shared.hash.as_bytes(),
    ])?;
    if own == 0 && of_line(connection, thread_row, seq)?.is_none() {
        insert(connection, thread, Some(message), shared, FileState::Shared)?;
    }
    Ok(())
}

/// The file that a line refers to.
///
/// # Errors
/// Those of reading.
pub fn of_line(connection: &Connection, thread_row: i64, seq: u64) -> Result<Option<FileRow>> {
    let sql = format!("SELECT {COLUMNS} FROM file WHERE message = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([rowid(thread_row, seq)], parse).optional()?)
}

/// The files that the lines of a stretch refer to, both ends included, in their order.
///
/// # Errors
/// Those of reading.
pub fn of_lines(connection: &Connection, thread_row: i64, from: u64, to: u64) -> Result<Vec<FileRow>> {
    let sql = format!("SELECT {COLUMNS} FROM file WHERE message BETWEEN ?1 AND ?2 ORDER BY message");
    let mut select = connection.prepare_cached(&sql)?;
    let rows = select.query_map([rowid(thread_row, from), rowid(thread_row, to)], parse)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A file that no line refers to yet.
///
/// # Errors
/// Those of reading.
pub fn load_outgoing(connection: &Connection, file: FileId) -> Result<Option<FileRow>> {
    let sql = format!("SELECT {COLUMNS} FROM file WHERE id = ?1 AND message IS NULL");
    Ok(connection.prepare_cached(&sql)?.query_row([file.as_bytes()], parse).optional()?)
}

/// What is to be sent to a thread and is not in the outbox yet, in the order it was taken in.
///
/// # Errors
/// Those of reading.
pub fn outgoing(connection: &Connection, thread: ThreadId) -> Result<Vec<FileRow>> {
    let sql = format!("SELECT {COLUMNS} FROM file WHERE thread = ?1 AND message IS NULL AND state <> 2 ORDER BY row");
    let mut select = connection.prepare_cached(&sql)?;
    let rows = select.query_map([thread.as_bytes()], parse)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every file that is to be sent now, in the order it was taken in.
///
/// # Errors
/// Those of reading.
pub fn queued(connection: &Connection) -> Result<Vec<FileRow>> {
    let sql = format!("SELECT {COLUMNS} FROM file WHERE state = 1 ORDER BY row");
    let mut select = connection.prepare_cached(&sql)?;
    let rows = select.query_map([], parse)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Notes how far it has come.
///
/// # Errors
/// Those of writing.
pub fn set_state(connection: &Connection, row: i64, state: FileState) -> Result<()> {
    let (state, code) = numbers(state);
    connection.prepare_cached("UPDATE file SET state = ?2, code = ?3 WHERE row = ?1")?.execute(params![row, state, code])?;
    Ok(())
}

/// Notes what its event will say, beside its place and its key.
///
/// # Errors
/// Those of writing.
pub fn describe(connection: &Connection, row: i64, shared: &SharedFile) -> Result<()> {
    let sql = "UPDATE file SET hash = ?2, media_type = ?3, text = ?4, priority = ?5 WHERE row = ?1";
    connection.prepare_cached(sql)?.execute(params![
        row,
        shared.hash.as_bytes(),
        shared.media_type,
        shared.text,
        column::priority_number(shared.priority),
    ])?;
    Ok(())
}

/// Forgets a file and its chunks.
///
/// # Errors
/// Those of writing.
pub fn delete(connection: &Connection, row: i64) -> Result<()> {
    chunk::delete(connection, row)?;
    connection.prepare_cached("DELETE FROM file WHERE row = ?1")?.execute([row])?;
    Ok(())
}

/// Forgets what a line refers to: the line leaves the vault.
///
/// # Errors
/// Those of writing.
pub(super) fn delete_of_line(connection: &Connection, message: i64) -> Result<()> {
    let row = connection.prepare_cached("SELECT row FROM file WHERE message = ?1")?.query_row([message], |row| row.get(0)).optional()?;
    row.map_or(Ok(()), |row| delete(connection, row))
}

#[cfg(test)]
mod tests;
