//! How a line of a thread is stored and folded into the thread's row and the search index.

use rusqlite::{Connection, params};

use super::super::column::{self, integer};
use super::super::{rowid, search};
use super::{MessageKind, MessageRow, oldest};
use crate::Result;

/// Characters of a text that the list shows.
const PREVIEW_CHARS: usize = 160;

/// Stores the line and folds it. The same line again changes nothing: a feed that repeats itself is harmless.
///
/// # Errors
/// Those of writing.
pub fn insert(connection: &Connection, message: &MessageRow) -> Result<()> {
    let (kind, detail) = message.kind.numbers();
    let sql = "INSERT OR IGNORE INTO message(id, position, entry, author, at, kind, priority, text, detail, mine)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let stored = connection.prepare_cached(sql)?.execute(params![
        rowid(message.thread_row, message.seq),
        integer(message.position),
        message.entry.as_bytes(),
        message.author.as_bytes(),
        integer(message.at),
        kind,
        column::priority_number(message.priority),
        message.text,
        detail,
        message.mine,
    ])?;
    if stored == 0 {
        return Ok(());
    }
    oldest::note(connection, message)?;
    if message.kind != MessageKind::Message {
        return Ok(());
    }
    search::index_message(connection, message)?;
    fold(connection, message)
}

/// Counts it as unread where it is; shows it in the list where it is the newest (a range fetched later is not).
fn fold(connection: &Connection, message: &MessageRow) -> Result<()> {
    let sql = "UPDATE thread SET unread = unread + (?3 = 0 AND ?2 > read_seq) WHERE row = ?1 AND ?2 < preview_seq";
    let seq = integer(message.seq);
    if connection.prepare_cached(sql)?.execute(params![message.thread_row, seq, message.mine])? == 1 {
        return Ok(());
    }
    let sql = "UPDATE thread SET unread = unread + (?3 = 0 AND ?2 > read_seq), last_at = max(last_at, ?4), preview = ?5,
               preview_author = ?6, preview_seq = ?2, priority = ?7 WHERE row = ?1";
    connection.prepare_cached(sql)?.execute(params![
        message.thread_row,
        seq,
        message.mine,
        integer(message.at),
        preview(&message.text),
        message.author.as_bytes(),
        column::priority_number(message.priority),
    ])?;
    Ok(())
}

/// The beginning of a text on one line.
fn preview(text: &str) -> String {
    let mut preview = String::with_capacity(PREVIEW_CHARS);
    for (count, c) in text.trim_start().chars().take(PREVIEW_CHARS).enumerate() {
        let c = if c.is_control() { ' ' } else { c };
        if count > 0 && c == ' ' && preview.ends_with(' ') {
            continue;
        }
        preview.push(c);
    }
    preview.truncate(preview.trim_end().len());
    preview
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_is_one_short_line() {
        assert_eq!(preview("  BP 90/60\n\n\tcall me  "), "BP 90/60 call me");
        assert_eq!(preview(&"ñ".repeat(500)).chars().count(), PREVIEW_CHARS);
        assert_eq!(preview(""), "");
    }
}
