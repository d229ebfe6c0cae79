//! Where each account signed in: the newest ones.

use rusqlite::{Connection, params};
use sotto_protocol::api::SignIn;
use sotto_protocol::limits::SIGN_INS;
use sotto_protocol::{AccountId, WorkstationId};
use sotto_sqlcipher::Result;

use super::number::Number;

/// The account's, newest first.
pub(super) const OF_ACCOUNT: &str = "SELECT at, workstation, recovery FROM sign_in WHERE account = ?1 ORDER BY id DESC LIMIT ?2";

/// As many as anybody is told.
const KEPT: i64 = SIGN_INS as i64;

/// Lists one, and forgets the account's oldest where there are more than anybody is told.
pub fn insert(connection: &Connection, account: AccountId, sign_in: &SignIn) -> Result<()> {
    let mut insert = connection.prepare_cached("INSERT INTO sign_in (account, at, workstation, recovery) VALUES (?1, ?2, ?3, ?4)")?;
    insert.execute(params![account.as_bytes(), Number(sign_in.at), sign_in.workstation.as_bytes(), sign_in.recovery])?;
    let mut delete = connection.prepare_cached(
        "DELETE FROM sign_in WHERE account = ?1 AND id <= (SELECT id FROM sign_in WHERE account = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
    )?;
    delete.execute(params![account.as_bytes(), KEPT])?;
    Ok(())
}

/// The account's, newest first.
pub fn load(connection: &Connection, account: AccountId) -> Result<Vec<SignIn>> {
    let mut select = connection.prepare_cached(OF_ACCOUNT)?;
    let rows = select.query_map(params![account.as_bytes(), KEPT], |row| {
        let workstation = WorkstationId::from_bytes(row.get(1)?);
        Ok(SignIn { at: row.get::<_, Number>(0)?.0, workstation, recovery: row.get(2)? })
    })?;
    rows.map(|row| Ok(row?)).collect()
}
