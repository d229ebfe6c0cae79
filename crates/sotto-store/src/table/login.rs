//! Which login names this person gave out with invites: nobody else's vault knows them, and the server never learns any.

use rusqlite::{Connection, params};
use sotto_crypto::login::Login;
use sotto_protocol::AccountId;

use super::column;
use crate::Result;

/// Notes an account's login name, in place of an earlier one.
///
/// # Errors
/// Those of writing.
pub fn store(connection: &Connection, account: AccountId, login: &Login) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO login(account, login) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![account.as_bytes(), login.as_str()])?;
    Ok(())
}

/// Every account with its login name.
///
/// # Errors
/// Those of reading.
pub fn load_all(connection: &Connection) -> Result<Vec<(AccountId, Login)>> {
    let mut select = connection.prepare_cached("SELECT account, login FROM login")?;
    let rows = select.query_map([], |row| Ok((column::bytes(row, 0)?, column::login(row, 1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ME, OTHER, database};
    use super::*;

    #[test]
    fn the_newest_name_of_an_account_holds() {
        let (_dir, connection) = database();
        let login = |text| Login::parse(text).unwrap();
        store(&connection, ME, &login("ida")).unwrap();
        store(&connection, OTHER, &login("nora")).unwrap();
        store(&connection, OTHER, &login("n.nurse")).unwrap();
        let mut all = load_all(&connection).unwrap();
        all.sort_by_key(|(account, _)| *account);
        assert_eq!(all, [(ME, login("ida")), (OTHER, login("n.nurse"))]);
    }
}
