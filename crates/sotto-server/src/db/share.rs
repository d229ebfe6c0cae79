//! Which share the server keeps for each device's vault key.

use rusqlite::{Connection, OptionalExtension, params};
use sotto_protocol::DeviceId;
use sotto_sqlcipher::Result;
use zeroize::Zeroizing;

use crate::store::Share;

/// The device's share.
pub fn load(connection: &Connection, device: DeviceId) -> Result<Option<Share>> {
    let mut select = connection.prepare_cached("SELECT share FROM share WHERE device = ?1")?;
    Ok(select.query_row(params![device.as_bytes()], |row| row.get(0).map(Zeroizing::new)).optional()?)
}

/// Keeps a new device's share; a device that has one keeps the one it has.
pub fn insert(connection: &Connection, device: DeviceId, share: &Share) -> Result<()> {
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO share (device, share) VALUES (?1, ?2)")?;
    insert.execute(params![device.as_bytes(), share.as_slice()])?;
    Ok(())
}

/// Destroys a device's share; the pages are overwritten (`secure_delete`).
pub fn delete(connection: &Connection, device: DeviceId) -> Result<()> {
    connection.prepare_cached("DELETE FROM share WHERE device = ?1")?.execute(params![device.as_bytes()])?;
    Ok(())
}
