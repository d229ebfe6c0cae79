//! Where each thread stands: its epoch and its last entry.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row, params};
use sotto_protocol::ThreadId;
use sotto_protocol::entry::ThreadClass;
use sotto_protocol::key::Hash;
use sotto_sqlcipher::Result;

use super::number::Number;
use crate::store::ThreadState;

/// The thread's state with no members yet: they stand in [`super::roster`].
pub fn load(connection: &Connection, thread: ThreadId) -> Result<Option<ThreadState>> {
    let mut select =
        connection.prepare_cached("SELECT row, class, epoch, last_seq, last_position, received_at, chain FROM thread WHERE id = ?1")?;
    Ok(select.query_row(params![thread.as_bytes()], parse_row).optional()?)
}

/// The thread's short name, its last seq and its class.
pub fn load_row(connection: &Connection, thread: ThreadId) -> Result<Option<(i64, u64, ThreadClass)>> {
    let mut select = connection.prepare_cached("SELECT row, last_seq, class FROM thread WHERE id = ?1")?;
    Ok(select
        .query_row(params![thread.as_bytes()], |row| Ok((row.get(0)?, row.get::<_, Number>(1)?.0, parse_class(row.get(2)?)?)))
        .optional()?)
}

/// Makes a thread without an entry and returns its short name.
pub fn insert(connection: &Connection, thread: ThreadId, class: ThreadClass) -> Result<i64> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO thread (id, class, epoch, last_seq, last_position, received_at, chain) VALUES (?1, ?2, 0, 0, 0, 0, zeroblob(32))",
    )?;
    Ok(insert.insert(params![thread.as_bytes(), class_number(class)])?)
}

/// Keeps what a batch changed of a thread.
pub fn update(connection: &Connection, state: &ThreadState) -> Result<()> {
    let mut update = connection
        .prepare_cached("UPDATE thread SET epoch = ?2, last_seq = ?3, last_position = ?4, received_at = ?5, chain = ?6 WHERE row = ?1")?;
    let chain = state.chain.as_bytes();
    update.execute(params![state.row, Number(state.epoch), Number(state.seq), Number(state.position), Number(state.received_at), chain])?;
    Ok(())
}

fn parse_row(row: &Row<'_>) -> rusqlite::Result<ThreadState> {
    Ok(ThreadState {
        row: row.get(0)?,
        class: parse_class(row.get(1)?)?,
        epoch: row.get::<_, Number>(2)?.0,
        seq: row.get::<_, Number>(3)?.0,
        position: row.get::<_, Number>(4)?.0,
        received_at: row.get::<_, Number>(5)?.0,
        chain: Hash::from_bytes(row.get(6)?),
        members: Arc::default(),
    })
}

const fn class_number(class: ThreadClass) -> u8 {
    match class {
        ThreadClass::Clinical => 1,
        ThreadClass::Scheduling => 2,
        ThreadClass::Billing => 3,
        ThreadClass::Staff => 4,
    }
}

/// The class of a number in a row.
pub(super) fn parse_class(number: u8) -> rusqlite::Result<ThreadClass> {
    match number {
        1 => Ok(ThreadClass::Clinical),
        2 => Ok(ThreadClass::Scheduling),
        3 => Ok(ThreadClass::Billing),
        4 => Ok(ThreadClass::Staff),
        _ => Err(rusqlite::Error::IntegralValueOutOfRange(1, i64::from(number))),
    }
}
