//! Which line of a thread is the oldest that is here? The thread's row says it, so that a thread with nothing to drop is not looked at.

use rusqlite::{Connection, params};

use super::super::column::integer;
use super::super::rowid;
use super::MessageRow;
use crate::Result;

/// The threads whose oldest line is too old and read. Both terms are those of the index: it has no thread that was not read that far.
pub(super) const DROPPABLE: &str = "SELECT row FROM thread INDEXED BY thread_oldest
    WHERE oldest_at < ?1 AND (unread = 0 OR read_seq >= oldest_seq) ORDER BY oldest_at LIMIT ?2";

/// At most `limit` threads of which at least one line is to go, those with the oldest lines first.
///
/// # Errors
/// Those of reading.
pub(super) fn droppable(connection: &Connection, before: u64, limit: u32) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached(DROPPABLE)?;
    let rows = select.query_map(params![integer(before), limit], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A line has come, perhaps one before all others.
///
/// # Errors
/// Those of writing.
pub(super) fn note(connection: &Connection, line: &MessageRow) -> Result<()> {
    let sql = "UPDATE thread SET oldest_seq = ?2, oldest_at = ?3 WHERE row = ?1 AND (oldest_seq IS NULL OR oldest_seq > ?2)";
    connection.prepare_cached(sql)?.execute(params![line.thread_row, integer(line.seq), integer(line.at)])?;
    Ok(())
}

/// The lines up to and with `upto` go.
///
/// # Errors
/// Those of writing.
pub(super) fn pass(connection: &Connection, thread_row: i64, upto: u64) -> Result<()> {
    let sql = "UPDATE thread SET (oldest_seq, oldest_at) =
                   (SELECT id & ((1 << 40) - 1), at FROM message WHERE id >= ?2 AND id < ?3 ORDER BY id LIMIT 1)
               WHERE row = ?1";
    connection.prepare_cached(sql)?.execute(params![thread_row, rowid(thread_row, upto.saturating_add(1)), rowid(thread_row + 1, 0)])?;
    Ok(())
}
