//! Who is in a thread now.

use std::collections::HashMap;

use rusqlite::{Connection, Row, params};
use sotto_protocol::AccountId;
use sotto_protocol::entry::ThreadClass;

use super::column::{self, integer};
use crate::Result;

/// A member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberRow {
    /// The account.
    pub account: AccountId,
    /// The generation its key box was made for.
    pub generation: u32,
    /// The epoch since which it is in the thread without a break.
    pub from_epoch: u64,
}

/// Makes these accounts, with the generation of each, the thread's members as of `epoch`; who was a member before keeps their first epoch.
///
/// # Errors
/// Those of writing.
pub fn replace(connection: &Connection, thread_row: i64, epoch: u64, members: &[(AccountId, u32)]) -> Result<()> {
    let before: HashMap<AccountId, u64> = of_thread(connection, thread_row)?.into_iter().map(|m| (m.account, m.from_epoch)).collect();
    connection.prepare_cached("DELETE FROM member WHERE thread_row = ?1")?.execute([thread_row])?;
    let mut insert = connection.prepare_cached("INSERT INTO member VALUES (?1, ?2, ?3, ?4)")?;
    for (account, generation) in members {
        let from = before.get(account).copied().unwrap_or(epoch);
        insert.execute(params![thread_row, account.as_bytes(), generation, integer(from)])?;
    }
    Ok(())
}

/// A thread's members, by account.
///
/// # Errors
/// Those of reading.
pub fn of_thread(connection: &Connection, thread_row: i64) -> Result<Vec<MemberRow>> {
    let mut select =
        connection.prepare_cached("SELECT account, generation, from_epoch FROM member WHERE thread_row = ?1 ORDER BY account")?;
    let rows = select.query_map([thread_row], |row| parse(row, 0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The members of many threads in one question; a page of the list needs them.
///
/// # Errors
/// Those of reading.
pub fn of_threads(connection: &Connection, thread_rows: &[i64]) -> Result<HashMap<i64, Vec<MemberRow>>> {
    let list = serde_json::Value::from(thread_rows).to_string();
    let sql = "SELECT m.thread_row, m.account, m.generation, m.from_epoch FROM json_each(?1) AS page
               JOIN member AS m ON m.thread_row = page.value ORDER BY m.thread_row, m.account";
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map([list], |row| Ok((row.get(0)?, parse(row, 1)?)))?;
    let mut members: HashMap<i64, Vec<MemberRow>> = HashMap::new();
    for row in rows {
        let (thread_row, member) = row?;
        members.entry(thread_row).or_default().push(member);
    }
    Ok(members)
}

/// The threads that an account is in: who is revoked is rotated out of them.
///
/// # Errors
/// Those of reading.
pub fn threads_of(connection: &Connection, account: AccountId) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached("SELECT thread_row FROM member WHERE account = ?1 ORDER BY thread_row")?;
    let rows = select.query_map([account.as_bytes()], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Of every thread that the person is in, its row, its class and one member with their generation: one row a member.
///
/// # Errors
/// Those of reading.
pub fn of_joined(connection: &Connection) -> Result<Vec<(i64, ThreadClass, AccountId, u32)>> {
    let sql = "SELECT m.thread_row, t.class, m.account, m.generation FROM thread AS t JOIN member AS m ON m.thread_row = t.row
               WHERE t.joined = 1 ORDER BY m.thread_row, m.account";
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, column::known(row, 1, column::class)?, column::bytes(row, 2)?, row.get(3)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn parse(row: &Row<'_>, first: usize) -> rusqlite::Result<MemberRow> {
    Ok(MemberRow { account: column::bytes(row, first)?, generation: row.get(first + 1)?, from_epoch: column::unsigned(row, first + 2)? })
}
