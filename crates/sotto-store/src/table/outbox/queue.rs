//! How an entry gets into the outbox, and what waits there.

use rusqlite::{Connection, OptionalExtension, params};
use sotto_protocol::{EntryId, ThreadId};

use super::super::column::{self, integer};
use super::{COLUMNS, NewOutboxRow, OutboxRow, QUEUED, parse};
use crate::Result;

/// What became of an entry to be queued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queued {
    /// It is in the outbox, and safe once the transaction commits.
    New,
    /// The caller's own name for it was used before, for this entry: nothing was queued.
    Before(EntryId),
}

/// Puts an entry at the end, unless the caller's own name for it was used before, be it waiting or sent.
///
/// # Errors
/// Those of writing.
pub fn queue(connection: &Connection, row: &NewOutboxRow) -> Result<Queued> {
    if let Some(name) = &row.client_ref
        && let Some(entry) = sent(connection, name)?
    {
        return Ok(Queued::Before(entry));
    }
    let sql = "INSERT INTO outbox(thread, entry, kind, content, state, created_at, client_ref) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    connection.prepare_cached(sql)?.execute(params![
        row.thread.as_bytes(),
        row.entry.as_bytes(),
        u8::from(row.kind),
        row.content,
        QUEUED,
        integer(row.created_at),
        row.client_ref,
    ])?;
    Ok(Queued::New)
}

/// The entry that was queued under the caller's own name, waiting or sent.
///
/// # Errors
/// Those of reading.
pub fn sent(connection: &Connection, client_ref: &str) -> Result<Option<EntryId>> {
    let sql = "SELECT entry FROM outbox WHERE client_ref = ?1 UNION ALL SELECT entry FROM sent_ref WHERE client_ref = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([client_ref], |row| column::bytes(row, 0)).optional()?)
}

/// The first entries that are to be sealed or sent, in the order they were written.
///
/// # Errors
/// Those of reading.
pub fn next(connection: &Connection, limit: u32) -> Result<Vec<OutboxRow>> {
    let mut select = connection.prepare_cached(&next_sql())?;
    let rows = select.query_map([limit], parse)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn next_sql() -> String {
    format!("SELECT {COLUMNS} FROM outbox INDEXED BY outbox_open WHERE state < 2 ORDER BY id LIMIT ?1")
}

/// What waits or failed in a thread and is somebody's to see, in the order it was written; shown below the newest page.
///
/// # Errors
/// Those of reading.
pub fn of_thread(connection: &Connection, thread: ThreadId) -> Result<Vec<OutboxRow>> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE thread = ?1 AND quiet = 0 ORDER BY id");
    let mut select = connection.prepare_cached(&sql)?;
    let rows = select.query_map([thread.as_bytes()], parse)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One entry of the outbox.
///
/// # Errors
/// Those of reading.
pub fn load(connection: &Connection, entry: EntryId) -> Result<Option<OutboxRow>> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE entry = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([entry.as_bytes()], parse).optional()?)
}

/// How many entries wait to be sent that somebody would miss: without the quiet ones.
///
/// # Errors
/// Those of reading.
pub fn count(connection: &Connection) -> Result<u64> {
    let sql = "SELECT count(*) FROM outbox WHERE state < 2 AND quiet = 0";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| column::unsigned(row, 0))?)
}
