//! How hits are found: the intersection of the words' lists, from the newest on.

use rusqlite::{Connection, params};

use super::super::column::integer;
use super::super::message::{self, MessageRow};
use super::snippet::{self, Snippet};
use super::{thread_word, words};
use crate::Result;

/// Words of a query that count.
const QUERY_WORDS: usize = 12;

/// A message that has all the words. No `Debug`: it holds text.
#[derive(Clone, PartialEq, Eq)]
pub struct Hit {
    /// The message.
    pub message: MessageRow,
    /// The part of its text around the first match.
    pub snippet: String,
    /// The matched words in the snippet: UTF-16 offsets, start inclusive and end exclusive.
    pub marks: Vec<(u32, u32)>,
}

/// A page of hits, the newest first. No `Debug`: it holds text.
#[derive(Clone, PartialEq, Eq)]
pub struct HitPage {
    /// The hits.
    pub hits: Vec<Hit>,
    /// What the next page's `before` is, where there are more.
    pub next: Option<u64>,
}

/// The newest messages below position `before` that have, for every word of `query`, a word that begins with it.
/// Any text is a query; one without letters and digits has no hits. `thread_row` keeps it to one thread.
///
/// # Errors
/// Those of reading.
pub fn find_messages(connection: &Connection, query: &str, thread_row: Option<i64>, before: Option<u64>, limit: u32) -> Result<HitPage> {
    let words = query_words(query);
    if words.is_empty() {
        return Ok(HitPage { hits: Vec::new(), next: None });
    }
    let mut expression = expression(&words);
    if let Some(row) = thread_row {
        expression = format!("\"{}\" AND {expression}", thread_word(row));
    }
    let mut select = connection.prepare_cached(FIND)?;
    let rows = select.query_map(params![expression, integer(before.unwrap_or(u64::MAX)), i64::from(limit) + 1], |row| row.get(0))?;
    let mut positions = rows.collect::<rusqlite::Result<Vec<i64>>>()?;
    let more = positions.len() > limit as usize;
    positions.truncate(limit as usize);
    let next = if more { positions.last().map(|position| position.unsigned_abs()) } else { None };
    let mut hits = Vec::with_capacity(positions.len());
    for position in positions {
        if let Some(message) = message::load_by_position(connection, position.unsigned_abs())? {
            let Snippet { text, marks } = snippet::cut(&message.text, &words);
            hits.push(Hit { message, snippet: text, marks });
        }
    }
    Ok(HitPage { hits, next })
}

/// The rows of the threads whose title, patient or reason has all the words; the last one made first.
///
/// # Errors
/// Those of reading.
pub fn find_threads(connection: &Connection, query: &str, limit: u32) -> Result<Vec<i64>> {
    let words = query_words(query);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT rowid FROM thread_words WHERE thread_words MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map(params![expression(&words), limit], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) const FIND: &str = "SELECT rowid FROM message_words WHERE message_words MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT ?3";

fn query_words(query: &str) -> Vec<String> {
    let mut found: Vec<String> = words::words(query).take(QUERY_WORDS).map(|word| word.folded).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Quoted words of letters and digits with a star behind: nothing in it is the person's syntax.
fn expression(words: &[String]) -> String {
    words.iter().map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" AND ")
}
