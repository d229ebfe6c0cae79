//! Where the organisation stands: its root and its last position.

use rusqlite::{Connection, params};
use sotto_protocol::key::VerifyKey;
use sotto_sqlcipher::Result;

use super::number::Number;

/// The last committed position, 0 before the first entry.
pub fn load_position(connection: &Connection) -> Result<u64> {
    Ok(connection.prepare_cached("SELECT position FROM meta WHERE id = 1")?.query_row([], |row| row.get(0).map(|Number(n)| n))?)
}

/// Sets the last position.
pub fn store_position(connection: &Connection, position: u64) -> Result<()> {
    connection.prepare_cached("UPDATE meta SET position = ?1 WHERE id = 1")?.execute(params![Number(position)])?;
    Ok(())
}

/// The root key, `None` before the founding.
pub fn load_root(connection: &Connection) -> Result<Option<VerifyKey>> {
    let root: Option<[u8; 32]> = connection.query_row("SELECT root FROM meta WHERE id = 1", [], |row| row.get(0))?;
    Ok(root.map(VerifyKey::from_bytes))
}

/// Sets the root key; `false` if there is one.
pub fn store_root(connection: &Connection, root: &VerifyKey) -> Result<bool> {
    let changed = connection.execute("UPDATE meta SET root = ?1 WHERE id = 1 AND root IS NULL", params![root.as_bytes()])?;
    Ok(changed == 1)
}
