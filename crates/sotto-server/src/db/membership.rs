//! Which stretch of which thread each account sees: from the key entry that adds it up to and including the one that removes it.

use rusqlite::{Connection, OptionalExtension, params};
use sotto_protocol::entry::ThreadClass;
use sotto_protocol::{AccountId, ThreadId};
use sotto_sqlcipher::Result;

use super::number::Number;
use super::thread::parse_class;

/// An account's stretch of a thread in which something came after a position.
#[derive(Debug, Clone, Copy)]
pub struct StretchRow {
    /// The thread.
    pub thread_row: i64,
    /// The seq of the key entry that added the account.
    pub from_seq: u64,
    /// The last seq the account sees now.
    pub last_seq: u64,
    /// The thread's class.
    pub class: ThreadClass,
}

/// Drives from the threads that changed: for whoever was away shortly.
pub(super) const BY_THREAD: &str = "
SELECT t.row, m.from_seq, coalesce(m.to_seq, t.last_seq), t.class FROM thread t CROSS JOIN membership m
WHERE t.last_position > ?2 AND m.account = ?1 AND m.thread = t.row AND m.to_position > ?2";

/// Drives from the account's threads: for whoever was away long, in an organisation that is larger than what they are in.
pub(super) const BY_ACCOUNT: &str = "
SELECT t.row, m.from_seq, coalesce(m.to_seq, t.last_seq), t.class FROM membership m CROSS JOIN thread t
WHERE m.account = ?1 AND m.to_position > ?2 AND t.row = m.thread AND t.last_position > ?2";

/// Counts an account's stretches, but no further than is asked.
pub(super) const COUNT: &str = "
SELECT count(*) FROM (SELECT 1 FROM membership WHERE account = ?1 AND to_position > ?2 LIMIT ?3)";

/// The account begins to see the thread at this seq.
pub fn insert(connection: &Connection, account: AccountId, thread_row: i64, from_seq: u64) -> Result<()> {
    let mut insert = connection.prepare_cached("INSERT INTO membership (account, thread, from_seq) VALUES (?1, ?2, ?3)")?;
    insert.execute(params![account.as_bytes(), thread_row, Number(from_seq)])?;
    Ok(())
}

/// The account sees the thread up to and including this seq.
pub fn end(connection: &Connection, account: AccountId, thread_row: i64, seq: u64, position: u64) -> Result<()> {
    let mut update = connection
        .prepare_cached("UPDATE membership SET to_seq = ?3, to_position = ?4 WHERE account = ?1 AND thread = ?2 AND to_position = ?5")?;
    update.execute(params![account.as_bytes(), thread_row, Number(seq), Number(position), i64::MAX])?;
    Ok(())
}

/// The threads the account is in now, the one with the newest entry first.
pub(super) const THREADS: &str = "SELECT t.id, t.class FROM membership m CROSS JOIN thread t
    WHERE m.account = ?1 AND m.to_position = ?2 AND t.row = m.thread ORDER BY t.last_position DESC";

/// Lists the threads the account is in now, each with its class, the one with the newest entry first.
pub fn list_threads(connection: &Connection, account: AccountId) -> Result<Vec<(ThreadId, ThreadClass)>> {
    let mut select = connection.prepare_cached(THREADS)?;
    let rows = select
        .query_map(params![account.as_bytes(), i64::MAX], |row| Ok((ThreadId::from_bytes(row.get(0)?), parse_class(row.get(1)?)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether the account is in the thread now.
pub fn is_member(connection: &Connection, account: AccountId, thread_row: i64) -> Result<bool> {
    let mut select = connection.prepare_cached("SELECT 1 FROM membership WHERE account = ?1 AND thread = ?2 AND to_position = ?3")?;
    Ok(select.query_row(params![account.as_bytes(), thread_row, i64::MAX], |_| Ok(())).optional()?.is_some())
}

/// The stretches in which something came after `after`, when `head` is the last position. Costs the lesser of what changed in the
/// organisation and what the account is in.
pub fn load_missed(connection: &Connection, account: AccountId, after: u64, head: u64) -> Result<Vec<StretchRow>> {
    let changed = head.saturating_sub(after);
    if changed == 0 {
        return Ok(Vec::new());
    }
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    let asked = i64::try_from(changed).unwrap_or(i64::MAX);
    let mut count = connection.prepare_cached(COUNT)?;
    let joined: i64 = count.query_row(params![account.as_bytes(), after, asked], |row| row.get(0))?;
    let mut select = connection.prepare_cached(if joined < asked { BY_ACCOUNT } else { BY_THREAD })?;
    let rows = select.query_map(params![account.as_bytes(), after], |row| {
        let (from_seq, last_seq) = (row.get::<_, Number>(1)?.0, row.get::<_, Number>(2)?.0);
        Ok(StretchRow { thread_row: row.get(0)?, from_seq, last_seq, class: parse_class(row.get(3)?)? })
    })?;
    rows.map(|row| Ok(row?)).collect()
}
