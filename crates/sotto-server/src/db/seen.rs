//! When each workstation was last here.

use rusqlite::{Connection, params};
use sotto_protocol::WorkstationId;
use sotto_sqlcipher::Result;

use super::number::Number;

/// Keeps the later time.
pub fn store(connection: &Connection, workstation: WorkstationId, at: u64) -> Result<()> {
    let mut upsert = connection
        .prepare_cached("INSERT INTO seen (workstation, at) VALUES (?1, ?2) ON CONFLICT (workstation) DO UPDATE SET at = max(at, ?2)")?;
    upsert.execute(params![workstation.as_bytes(), Number(at)])?;
    Ok(())
}

/// All of them.
pub fn load(connection: &Connection) -> Result<Vec<(WorkstationId, u64)>> {
    let mut select = connection.prepare_cached("SELECT workstation, at FROM seen")?;
    let rows = select.query_map([], |row| Ok((WorkstationId::from_bytes(row.get(0)?), row.get::<_, Number>(1)?.0)))?;
    rows.map(|row| Ok(row?)).collect()
}
