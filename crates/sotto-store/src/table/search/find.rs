//! How hits are found: the intersection of the words' lists, from the newest on, and the texts of what is left.

use rusqlite::{Connection, params};

use super::super::column::{self, integer};
use super::super::message::{self, MessageRow};
use super::narrow::Narrow;
use super::query::Query;
use super::snippet::{self, Snippet};
use crate::Result;

/// Texts in a row that do not answer the query before the exact question is asked: it is cheap where that many do not.
const PATIENCE: usize = 300;

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

/// The newest messages below position `before` that have, for every word of `query`, a word that begins with it (one or two
/// characters: that is it). Any text is a query; one without letters and digits has no hits. `thread_row` keeps it to one thread.
///
/// # Errors
/// Those of reading.
pub fn find_messages(connection: &Connection, query: &str, thread_row: Option<i64>, before: Option<u64>, limit: u32) -> Result<HitPage> {
    let narrow = Narrow { threads: thread_row.map(|row| vec![row]), ..Narrow::default() };
    if Query::parse(query).is_empty() {
        return Ok(HitPage { hits: Vec::new(), next: None });
    }
    find_narrowed(connection, query, &narrow, before, limit)
}

/// The same of those that are what `narrow` says. Without words, all of these, if the index has a word for any of what it says.
///
/// # Errors
/// Those of reading.
pub fn find_narrowed(connection: &Connection, query: &str, narrow: &Narrow, before: Option<u64>, limit: u32) -> Result<HitPage> {
    let query = Query::parse(query);
    let nothing = HitPage { hits: Vec::new(), next: None };
    let quick = narrow.expression(&query.quick(), false);
    if quick.is_empty() || narrow.is_impossible() {
        return Ok(nothing);
    }
    let (from, below) = narrow.positions(connection)?;
    let search = Search { connection, query: &query, narrow, from, limit: limit as usize };
    let before = before.unwrap_or(u64::MAX).min(below);
    let mut hits = Vec::new();
    if let Some(reached) = search.read(&quick, before, PATIENCE, &mut hits)? {
        let exact = narrow.expression(&query.exact().unwrap_or_else(|| query.quick()), true);
        search.read(&exact, reached, usize::MAX, &mut hits)?;
    }
    let more = hits.len() > search.limit;
    hits.truncate(search.limit);
    let next = if more { hits.last().map(|hit| hit.message.position) } else { None };
    Ok(HitPage { hits, next })
}

struct Search<'a> {
    connection: &'a Connection,
    query: &'a Query,
    narrow: &'a Narrow,
    /// The first position that counts.
    from: u64,
    limit: usize,
}

impl Search<'_> {
    /// Collects hits below `before` until there is one more than a page's, or nothing is left. Returns the position it came to if
    /// `patience` texts in a row were no hits before that.
    fn read(&self, expression: &str, before: u64, patience: usize, hits: &mut Vec<Hit>) -> Result<Option<u64>> {
        let mut missed = 0;
        let mut select = self.connection.prepare_cached(FIND)?;
        let mut rows = select.query(params![expression, integer(before), integer(self.from)])?;
        while let Some(row) = rows.next()? {
            let position = column::unsigned(row, 0)?;
            let found = message::load_by_position(self.connection, position)?;
            let found = found.filter(|message| self.narrow.allows(message) && self.query.answered_by(&message.text));
            let Some(message) = found else {
                missed += 1;
                if missed == patience {
                    return Ok(Some(position));
                }
                continue;
            };
            missed = 0;
            let Snippet { text, marks } = snippet::cut(&message.text, self.query);
            hits.push(Hit { message, snippet: text, marks });
            if hits.len() > self.limit {
                break;
            }
        }
        Ok(None)
    }
}

/// The rows of the threads whose title, patient or reason has all the words; the last one made first.
///
/// # Errors
/// Those of reading.
pub fn find_threads(connection: &Connection, query: &str, limit: u32) -> Result<Vec<i64>> {
    let query = Query::parse(query);
    if query.is_empty() {
        return Ok(Vec::new());
    }
    // Threads are thousands, not millions: the exact question is cheap.
    let expression = query.exact().unwrap_or_else(|| query.quick());
    let sql = "SELECT rowid FROM thread_words WHERE thread_words MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map(params![expression, limit], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) const FIND: &str =
    "SELECT rowid FROM message_words WHERE message_words MATCH ?1 AND rowid < ?2 AND rowid >= ?3 ORDER BY rowid DESC";
