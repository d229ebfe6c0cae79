//! Which second factors each account has, by kind. A kind's row says what it is checked with and the counter of its last use.

use rusqlite::{Connection, params};
use sotto_protocol::AccountId;
use sotto_sqlcipher::Result;

use super::number::Number;
use crate::store::sign_in::Totp;

/// Codes of an app (RFC 6238): `secret` is the app's, `counter` the step of the last code. One an account. WebAuthn's keys will be 2:
/// `docs/adr/0008-sign-in-anywhere.md`.
pub(super) const TOTP: i64 = 1;

/// Keeps the account's codes: those that it has, with a later step, or its first.
pub fn store_totp(connection: &Connection, now: u64, account: AccountId, totp: &Totp) -> Result<()> {
    let mut update =
        connection.prepare_cached("UPDATE factor SET secret = ?3, counter = ?4, used_at = ?5 WHERE account = ?1 AND kind = ?2")?;
    let kept = update.execute(params![account.as_bytes(), TOTP, totp.secret.bytes(), Number(totp.step), Number(now)])?;
    if kept == 0 {
        let mut insert = connection
            .prepare_cached("INSERT INTO factor (account, kind, secret, counter, created_at, used_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)")?;
        insert.execute(params![account.as_bytes(), TOTP, totp.secret.bytes(), Number(totp.step), Number(now)])?;
    }
    Ok(())
}

/// Uses a code's step: `false` if it or a later one was used, or the account has no codes.
pub fn use_totp(connection: &Connection, now: u64, account: AccountId, step: u64) -> Result<bool> {
    let mut update =
        connection.prepare_cached("UPDATE factor SET counter = ?3, used_at = ?4 WHERE account = ?1 AND kind = ?2 AND counter < ?3")?;
    Ok(update.execute(params![account.as_bytes(), TOTP, Number(step), Number(now)])? == 1)
}

/// Destroys all of the account's; the pages are overwritten (`secure_delete`).
pub fn delete(connection: &Connection, account: AccountId) -> Result<()> {
    connection.prepare_cached("DELETE FROM factor WHERE account = ?1")?.execute(params![account.as_bytes()])?;
    Ok(())
}
