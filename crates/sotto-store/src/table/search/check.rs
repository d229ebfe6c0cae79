//! Does the index say what the messages say? Looked at by sample; where it does not, it is made anew from the newest message back.
//!
//! While that goes on the index has what is newer than [`Meta::SearchRebuild`], and search finds that much. Killed in the middle, it goes on.

use rusqlite::{Connection, params};
use sotto_protocol::event::{Description, Patient};

use super::super::column::{self, integer};
use super::super::message::{self, MessageKind, MessageRow};
use super::super::meta::{self, Meta};
use super::{author_word, index_thread, thread_word, words, write_words};
use crate::Result;

/// Which words this build gives a message; raised when the folding or the words of filters change. A new vault begins with it (`schema.rs`).
const VERSION: u64 = 1;
/// `SQLITE_CORRUPT_VTAB`: the index contradicts itself, and nothing else of the file does.
const CORRUPT_INDEX: i32 = 267;

/// Whether the index was made by this build and has every one of `samples` messages, spread over all of them; `seed` says which, so that
/// another call looks at others. One that is being made anew counts as sound.
///
/// # Errors
/// Those of reading, but for an index that contradicts itself.
pub fn check(connection: &Connection, seed: u64, samples: u64) -> Result<bool> {
    if is_rebuilding(connection)? {
        return Ok(true);
    }
    if meta::load(connection, Meta::SearchVersion)? != VERSION {
        return Ok(false);
    }
    let last = last_position(connection)?;
    let step = (last / samples.max(1)).max(1);
    let mut position = seed % step;
    while position <= last {
        let Some(message) = message_from(connection, position)? else { return Ok(true) };
        if !has(connection, &message)? {
            return Ok(false);
        }
        position = message.position.max(position) + step;
    }
    Ok(true)
}

/// Whether the index is being made anew.
///
/// # Errors
/// Those of reading.
pub fn is_rebuilding(connection: &Connection) -> Result<bool> {
    Ok(meta::load(connection, Meta::SearchRebuild)? > 0)
}

/// Empties the index and begins to make it anew; what threads are about is done at once.
///
/// # Errors
/// Those of writing.
pub fn begin_rebuild(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "INSERT INTO message_words(message_words) VALUES ('delete-all');
         INSERT INTO thread_words(thread_words) VALUES ('delete-all');",
    )?;
    let mut select = connection.prepare("SELECT row, title, patient, reason FROM thread")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let patient = column::parse_optional_cbor::<Patient>(row, 2)?;
        index_thread(connection, row.get(0)?, &Description { title: row.get(1)?, patient, reason: row.get(3)? })?;
    }
    meta::store(connection, Meta::SearchVersion, VERSION)?;
    meta::store(connection, Meta::SearchRebuild, last_position(connection)? + 1)
}

/// Adds the next `limit` messages of an index that is made anew, and says whether there are more.
///
/// # Errors
/// Those of writing.
pub fn rebuild(connection: &Connection, limit: u32) -> Result<bool> {
    let below = meta::load(connection, Meta::SearchRebuild)?;
    if below == 0 {
        return Ok(false);
    }
    let mut select = connection.prepare_cached(OLDER)?;
    let positions = select.query_map(params![integer(below), limit], |row| column::unsigned(row, 0))?;
    let positions: Vec<u64> = positions.collect::<rusqlite::Result<_>>()?;
    for position in &positions {
        let line = message::load_by_position(connection, *position)?;
        if let Some(line) = line.filter(|line| line.kind == MessageKind::Message) {
            write_words(connection, &line)?;
        }
    }
    let more = positions.len() == limit as usize;
    let reached = if more { positions.last().copied().unwrap_or(0) } else { 0 };
    meta::store(connection, Meta::SearchRebuild, reached)?;
    Ok(reached > 0)
}

const OLDER: &str = "SELECT position FROM message INDEXED BY message_position WHERE position < ?1 ORDER BY position DESC LIMIT ?2";

fn last_position(connection: &Connection) -> Result<u64> {
    let mut select = connection.prepare_cached("SELECT coalesce((SELECT max(position) FROM message), 0)")?;
    Ok(select.query_row([], |row| column::unsigned(row, 0))?)
}

/// The first message at a position or after it. Changes and tombstones have no words.
fn message_from(connection: &Connection, position: u64) -> Result<Option<MessageRow>> {
    let sql = "SELECT position FROM message INDEXED BY message_position WHERE position >= ?1 AND kind = 0 ORDER BY position LIMIT 1";
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query([integer(position)])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    message::load_by_position(connection, column::unsigned(row, 0)?)
}

/// Whether the index has a message at its place with its thread, its author and its first and last word.
fn has(connection: &Connection, message: &MessageRow) -> Result<bool> {
    let mut terms = vec![thread_word(message.thread_row), author_word(&message.author)];
    let mut words = words::words(&message.text).map(|word| word.folded);
    terms.extend(words.next());
    terms.extend(words.last());
    let expression: Vec<String> = terms.iter().map(|term| format!("\"{term}\"")).collect();
    match is_there(connection, &expression.join(" AND "), message.position) {
        Err(rusqlite::Error::SqliteFailure(cause, _)) if cause.extended_code == CORRUPT_INDEX => Ok(false),
        there => Ok(there?),
    }
}

fn is_there(connection: &Connection, expression: &str, position: u64) -> rusqlite::Result<bool> {
    let sql = "SELECT rowid FROM message_words WHERE message_words MATCH ?1 AND rowid = ?2";
    connection.prepare_cached(sql)?.exists(params![expression, integer(position)])
}
