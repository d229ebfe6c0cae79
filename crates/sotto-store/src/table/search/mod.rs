//! Which messages and threads have all the words somebody types: newest first, a page at a time.
//!
//! The index's rowid is the organisation position, so that "newest first" is the index's own order and a page ends after its last
//! hit; nothing is ever ranked (docs/PERFORMANCE.md, lesson 5). Words are cut and folded here, in Rust, for the index, the query and
//! the marks alike; what a person types never reaches the index's query language.

mod check;
mod find;
mod narrow;
mod query;
mod snippet;
mod words;

pub use check::{begin_rebuild, check, is_rebuilding, rebuild};
pub use find::{Hit, HitPage, find_messages, find_narrowed, find_threads};
pub use narrow::{Narrow, find_patient_threads};

use rusqlite::{Connection, params};
use sotto_protocol::AccountId;
use sotto_protocol::event::{Description, Priority};

use super::column::{self, integer};
use super::message::{self, MessageRow};
use super::meta::{self, Meta};
use crate::Result;

/// The word that stands for a thread in the index, so that a search inside one thread is one more word to intersect.
/// No text has it: `words::words` yields letters and digits only, and this begins with neither.
fn thread_word(thread_row: i64) -> String {
    format!("\u{a7}{thread_row}")
}

/// The word that stands for an author, as [`thread_word`] does for a thread.
fn author_word(author: &AccountId) -> String {
    format!("\u{a7}a{author}")
}

/// The word that stands for a priority. Nearly everything is for information only, and has none.
fn priority_word(priority: Priority) -> Option<String> {
    (priority != Priority::Fyi).then(|| format!("\u{a7}p{}", column::priority_number(priority)))
}

/// Adds a message, once, in the transaction that stores it. While the index is made anew, that brings what is older than it has come.
pub(super) fn index_message(connection: &Connection, message: &MessageRow) -> Result<()> {
    if message.position < meta::load(connection, Meta::SearchRebuild)? {
        return Ok(());
    }
    write_words(connection, message)
}

fn write_words(connection: &Connection, message: &MessageRow) -> Result<()> {
    let words = words_of(message, &message.text);
    let sql = "INSERT INTO message_words(rowid, words) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![integer(message.position), words])?;
    Ok(())
}

/// Everything that a message is found by, where it has this text.
fn words_of(message: &MessageRow, text: &str) -> String {
    let mut all = vec![thread_word(message.thread_row), author_word(&message.author)];
    all.extend(priority_word(message.priority));
    all.push(words::joined(text));
    all.join(" ")
}

/// Takes a message out again that was added with this text and is still in its table. What the index's older segments have of it goes with
/// [`purge`].
pub(super) fn remove_message(connection: &Connection, thread_row: i64, position: u64, text: &str) -> Result<()> {
    let message = message::load_by_position(connection, position)?.filter(|message| message.thread_row == thread_row);
    let Some(message) = message else { return Ok(()) };
    if position < meta::load(connection, Meta::SearchRebuild)? {
        return Ok(());
    }
    // A contentless index is told what it was given.
    let words = words_of(&message, text);
    let sql = "INSERT INTO message_words(message_words, rowid, words) VALUES ('delete', ?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![integer(position), words])?;
    Ok(())
}

/// Writes the index of messages anew without what was taken out, so that no word of it is left in the file. Takes as long as the index is large.
///
/// # Errors
/// Those of writing.
pub fn purge(connection: &Connection) -> Result<()> {
    connection.execute("INSERT INTO message_words(message_words) VALUES ('optimize')", [])?;
    Ok(())
}

/// Puts what a thread is about in place of what the index had for it.
pub(super) fn index_thread(connection: &Connection, row: i64, description: &Description) -> Result<()> {
    connection.prepare_cached("DELETE FROM thread_words WHERE rowid = ?1")?.execute([row])?;
    let mut text = Vec::new();
    text.extend(description.title.as_deref());
    text.extend(description.reason.as_deref());
    if let Some(patient) = &description.patient {
        text.extend([patient.family.as_str(), &patient.given, &patient.mrn, &patient.birth_date]);
        text.extend(patient.preferred.as_deref());
    }
    let words = words::joined(&text.join(" "));
    connection.prepare_cached("INSERT INTO thread_words(rowid, words) VALUES (?1, ?2)")?.execute(params![row, words])?;
    Ok(())
}

#[cfg(test)]
mod check_tests;
#[cfg(test)]
mod narrow_tests;
#[cfg(test)]
mod tests;
