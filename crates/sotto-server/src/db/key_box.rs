//! Which box of a key entry is whose; beside the entry, so that each reader loads only their own.

use rusqlite::{Connection, OptionalExtension, params};
use sotto_protocol::AccountId;
use sotto_sqlcipher::Result;

use super::entry;

/// Keeps a member's box.
pub fn insert(connection: &Connection, thread_row: i64, seq: u64, account: AccountId, bytes: &[u8]) -> Result<()> {
    let mut insert = connection.prepare_cached("INSERT INTO key_box (entry, account, box) VALUES (?1, ?2, ?3)")?;
    insert.execute(params![entry::id(thread_row, seq), account.as_bytes(), bytes])?;
    Ok(())
}

/// The account's box, if the key entry has one for it.
pub fn load(connection: &Connection, thread_row: i64, seq: u64, account: AccountId) -> Result<Option<Vec<u8>>> {
    let mut select = connection.prepare_cached("SELECT box FROM key_box WHERE entry = ?1 AND account = ?2")?;
    Ok(select.query_row(params![entry::id(thread_row, seq), account.as_bytes()], |row| row.get(0)).optional()?)
}
