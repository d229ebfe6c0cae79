//! What each account signs in with: OPAQUE's record, the second factor, the sealed bundle, and a box for each recovery code.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sotto_protocol::{AccountId, LoginHandle, RecoveryId};
use sotto_sqlcipher::Result;

use super::number::Number;
use crate::store::sign_in::{Credential, Login, Registration, Secret};

/// What a login's start needs.
pub(super) const LOGIN: &str = "SELECT record FROM credential WHERE handle = ?1";

/// What a login's end gives.
pub(super) const OF_HANDLE: &str = "SELECT account, bundle_version, totp_secret, totp_step, bundle FROM credential WHERE handle = ?1";

/// What a recovery code gives in place of the password.
pub(super) const OF_RECOVERY: &str = "
SELECT c.account, c.bundle_version, c.totp_secret, c.totp_step, r.sealed FROM credential c CROSS JOIN recovery r
WHERE c.handle = ?1 AND r.account = c.account AND r.id = ?2";

/// The login's record.
pub fn load_login(connection: &Connection, handle: LoginHandle) -> Result<Option<Login>> {
    let mut select = connection.prepare_cached(LOGIN)?;
    let record = select.query_row(params![handle.as_bytes()], |row| row.get::<_, Vec<u8>>(0)).optional()?;
    Ok(record.map(|record| Login { record: record.into() }))
}

/// What the login gives.
pub fn load(connection: &Connection, handle: LoginHandle) -> Result<Option<Credential>> {
    Ok(connection.prepare_cached(OF_HANDLE)?.query_row(params![handle.as_bytes()], parse_row).optional()?)
}

/// What the login gives with a recovery code.
pub fn load_recovery(connection: &Connection, handle: LoginHandle, id: RecoveryId) -> Result<Option<Credential>> {
    Ok(connection.prepare_cached(OF_RECOVERY)?.query_row(params![handle.as_bytes(), id.as_bytes()], parse_row).optional()?)
}

/// Who has the login.
pub fn owner(connection: &Connection, handle: LoginHandle) -> Result<Option<AccountId>> {
    let mut select = connection.prepare_cached("SELECT account FROM credential WHERE handle = ?1")?;
    Ok(select.query_row(params![handle.as_bytes()], |row| Ok(AccountId::from_bytes(row.get(0)?))).optional()?)
}

/// What a change of an account's login depends on.
#[derive(Debug)]
pub struct StoredLogin {
    /// The login.
    pub handle: LoginHandle,
    /// The version of the bundle.
    pub bundle_version: u64,
    /// The second factor.
    pub totp_secret: Secret,
    /// The step of the last code that was used.
    pub totp_step: u64,
    /// The same, if that code began a recovery that was not ended yet.
    pub recovery_step: Option<u64>,
}

/// Which login the account has.
pub fn of_account(connection: &Connection, account: AccountId) -> Result<Option<StoredLogin>> {
    let mut select = connection
        .prepare_cached("SELECT handle, bundle_version, totp_secret, totp_step, recovery_step FROM credential WHERE account = ?1")?;
    let stored = select.query_row(params![account.as_bytes()], |row| {
        Ok(StoredLogin {
            handle: LoginHandle::from_bytes(row.get(0)?),
            bundle_version: row.get::<_, Number>(1)?.0,
            totp_secret: row.get::<_, Vec<u8>>(2)?.into(),
            totp_step: row.get::<_, Number>(3)?.0,
            recovery_step: row.get::<_, Option<Number>>(4)?.map(|Number(step)| step),
        })
    });
    Ok(stored.optional()?)
}

/// Whether exactly this record is stored.
pub fn is_stored(connection: &Connection, account: AccountId, handle: LoginHandle, record: &Secret, bundle_version: u64) -> Result<bool> {
    let mut select =
        connection.prepare_cached("SELECT 1 FROM credential WHERE account = ?1 AND handle = ?2 AND record = ?3 AND bundle_version = ?4")?;
    let found = select.query_row(params![account.as_bytes(), handle.as_bytes(), record.bytes(), Number(bundle_version)], |_| Ok(()));
    Ok(found.optional()?.is_some())
}

/// Keeps all of it, in place of what the account had.
pub fn replace(connection: &Connection, new: &Registration) -> Result<()> {
    delete(connection, new.account)?;
    let account = new.account.as_bytes();
    let mut insert = connection.prepare_cached(
        "INSERT INTO credential (account, handle, record, totp_secret, totp_step, bundle_version, bundle) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    insert.execute(params![
        account,
        new.handle.as_bytes(),
        new.record.bytes(),
        new.totp_secret.bytes(),
        Number(new.totp_step),
        Number(new.bundle_version),
        new.bundle,
    ])?;
    let mut insert = connection.prepare_cached("INSERT INTO recovery (account, id, sealed) VALUES (?1, ?2, ?3)")?;
    for one in &new.recovery {
        insert.execute(params![account, one.id.as_bytes(), one.sealed.0])?;
    }
    Ok(())
}

/// Uses a code's step, for a recovery or not: `false` if it or a later one was used, or the account has the login no more.
pub fn use_step(connection: &Connection, account: AccountId, handle: LoginHandle, step: u64, recovery: bool) -> Result<bool> {
    let mut update = connection
        .prepare_cached("UPDATE credential SET totp_step = ?3, recovery_step = ?4 WHERE account = ?1 AND handle = ?2 AND totp_step < ?3")?;
    let recovery_step = recovery.then_some(Number(step));
    Ok(update.execute(params![account.as_bytes(), handle.as_bytes(), Number(step), recovery_step])? == 1)
}

/// Destroys it; the pages are overwritten (`secure_delete`).
pub fn delete(connection: &Connection, account: AccountId) -> Result<()> {
    connection.prepare_cached("DELETE FROM recovery WHERE account = ?1")?.execute(params![account.as_bytes()])?;
    connection.prepare_cached("DELETE FROM credential WHERE account = ?1")?.execute(params![account.as_bytes()])?;
    Ok(())
}

fn parse_row(row: &Row<'_>) -> rusqlite::Result<Credential> {
    Ok(Credential {
        account: AccountId::from_bytes(row.get(0)?),
        bundle_version: row.get::<_, Number>(1)?.0,
        totp_secret: row.get::<_, Vec<u8>>(2)?.into(),
        totp_step: row.get::<_, Number>(3)?.0,
        sealed: row.get(4)?,
    })
}
