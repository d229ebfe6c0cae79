//! Which lines of a thread are on the screen: a range of rowids, from either end.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::column::integer;
use super::super::rowid;
use super::{COLUMNS, MessageRow, parse};
use crate::Result;

/// A page of a thread. No `Debug`: it holds text.
#[derive(Clone, PartialEq, Eq)]
pub struct Page {
    /// In the order of the log.
    pub messages: Vec<MessageRow>,
    /// Whether there are more in the direction of the page.
    pub more: bool,
}

/// The newest lines below `before`, or the newest of all.
///
/// # Errors
/// Those of reading.
pub fn page_before(connection: &Connection, thread_row: i64, before: Option<u64>, limit: u32) -> Result<Page> {
    let high = before.map_or_else(|| rowid(thread_row + 1, 0), |seq| rowid(thread_row, seq));
    let mut page = read(connection, &before_sql(), (rowid(thread_row, 0), high), limit)?;
    page.messages.reverse();
    Ok(page)
}

/// The oldest lines above `after`.
///
/// # Errors
/// Those of reading.
pub fn page_after(connection: &Connection, thread_row: i64, after: u64, limit: u32) -> Result<Page> {
    read(connection, &after_sql(), (rowid(thread_row, after.saturating_add(1)), rowid(thread_row + 1, 0)), limit)
}

/// The line at a seq.
///
/// # Errors
/// Those of reading.
pub fn load(connection: &Connection, thread_row: i64, seq: u64) -> Result<Option<MessageRow>> {
    let sql = format!("SELECT {COLUMNS} FROM message WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([rowid(thread_row, seq)], parse).optional()?)
}

/// The line at an organisation position.
///
/// # Errors
/// Those of reading.
pub fn load_by_position(connection: &Connection, position: u64) -> Result<Option<MessageRow>> {
    let sql = format!("SELECT {COLUMNS} FROM message WHERE position = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([integer(position)], parse).optional()?)
}

pub(super) fn before_sql() -> String {
    format!("SELECT {COLUMNS} FROM message WHERE id >= ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3")
}

pub(super) fn after_sql() -> String {
    format!("SELECT {COLUMNS} FROM message WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT ?3")
}

/// One more than asked for says whether there are more.
fn read(connection: &Connection, sql: &str, range: (i64, i64), limit: u32) -> Result<Page> {
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map(params![range.0, range.1, i64::from(limit) + 1], parse)?;
    let mut messages = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let more = messages.len() > limit as usize;
    messages.truncate(limit as usize);
    Ok(Page { messages, more })
}
