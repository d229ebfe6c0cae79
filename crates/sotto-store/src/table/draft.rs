//! What somebody was writing and has not sent: one draft a thread.

use rusqlite::{Connection, OptionalExtension, params};
use sotto_protocol::ThreadId;
use sotto_protocol::event::Priority;

use super::column::{self, integer};
use crate::Result;

/// A draft.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// The text so far.
    pub text: String,
    /// The priority chosen.
    pub priority: Priority,
    /// When it was last changed, milliseconds since 1970.
    pub updated_at: u64,
}

/// The draft of a thread.
///
/// # Errors
/// Those of reading.
pub fn load(connection: &Connection, thread: ThreadId) -> Result<Option<DraftRow>> {
    let mut select = connection.prepare_cached("SELECT text, priority, updated_at FROM draft WHERE thread = ?1")?;
    let draft = select.query_row([thread.as_bytes()], |row| {
        Ok(DraftRow { text: row.get(0)?, priority: column::known(row, 1, column::priority)?, updated_at: column::unsigned(row, 2)? })
    });
    Ok(draft.optional()?)
}

/// Stores the draft of a thread, in place of an older one.
///
/// # Errors
/// Those of writing.
pub fn store(connection: &Connection, thread: ThreadId, draft: &DraftRow) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO draft(thread, text, priority, updated_at) VALUES (?1, ?2, ?3, ?4)";
    let priority = column::priority_number(draft.priority);
    connection.prepare_cached(sql)?.execute(params![thread.as_bytes(), draft.text, priority, integer(draft.updated_at)])?;
    Ok(())
}

/// Removes the draft of a thread, if there is one.
///
/// # Errors
/// Those of writing.
pub fn delete(connection: &Connection, thread: ThreadId) -> Result<()> {
    connection.prepare_cached("DELETE FROM draft WHERE thread = ?1")?.execute([thread.as_bytes()])?;
    Ok(())
}
