//! What the person said of the devices that came to their account after this vault: whether that was them.

use rusqlite::{Connection, params};
use sotto_protocol::DeviceId;

use super::column;
use crate::Result;

/// Notes what the person said of a device, in place of what they said before.
///
/// # Errors
/// Those of writing.
pub fn store(connection: &Connection, device: DeviceId, mine: bool) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO own_device(device, mine) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![device.as_bytes(), mine])?;
    Ok(())
}

/// Every device of which they said something.
///
/// # Errors
/// Those of reading.
pub fn load_all(connection: &Connection) -> Result<Vec<(DeviceId, bool)>> {
    let mut select = connection.prepare_cached("SELECT device, mine FROM own_device")?;
    let rows = select.query_map([], |row| Ok((column::bytes(row, 0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::super::testing::database;
    use super::*;

    #[test]
    fn the_last_word_on_a_device_holds() {
        let (_dir, connection) = database();
        let device = |byte| DeviceId::from_bytes([byte; 16]);
        store(&connection, device(1), true).unwrap();
        store(&connection, device(2), false).unwrap();
        store(&connection, device(1), false).unwrap();
        store(&connection, device(1), true).unwrap();
        let mut all = load_all(&connection).unwrap();
        all.sort();
        assert_eq!(all, [(device(1), true), (device(2), false)]);
    }
}
