//! Which statements were accepted, in their order.

use rusqlite::{Connection, params};
use sotto_sqlcipher::Result;

use super::number::Number;
use crate::store::PageLimit;

/// The number of statements.
pub fn count(connection: &Connection) -> Result<u64> {
    Ok(connection.query_row("SELECT coalesce(max(seq), 0) FROM statement", [], |row| row.get(0).map(|Number(n)| n))?)
}

/// Adds statements after the first `count` ones.
pub fn insert(connection: &Connection, count: u64, statements: &[Vec<u8>]) -> Result<()> {
    let mut insert = connection.prepare_cached("INSERT INTO statement (seq, bytes) VALUES (?1, ?2)")?;
    for (seq, bytes) in (count + 1..).zip(statements) {
        insert.execute(params![Number(seq), bytes])?;
    }
    Ok(())
}

/// A page of statements after the first `after` ones.
pub fn load(connection: &Connection, after: u64, limit: PageLimit) -> Result<Vec<Vec<u8>>> {
    let mut select = connection.prepare_cached("SELECT bytes FROM statement WHERE seq > ?1 ORDER BY seq")?;
    let mut rows = select.query(params![i64::try_from(after).unwrap_or(i64::MAX)])?;
    let (mut page, mut bytes) = (Vec::new(), 0);
    while page.len() < limit.entries && (page.is_empty() || bytes < limit.bytes) {
        let Some(row) = rows.next()? else { break };
        let statement: Vec<u8> = row.get(0)?;
        bytes += statement.len();
        page.push(statement);
    }
    Ok(page)
}
