//! What does a message offer as answers, and who has taken note of it?

use std::collections::HashMap;

use rusqlite::{Connection, Row, params};
use sotto_protocol::receipt::Answer;
use sotto_protocol::{AccountId, EntryId};

use super::super::column::{self, integer};
use super::super::{rowid, seq_of};
use crate::Result;

/// A person's newest acknowledgement of a message. No `Debug`: an answer is text.
#[derive(Clone, PartialEq, Eq)]
pub struct AcknowledgementRow {
    /// The message.
    pub message: EntryId,
    /// Who.
    pub account: AccountId,
    /// What they answered, whether or not the message offers it.
    pub answer: Option<Answer>,
    /// When the server received it, milliseconds since 1970.
    pub at: u64,
    /// Its seq.
    pub seq: u64,
}

/// Notes what the message at a seq offers.
///
/// # Errors
/// Those of writing.
pub fn offer(connection: &Connection, thread_row: i64, seq: u64, answers: &[Answer]) -> Result<()> {
    if answers.is_empty() {
        return Ok(());
    }
    let sql = "INSERT OR REPLACE INTO ask(id, answers) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![rowid(thread_row, seq), column::cbor(&answers)])?;
    Ok(())
}

/// What the messages of a part of a thread offer, by seq. Both ends are included.
///
/// # Errors
/// Those of reading.
pub fn offered(connection: &Connection, thread_row: i64, from: u64, to: u64) -> Result<HashMap<u64, Vec<Answer>>> {
    let mut select = connection.prepare_cached("SELECT id, answers FROM ask WHERE id BETWEEN ?1 AND ?2")?;
    let rows = select.query_map([rowid(thread_row, from), rowid(thread_row, to)], |row| {
        Ok((seq_of(row.get::<_, i64>(0)?), column::parse_cbor(row, 1)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Takes an acknowledgement in. Of a person's several for one message the one with the highest seq holds, in whichever order they come.
///
/// # Errors
/// Those of writing.
pub fn store(connection: &Connection, thread_row: i64, row: &AcknowledgementRow) -> Result<()> {
    let sql = "INSERT INTO acknowledgement(thread_row, message, account, answer, at, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT DO UPDATE SET answer = excluded.answer, at = excluded.at, seq = excluded.seq WHERE seq < excluded.seq";
    connection.prepare_cached(sql)?.execute(params![
        thread_row,
        row.message.as_bytes(),
        row.account.as_bytes(),
        row.answer.as_ref().map(column::cbor),
        integer(row.at),
        integer(row.seq),
    ])?;
    Ok(())
}

/// Who has acknowledged a message, in the order of the log.
///
/// # Errors
/// Those of reading.
pub fn of_message(connection: &Connection, thread_row: i64, message: EntryId) -> Result<Vec<AcknowledgementRow>> {
    let sql = "SELECT message, account, answer, at, seq FROM acknowledgement WHERE thread_row = ?1 AND message = ?2 ORDER BY seq";
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map(params![thread_row, message.as_bytes()], parse)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn parse(row: &Row<'_>) -> rusqlite::Result<AcknowledgementRow> {
    Ok(AcknowledgementRow {
        message: column::bytes(row, 0)?,
        account: column::bytes(row, 1)?,
        answer: column::parse_optional_cbor(row, 2)?,
        at: column::unsigned(row, 3)?,
        seq: column::unsigned(row, 4)?,
    })
}
