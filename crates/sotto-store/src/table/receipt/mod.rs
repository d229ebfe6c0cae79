//! How far has each device of each member come in a thread? High-water marks, and when each of them was reached.

pub mod acknowledgement;
pub mod own_mark;

use rusqlite::{Connection, OptionalExtension, params};
use sotto_protocol::{AccountId, DeviceId, EntryId};

use super::column::{self, integer};
use super::{rowid, seq_of};
use crate::Result;

/// How far one device has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReachedRow {
    /// Whose device.
    pub account: AccountId,
    /// The device.
    pub device: DeviceId,
    /// Everything up to and with this seq is in its vault.
    pub stored: u64,
    /// Everything up to and with this seq was on its screen.
    pub displayed: u64,
}

/// What a device can have done with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Put it into its vault.
    Stored,
    /// Had it on its screen.
    Displayed,
}

impl Mark {
    /// The number a mark is stored as; never changed.
    const fn number(self) -> u8 {
        match self {
            Self::Stored => 0,
            Self::Displayed => 1,
        }
    }
}

/// Takes in what a device said at `at` (the server's clock, milliseconds since 1970). Marks only rise, and the same again changes nothing, so
/// a thread's marks are the same in whichever order they come.
///
/// # Errors
/// Those of writing.
pub fn reach(connection: &Connection, thread_row: i64, reached: &ReachedRow, at: u64) -> Result<()> {
    let stored = reached.stored.max(reached.displayed);
    let sql = "INSERT INTO reached(thread_row, account, device, stored, displayed) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT DO UPDATE SET stored = max(stored, excluded.stored), displayed = max(displayed, excluded.displayed)";
    let (account, device) = (reached.account.as_bytes(), reached.device.as_bytes());
    connection.prepare_cached(sql)?.execute(params![thread_row, account, device, integer(stored), integer(reached.displayed)])?;
    for (mark, upto) in [(Mark::Stored, stored), (Mark::Displayed, reached.displayed)] {
        if upto == 0 {
            continue;
        }
        let sql = "INSERT INTO reached_at(thread_row, account, device, mark, upto, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                   ON CONFLICT DO UPDATE SET at = min(at, excluded.at)";
        connection.prepare_cached(sql)?.execute(params![thread_row, account, device, mark.number(), integer(upto), integer(at)])?;
    }
    Ok(())
}

/// How far every device has come, by account and device.
///
/// # Errors
/// Those of reading.
pub fn of_thread(connection: &Connection, thread_row: i64) -> Result<Vec<ReachedRow>> {
    let sql = "SELECT account, device, stored, displayed FROM reached WHERE thread_row = ?1 ORDER BY account, device";
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map([thread_row], |row| {
        Ok(ReachedRow {
            account: column::bytes(row, 0)?,
            device: column::bytes(row, 1)?,
            stored: column::unsigned(row, 2)?,
            displayed: column::unsigned(row, 3)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// When a device first said of `seq` that it had done this with it: the time of its first mark at or after it, milliseconds since 1970.
///
/// # Errors
/// Those of reading.
pub fn when(connection: &Connection, thread_row: i64, of: &ReachedRow, mark: Mark, seq: u64) -> Result<Option<u64>> {
    let sql = "SELECT at FROM reached_at WHERE thread_row = ?1 AND account = ?2 AND device = ?3 AND mark = ?4 AND upto >= ?5
               ORDER BY at LIMIT 1";
    let asked = params![thread_row, of.account.as_bytes(), of.device.as_bytes(), mark.number(), integer(seq)];
    Ok(connection.prepare_cached(sql)?.query_row(asked, |row| column::unsigned(row, 0)).optional()?)
}

/// The epoch in which each message of a part of a thread was sealed, by seq: its members are who it was for. Both ends are included.
///
/// # Errors
/// Those of reading.
pub fn epochs_of(connection: &Connection, thread_row: i64, from: u64, to: u64) -> Result<Vec<(u64, u64)>> {
    let sql = "SELECT m.id, e.epoch FROM message AS m JOIN entry AS e ON e.id = m.id WHERE m.id BETWEEN ?1 AND ?2 AND m.kind = 0";
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map([rowid(thread_row, from), rowid(thread_row, to)], |row| {
        Ok((seq_of(row.get::<_, i64>(0)?), column::unsigned(row, 1)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Forgets what was offered and answered at a line that leaves the vault: answers are text.
///
/// # Errors
/// Those of writing.
pub(super) fn drop_of_line(connection: &Connection, id: i64, entry: EntryId) -> Result<()> {
    connection.prepare_cached("DELETE FROM ask WHERE id = ?1")?.execute([id])?;
    let sql = "DELETE FROM acknowledgement WHERE thread_row = ?1 AND message = ?2";
    connection.prepare_cached(sql)?.execute(params![super::thread_of(id), entry.as_bytes()])?;
    Ok(())
}

#[cfg(test)]
mod tests;
