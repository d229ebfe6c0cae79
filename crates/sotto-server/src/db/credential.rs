//! What each account signs in with besides its second factor: OPAQUE's record, the sealed bundle, and a box for each recovery code.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sotto_protocol::{AccountId, LoginHandle, RecoveryId};
use sotto_sqlcipher::Result;

use super::factor::{self, TOTP};
use super::number::Number;
use crate::store::sign_in::{Completed, Credential, Login, Registration, Secret, Totp};

/// What a login's start needs.
pub(super) const LOGIN: &str = "SELECT record FROM credential WHERE handle = ?1";

/// What a login's end gives.
pub(super) const OF_HANDLE: &str = "
SELECT c.account, c.bundle_version, f.secret, f.counter, c.bundle FROM credential c CROSS JOIN factor f
WHERE c.handle = ?1 AND f.account = c.account AND f.kind = ?2";

/// What a recovery code gives in place of the password.
pub(super) const OF_RECOVERY: &str = "
SELECT c.account, c.bundle_version, f.secret, f.counter, r.sealed FROM credential c CROSS JOIN factor f CROSS JOIN recovery r
WHERE c.handle = ?1 AND f.account = c.account AND f.kind = ?2 AND r.account = c.account AND r.id = ?3";

/// What a change of a login depends on.
pub(super) const OF_ACCOUNT: &str = "
SELECT c.handle, c.bundle_version, f.secret, f.counter, c.recovery_counter FROM credential c CROSS JOIN factor f
WHERE c.account = ?1 AND f.account = c.account AND f.kind = ?2";

/// The login's record.
pub fn load_login(connection: &Connection, handle: LoginHandle) -> Result<Option<Login>> {
    let mut select = connection.prepare_cached(LOGIN)?;
    let record = select.query_row(params![handle.as_bytes()], |row| row.get::<_, Vec<u8>>(0)).optional()?;
    Ok(record.map(|record| Login { record: record.into() }))
}

/// What the login gives.
pub fn load(connection: &Connection, handle: LoginHandle) -> Result<Option<Credential>> {
    Ok(connection.prepare_cached(OF_HANDLE)?.query_row(params![handle.as_bytes(), TOTP], parse_row).optional()?)
}

/// What the login gives with a recovery code.
pub fn load_recovery(connection: &Connection, handle: LoginHandle, id: RecoveryId) -> Result<Option<Credential>> {
    Ok(connection.prepare_cached(OF_RECOVERY)?.query_row(params![handle.as_bytes(), TOTP, id.as_bytes()], parse_row).optional()?)
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
    pub totp: Totp,
    /// The step of the last code that was used, if that code began a recovery that was not ended yet.
    pub recovery_step: Option<u64>,
}

/// Which login the account has.
pub fn of_account(connection: &Connection, account: AccountId) -> Result<Option<StoredLogin>> {
    let mut select = connection.prepare_cached(OF_ACCOUNT)?;
    let stored = select.query_row(params![account.as_bytes(), TOTP], |row| {
        Ok(StoredLogin {
            handle: LoginHandle::from_bytes(row.get(0)?),
            bundle_version: row.get::<_, Number>(1)?.0,
            totp: Totp { secret: row.get::<_, Vec<u8>>(2)?.into(), step: row.get::<_, Number>(3)?.0 },
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
pub fn replace(connection: &Connection, now: u64, new: &Registration) -> Result<()> {
    delete_login(connection, new.account)?;
    factor::store_totp(connection, now, new.account, &new.totp)?;
    let account = new.account.as_bytes();
    let mut insert = connection
        .prepare_cached("INSERT INTO credential (account, handle, record, bundle_version, bundle) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    insert.execute(params![account, new.handle.as_bytes(), new.record.bytes(), Number(new.bundle_version), new.bundle])?;
    let mut insert = connection.prepare_cached("INSERT INTO recovery (account, id, sealed) VALUES (?1, ?2, ?3)")?;
    for one in &new.recovery {
        insert.execute(params![account, one.id.as_bytes(), one.sealed.0])?;
    }
    Ok(())
}

/// Uses a code's step, for a recovery or not: `false` if it or a later one was used, or the account has the login no more.
pub fn use_step(connection: &Connection, completed: &Completed) -> Result<bool> {
    let Completed { account, handle, totp_step, sign_in } = *completed;
    if owner(connection, handle)? != Some(account) || !factor::use_totp(connection, sign_in.at, account, totp_step)? {
        return Ok(false);
    }
    let mut update = connection.prepare_cached("UPDATE credential SET recovery_counter = ?2 WHERE account = ?1")?;
    update.execute(params![account.as_bytes(), sign_in.recovery.then_some(Number(totp_step))])?;
    Ok(true)
}

/// Destroys it and the second factor; the pages are overwritten (`secure_delete`).
pub fn delete(connection: &Connection, account: AccountId) -> Result<()> {
    delete_login(connection, account)?;
    factor::delete(connection, account)
}

fn delete_login(connection: &Connection, account: AccountId) -> Result<()> {
    connection.prepare_cached("DELETE FROM recovery WHERE account = ?1")?.execute(params![account.as_bytes()])?;
    connection.prepare_cached("DELETE FROM credential WHERE account = ?1")?.execute(params![account.as_bytes()])?;
    Ok(())
}

fn parse_row(row: &Row<'_>) -> rusqlite::Result<Credential> {
    Ok(Credential {
        account: AccountId::from_bytes(row.get(0)?),
        bundle_version: row.get::<_, Number>(1)?.0,
        totp: Totp { secret: row.get::<_, Vec<u8>>(2)?.into(), step: row.get::<_, Number>(3)?.0 },
        sealed: row.get(4)?,
    })
}
