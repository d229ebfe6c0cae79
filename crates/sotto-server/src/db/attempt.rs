//! Which attempts to sign in there were, and which can still be finished.

use rusqlite::{Connection, OptionalExtension, params};
use sotto_protocol::{AttemptId, LoginHandle, WorkstationId};
use sotto_sqlcipher::Result;

use super::number::Number;
use crate::store::sign_in::{ATTEMPT_MS, NewAttempt, TakenAttempt};
use crate::store::throttle::{FORGET_MS, HandleCount, Wait, WorkstationCount, count};

/// What the counts say to another attempt now: what to store, or how long to wait.
pub fn decide(
    connection: &Connection,
    now: u64,
    handle: LoginHandle,
    workstation: WorkstationId,
) -> Result<std::result::Result<(HandleCount, WorkstationCount), Wait>> {
    let mut select = connection.prepare_cached("SELECT count, last_at FROM handle_count WHERE handle = ?1")?;
    let at_login =
        select.query_row(params![handle.as_bytes()], |row| Ok(HandleCount { count: row.get(0)?, last_at: row.get::<_, Number>(1)?.0 }));
    let mut select = connection.prepare_cached("SELECT times FROM workstation_count WHERE workstation = ?1")?;
    let times: Option<Vec<u8>> = select.query_row(params![workstation.as_bytes()], |row| row.get(0)).optional()?;
    Ok(count(at_login.optional()?.unwrap_or_default(), parse_times(&times.unwrap_or_default()), now))
}

/// Keeps what was counted.
pub fn store_counts(
    connection: &Connection,
    handle: LoginHandle,
    workstation: WorkstationId,
    (at_login, at_workstation): &(HandleCount, WorkstationCount),
) -> Result<()> {
    let mut replace = connection.prepare_cached("INSERT OR REPLACE INTO handle_count (handle, count, last_at) VALUES (?1, ?2, ?3)")?;
    replace.execute(params![handle.as_bytes(), at_login.count, Number(at_login.last_at)])?;
    let times: Vec<u8> = at_workstation.0.iter().flat_map(|at| at.to_be_bytes()).collect();
    let mut replace = connection.prepare_cached("INSERT OR REPLACE INTO workstation_count (workstation, times) VALUES (?1, ?2)")?;
    replace.execute(params![workstation.as_bytes(), times])?;
    Ok(())
}

fn parse_times(bytes: &[u8]) -> WorkstationCount {
    WorkstationCount(bytes.chunks_exact(8).filter_map(|at| at.try_into().ok()).map(u64::from_be_bytes).collect())
}

/// Keeps an attempt until it is finished.
pub fn insert(connection: &Connection, now: u64, handle: LoginHandle, workstation: WorkstationId, new: &NewAttempt) -> Result<()> {
    let mut insert =
        connection.prepare_cached("INSERT INTO attempt (id, handle, workstation, begun_at, state) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let (handle, workstation) = (handle.as_bytes(), workstation.as_bytes());
    insert.execute(params![new.attempt.as_bytes(), handle, workstation, Number(now), new.state.bytes()])?;
    Ok(())
}

/// Takes a workstation's attempt out. One whose time is over is gone as well, and `None`.
pub fn take(connection: &Connection, now: u64, id: AttemptId, workstation: WorkstationId) -> Result<Option<TakenAttempt>> {
    let mut delete =
        connection.prepare_cached("DELETE FROM attempt WHERE id = ?1 AND workstation = ?2 RETURNING begun_at, handle, state")?;
    let taken = delete.query_row(params![id.as_bytes(), workstation.as_bytes()], |row| {
        let (handle, state) = (LoginHandle::from_bytes(row.get(1)?), row.get::<_, Vec<u8>>(2)?);
        Ok((row.get::<_, Number>(0)?.0, TakenAttempt { handle, state: state.into() }))
    });
    Ok(taken.optional()?.filter(|(begun_at, _)| *begun_at >= over(now)).map(|(_, taken)| taken))
}

/// Ends the attempts at a login that are under way.
pub fn end(connection: &Connection, handle: LoginHandle) -> Result<()> {
    connection.prepare_cached("DELETE FROM attempt WHERE handle = ?1")?.execute(params![handle.as_bytes()])?;
    Ok(())
}

/// Forgets how often a login was tried.
pub fn clear(connection: &Connection, handle: LoginHandle) -> Result<()> {
    connection.prepare_cached("DELETE FROM handle_count WHERE handle = ?1")?.execute(params![handle.as_bytes()])?;
    Ok(())
}

/// Forgets what is over: attempts, and logins that nobody tried for long. A workstation keeps its one row.
pub fn sweep(connection: &Connection, now: u64) -> Result<()> {
    connection.prepare_cached("DELETE FROM attempt WHERE begun_at < ?1")?.execute(params![Number(over(now))])?;
    let forgotten = Number(now.saturating_sub(FORGET_MS));
    connection.prepare_cached("DELETE FROM handle_count WHERE last_at < ?1")?.execute(params![forgotten])?;
    Ok(())
}

/// Whatever was begun before this is over.
const fn over(now: u64) -> u64 {
    now.saturating_sub(ATTEMPT_MS)
}
