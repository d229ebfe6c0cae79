//! What authors had seen of a part of the log that is not here yet: checked when that part comes.

use rusqlite::{Connection, params};
use sotto_protocol::key::Hash;

use super::rowid;
use crate::Result;

/// Notes that somebody had seen this chain hash at a seq that is not here.
///
/// # Errors
/// Those of writing.
pub fn store(connection: &Connection, thread_row: i64, seq: u64, chain: &Hash) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO awaited(id, chain) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![rowid(thread_row, seq), chain.as_bytes()])?;
    Ok(())
}

/// The entry at this seq is here: forgets what was awaited of it, and says whether somebody had seen another chain hash there.
///
/// # Errors
/// Those of writing.
pub fn settle(connection: &Connection, thread_row: i64, seq: u64, chain: &Hash) -> Result<bool> {
    let id = rowid(thread_row, seq);
    let mut select = connection.prepare_cached("SELECT count(*) FROM awaited WHERE id = ?1 AND chain <> ?2")?;
    let others: i64 = select.query_row(params![id, chain.as_bytes()], |row| row.get(0))?;
    connection.prepare_cached("DELETE FROM awaited WHERE id = ?1")?.execute([id])?;
    Ok(others > 0)
}

#[cfg(test)]
mod tests {
    use super::super::testing::database;
    use super::*;

    #[test]
    fn what_comes_is_compared_once_with_what_was_seen() {
        let (_dir, connection) = database();
        let hash = |byte| Hash::from_bytes([byte; 32]);
        store(&connection, 1, 7, &hash(1)).unwrap();
        store(&connection, 1, 7, &hash(1)).unwrap();
        store(&connection, 2, 7, &hash(2)).unwrap();
        assert!(!settle(&connection, 1, 7, &hash(1)).unwrap());
        assert!(settle(&connection, 2, 7, &hash(1)).unwrap(), "somebody had seen another log");
        assert!(!settle(&connection, 2, 7, &hash(1)).unwrap(), "said once");
        assert!(!settle(&connection, 3, 7, &hash(1)).unwrap());
    }
}
