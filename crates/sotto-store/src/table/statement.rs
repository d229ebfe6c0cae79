//! Which signed statements of the directory are here, in the server's order.

use rusqlite::{Connection, params};

use super::column::integer;
use crate::Result;

/// Appends statements after the first `after`; a repeat of the same range changes nothing.
///
/// # Errors
/// Those of writing.
pub fn append(connection: &Connection, after: u64, statements: &[Vec<u8>]) -> Result<()> {
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO statement(seq, bytes) VALUES (?1, ?2)")?;
    for (seq, bytes) in (after + 1..).zip(statements) {
        insert.execute(params![integer(seq), bytes])?;
    }
    Ok(())
}

/// All of them, in order: the encoded signed statements.
///
/// # Errors
/// Those of reading.
pub fn load_all(connection: &Connection) -> Result<Vec<Vec<u8>>> {
    let mut select = connection.prepare_cached("SELECT bytes FROM statement ORDER BY seq")?;
    let rows = select.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many there are.
///
/// # Errors
/// Those of reading.
pub fn count(connection: &Connection) -> Result<u64> {
    let sql = "SELECT coalesce(max(seq), 0) FROM statement";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| super::column::unsigned(row, 0))?)
}
