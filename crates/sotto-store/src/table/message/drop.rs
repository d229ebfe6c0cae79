//! How do lines leave a vault that is not to keep them? From the oldest of each thread on, up to the first that is young enough or unread.

use rusqlite::{Connection, params};
use sotto_protocol::EntryId;

use super::super::column::{self, integer};
use super::super::{file, receipt, rowid, search, seq_of};
use super::{MessageKind, oldest};
use crate::Result;

/// What became of one turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dropped {
    /// Lines that are gone.
    pub lines: u32,
    /// Whether there may be more to drop.
    pub more: bool,
}

/// Drops at most `limit` lines that the server received before `before`, of all threads: text, preview and index entries. A thread keeps its
/// lines from the first unread one on, however old; its row, entries, epochs and members stay, and so do outbox and drafts. Costs what
/// there is to drop, however many threads there are.
///
/// # Errors
/// Those of writing.
pub fn drop_read(connection: &Connection, before: u64, limit: u32) -> Result<Dropped> {
    let mut lines = 0;
    // Each of them loses at least one line: as many threads as lines are enough.
    for row in oldest::droppable(connection, before, limit)? {
        lines += drop_read_of(connection, row, before, limit - lines)?;
        if lines >= limit {
            return Ok(Dropped { lines, more: true });
        }
    }
    Ok(Dropped { lines, more: false })
}

/// The same of one thread. Gives how many lines are gone.
///
/// # Errors
/// Those of writing.
pub fn drop_read_of(connection: &Connection, thread_row: i64, before: u64, limit: u32) -> Result<u32> {
    let old = find(connection, thread_row, before, limit)?;
    let Some(last) = old.last() else { return Ok(0) };
    let upto = seq_of(last.id);
    oldest::pass(connection, thread_row, upto)?;
    for line in &old {
        if line.words {
            search::remove_message(connection, thread_row, line.position, &line.text)?;
        }
        file::delete_of_line(connection, line.id)?;
        receipt::drop_of_line(connection, line.id, line.entry)?;
        connection.prepare_cached("DELETE FROM message WHERE id = ?1")?.execute([line.id])?;
    }
    let sql = "UPDATE thread SET preview = '', preview_author = NULL WHERE row = ?1 AND preview_seq <= ?2";
    connection.prepare_cached(sql)?.execute(params![thread_row, integer(upto)])?;
    let sql = "UPDATE thread SET dropped_seq = max(dropped_seq, ?2) WHERE row = ?1";
    connection.prepare_cached(sql)?.execute(params![thread_row, integer(upto)])?;
    Ok(u32::try_from(old.len()).unwrap_or(u32::MAX))
}

/// A line that is to go.
struct Old {
    id: i64,
    entry: EntryId,
    position: u64,
    text: String,
    /// Whether the search index has it.
    words: bool,
}

/// The oldest lines of a thread, up to the first that is young enough or, where something is unread, not read yet.
fn find(connection: &Connection, thread_row: i64, before: u64, limit: u32) -> Result<Vec<Old>> {
    let (read, unread) = connection
        .prepare_cached("SELECT read_seq, unread FROM thread WHERE row = ?1")?
        .query_row([thread_row], |row| Ok((column::unsigned::<u64>(row, 0)?, column::unsigned::<u64>(row, 1)?)))?;
    let end = if unread == 0 { rowid(thread_row + 1, 0) } else { rowid(thread_row, read.saturating_add(1)) };
    let sql = "SELECT id, position, text, kind, at, entry FROM message WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT ?3";
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query(params![rowid(thread_row, 0), end, limit])?;
    let (message, _) = MessageKind::Message.numbers();
    let mut old = Vec::new();
    while let Some(row) = rows.next()? {
        if column::unsigned::<u64>(row, 4)? >= before {
            break;
        }
        let words = row.get::<_, u8>(3)? == message;
        let entry = column::bytes(row, 5)?;
        old.push(Old { id: row.get(0)?, entry, position: column::unsigned(row, 1)?, text: row.get(2)?, words });
    }
    Ok(old)
}
