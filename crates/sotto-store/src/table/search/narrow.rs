//! What may a search be kept to? To threads, authors and a priority by words of the index, to a time by positions; and the row decides.

use rusqlite::{Connection, OptionalExtension};
use sotto_protocol::AccountId;
use sotto_protocol::event::{Patient, Priority};

use super::super::column::{self, integer};
use super::super::message::MessageRow;
use super::query::Query;
use super::{author_word, find_threads, priority_word, thread_word};
use crate::Result;

/// The most words that one question of the index has for a set of threads or of authors, while it has others: each costs a list to read.
const SET: usize = 64;
/// How far positions and the server's times may disagree, in milliseconds: several machines write one organisation's log.
const SLACK_MS: u64 = 600_000;

/// What a message has to be besides having the words. What is `None` may be anything.
#[derive(Debug, Clone, Default)]
pub struct Narrow {
    /// Rows of threads, of which it is in one.
    pub threads: Option<Vec<i64>>,
    /// Accounts, of which one wrote it.
    pub authors: Option<Vec<AccountId>>,
    /// How pressing it is.
    pub priority: Option<Priority>,
    /// The server received it then or later; milliseconds since 1970.
    pub since: Option<u64>,
    /// The server received it before.
    pub until: Option<u64>,
}

impl Narrow {
    /// Whether nothing can be in it.
    pub(super) fn is_impossible(&self) -> bool {
        let empty_time = self.since.zip(self.until).is_some_and(|(since, until)| since >= until);
        empty_time || self.threads.as_ref().is_some_and(Vec::is_empty) || self.authors.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether a message is in it.
    pub(super) fn allows(&self, message: &MessageRow) -> bool {
        self.threads.as_ref().is_none_or(|rows| rows.contains(&message.thread_row))
            && self.authors.as_ref().is_none_or(|authors| authors.contains(&message.author))
            && self.priority.is_none_or(|priority| priority == message.priority)
            && self.since.is_none_or(|since| message.at >= since)
            && self.until.is_none_or(|until| message.at < until)
    }

    /// The index's expression for these words' (which may be none) and this; empty where the index knows none of it. Large sets are left to
    /// [`Narrow::allows`] while there is something else to ask, unless `whole`.
    pub(super) fn expression(&self, words: &str, whole: bool) -> String {
        let mut terms: Vec<String> = Vec::new();
        terms.extend((!words.is_empty()).then(|| words.to_owned()));
        terms.extend(self.priority.and_then(priority_word).map(|word| format!("\"{word}\"")));
        let threads = self.threads.iter().map(|rows| rows.iter().map(|row| thread_word(*row)).collect::<Vec<_>>());
        let authors = self.authors.iter().map(|accounts| accounts.iter().map(author_word).collect::<Vec<_>>());
        let mut sets: Vec<Vec<String>> = threads.chain(authors).filter(|set| !set.is_empty()).collect();
        sets.sort_by_key(Vec::len);
        for set in sets {
            if whole || set.len() <= SET || terms.is_empty() {
                let any: Vec<String> = set.iter().map(|word| format!("\"{word}\"")).collect();
                terms.push(format!("({})", any.join(" OR ")));
            }
        }
        terms.join(" AND ")
    }

    /// The first position that may be in it, and the first after it that may not.
    pub(super) fn positions(&self, connection: &Connection) -> Result<(u64, u64)> {
        let from = self.since.map(|since| position_at(connection, since.saturating_sub(SLACK_MS))).transpose()?;
        let below = self.until.map(|until| position_at(connection, until.saturating_add(SLACK_MS))).transpose()?;
        Ok((from.unwrap_or(0), below.unwrap_or(u64::MAX)))
    }
}

/// The rows of the threads about a patient whose name, number or date of birth has all the words; the last one made first.
///
/// # Errors
/// Those of reading.
pub fn find_patient_threads(connection: &Connection, query: &str, limit: u32) -> Result<Vec<i64>> {
    let wanted = Query::parse(query);
    let mut select = connection.prepare_cached("SELECT patient FROM thread WHERE row = ?1")?;
    let mut rows = find_threads(connection, query, limit)?;
    let mut failed = None;
    rows.retain(|row| {
        // A title or a reason may have the words as well.
        match select.query_row([row], |row| column::parse_optional_cbor::<Patient>(row, 0)) {
            Ok(patient) => patient.is_some_and(|patient| wanted.answered_by(&text_of(&patient))),
            Err(error) => {
                failed.get_or_insert(error);
                false
            }
        }
    });
    failed.map_or(Ok(rows), |error| Err(error.into()))
}

fn text_of(patient: &Patient) -> String {
    let preferred = patient.preferred.as_deref().unwrap_or_default();
    [patient.family.as_str(), &patient.given, preferred, &patient.mrn, &patient.birth_date].join(" ")
}

/// The first position whose message the server received at that time or later, found by halving: positions and times rise together.
fn position_at(connection: &Connection, at: u64) -> Result<u64> {
    let ends = "SELECT (SELECT min(position) FROM message), (SELECT max(position) FROM message)";
    let mut ends = connection.prepare_cached(ends)?;
    let ends: (Option<i64>, Option<i64>) = ends.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (Some(first), Some(last)) = ends else { return Ok(0) };
    let (mut low, mut high) = (first.unsigned_abs(), last.unsigned_abs() + 1);
    let mut next = connection.prepare_cached(NEXT)?;
    while low < high {
        let middle = low + (high - low) / 2;
        let found = next.query_row([integer(middle)], |row| Ok((column::unsigned::<u64>(row, 0)?, column::unsigned::<u64>(row, 1)?)));
        match found.optional()? {
            Some((position, then)) if then < at => low = position + 1,
            _ => high = middle,
        }
    }
    Ok(low)
}

pub(super) const NEXT: &str = "SELECT position, at FROM message INDEXED BY message_position WHERE position >= ?1 ORDER BY position LIMIT 1";
