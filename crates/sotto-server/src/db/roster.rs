//! Who is in each thread now: the current epoch's members, sorted, in one blob.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};
use sotto_protocol::AccountId;
use sotto_sqlcipher::Result;

/// The members, none for a thread without an epoch.
pub fn load(connection: &Connection, thread_row: i64) -> Result<Arc<[AccountId]>> {
    let mut select = connection.prepare_cached("SELECT members FROM roster WHERE thread = ?1")?;
    let bytes: Option<Vec<u8>> = select.query_row(params![thread_row], |row| row.get(0)).optional()?;
    let bytes = bytes.unwrap_or_default();
    Ok(bytes.chunks_exact(16).filter_map(|id| AccountId::try_from(id).ok()).collect())
}

/// Replaces the members.
pub fn store(connection: &Connection, thread_row: i64, members: &[AccountId]) -> Result<()> {
    let bytes: Vec<u8> = members.iter().flat_map(|account| *account.as_bytes()).collect();
    let mut replace = connection.prepare_cached("INSERT OR REPLACE INTO roster (thread, members) VALUES (?1, ?2)")?;
    replace.execute(params![thread_row, bytes])?;
    Ok(())
}
