//! The server's OPAQUE setup: made once, since every login depends on it.

use rusqlite::{Connection, params};
use sotto_sqlcipher::Result;

use crate::store::sign_in::Secret;

/// Stores `fresh` if there is none, and returns the stored one.
pub fn keep(connection: &Connection, fresh: &Secret) -> Result<Secret> {
    connection.execute("INSERT OR IGNORE INTO opaque (id, setup) VALUES (1, ?1)", params![fresh.bytes()])?;
    Ok(connection.query_row("SELECT setup FROM opaque WHERE id = 1", [], |row| row.get::<_, Vec<u8>>(0))?.into())
}
