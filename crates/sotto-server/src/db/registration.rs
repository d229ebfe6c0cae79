//! Which accounts are about to set up their login.

use rusqlite::{Connection, OptionalExtension, params};
use sotto_protocol::{AccountId, LoginHandle};
use sotto_sqlcipher::Result;

use super::number::Number;
use crate::store::sign_in::{REGISTRATION_MS, Secret};

/// An account's pending login, and its new second factor if it has none yet.
#[derive(Debug)]
pub struct RegistrationRow {
    /// What the login will be.
    pub handle: LoginHandle,
    /// The new second factor.
    pub totp_secret: Option<Secret>,
}

/// The account's, if its time is not over.
pub fn load(connection: &Connection, now: u64, account: AccountId) -> Result<Option<RegistrationRow>> {
    let mut select = connection.prepare_cached("SELECT handle, totp_secret FROM registration WHERE account = ?1 AND begun_at >= ?2")?;
    let row = select.query_row(params![account.as_bytes(), over(now)], |row| {
        let (handle, secret) = (LoginHandle::from_bytes(row.get(0)?), row.get::<_, Option<Vec<u8>>>(1)?);
        Ok(RegistrationRow { handle, totp_secret: secret.map(Secret::from) })
    });
    Ok(row.optional()?)
}

/// Keeps an account's in place of an earlier one.
pub fn store(connection: &Connection, now: u64, account: AccountId, row: &RegistrationRow) -> Result<()> {
    let mut replace = connection
        .prepare_cached("INSERT OR REPLACE INTO registration (account, handle, totp_secret, begun_at) VALUES (?1, ?2, ?3, ?4)")?;
    let secret = row.totp_secret.as_ref().map(Secret::bytes);
    replace.execute(params![account.as_bytes(), row.handle.as_bytes(), secret, Number(now)])?;
    Ok(())
}

/// Forgets an account's.
pub fn delete(connection: &Connection, account: AccountId) -> Result<()> {
    connection.prepare_cached("DELETE FROM registration WHERE account = ?1")?.execute(params![account.as_bytes()])?;
    Ok(())
}

/// Forgets those whose time is over.
pub fn sweep(connection: &Connection, now: u64) -> Result<()> {
    connection.prepare_cached("DELETE FROM registration WHERE begun_at < ?1")?.execute(params![over(now)])?;
    Ok(())
}

/// Whatever was begun before this is over.
const fn over(now: u64) -> Number {
    Number(now.saturating_sub(REGISTRATION_MS))
}
