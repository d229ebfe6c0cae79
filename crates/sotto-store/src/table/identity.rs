//! Who the vault's person is: their ids and private keys, in one row.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sotto_crypto::login::Login;
use sotto_crypto::{Secret32, SecretVec};
use sotto_protocol::key::{Suite, VerifyKey};
use sotto_protocol::{AccountId, DeviceId, GrantId, OrgId, WorkstationId};

use super::column;
use crate::{Result, StoreError};

/// The person of this vault. Secrets are silent in `Debug` and erased when dropped.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The account.
    pub account: AccountId,
    /// The generation of its keys.
    pub generation: u32,
    /// The account's enrolment on this workstation. Its key is in the keyring, not here.
    pub device: DeviceId,
    /// The workstation.
    pub workstation: WorkstationId,
    /// The organisation.
    pub org: OrgId,
    /// The pinned root.
    pub root: VerifyKey,
    /// The seed of the account's signing key.
    pub signing_seed: Secret32,
    /// The suite of the account's sealing key.
    pub sealing_suite: Suite,
    /// The private half of the account's sealing key.
    pub sealing_private: SecretVec,
    /// What the person types to sign in elsewhere.
    pub login: Login,
    /// The organisation's directory key: opens profiles.
    pub directory_key: Secret32,
    /// The admin's grant and the seed of the admin key, where the person is one.
    pub admin: Option<(GrantId, Secret32)>,
    /// The seed of the organisation's root key, in the founder's vault only.
    pub root_seed: Option<Secret32>,
}

/// The person, or nothing in a vault that is being made.
///
/// # Errors
/// [`StoreError::Corrupt`], and those of reading.
pub fn load(connection: &Connection) -> Result<Option<Identity>> {
    let sql = "SELECT account, generation, device, workstation, org, root, signing_seed, sealing_suite, sealing_private, directory_key,
               admin_grant, admin_seed, root_seed, login FROM identity";
    Ok(connection.prepare_cached(sql)?.query_row([], parse).optional()?)
}

/// The person.
///
/// # Errors
/// [`StoreError::Corrupt`] where there is none, and those of [`load`].
pub fn load_required(connection: &Connection) -> Result<Identity> {
    load(connection)?.ok_or(StoreError::Corrupt("the vault's identity"))
}

/// Stores the person, in place of what was there.
///
/// # Errors
/// Those of writing.
pub fn store(connection: &Connection, identity: &Identity) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO identity(id, account, generation, device, workstation, org, root, signing_seed, sealing_suite,
               sealing_private, directory_key, admin_grant, admin_seed, root_seed, login)
               VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    connection.execute(
        sql,
        params![
            identity.account.as_bytes(),
            identity.generation,
            identity.device.as_bytes(),
            identity.workstation.as_bytes(),
            identity.org.as_bytes(),
            identity.root.as_bytes(),
            identity.signing_seed.as_bytes(),
            u8::from(identity.sealing_suite),
            identity.sealing_private.as_bytes(),
            identity.directory_key.as_bytes(),
            identity.admin.as_ref().map(|(grant, _)| grant.as_bytes()),
            identity.admin.as_ref().map(|(_, seed)| seed.as_bytes()),
            identity.root_seed.as_ref().map(Secret32::as_bytes),
            identity.login.as_str(),
        ],
    )?;
    Ok(())
}

/// Keeps an admin's key, in place of the one there was; nothing else changes.
///
/// # Errors
/// Those of writing.
pub fn store_admin(connection: &Connection, grant: GrantId, seed: &Secret32) -> Result<()> {
    connection.execute("UPDATE identity SET admin_grant = ?1, admin_seed = ?2", params![grant.as_bytes(), seed.as_bytes()])?;
    Ok(())
}

/// Keeps the second factor's secret until it is confirmed; nothing forgets it.
///
/// # Errors
/// Those of writing.
pub fn store_totp_secret(connection: &Connection, secret: Option<&SecretVec>) -> Result<()> {
    connection.execute("UPDATE identity SET totp_secret = ?1", [secret.map(SecretVec::as_bytes)])?;
    Ok(())
}

/// The second factor's secret while it is not confirmed.
///
/// # Errors
/// Those of reading.
pub fn load_totp_secret(connection: &Connection) -> Result<Option<SecretVec>> {
    let sql = "SELECT totp_secret FROM identity WHERE totp_secret IS NOT NULL";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| column::secret_vec(row, 0)).optional()?)
}

fn parse(row: &Row<'_>) -> rusqlite::Result<Identity> {
    let grant: Option<GrantId> = column::optional_bytes(row, 10)?;
    Ok(Identity {
        account: column::bytes(row, 0)?,
        generation: row.get(1)?,
        device: column::bytes(row, 2)?,
        workstation: column::bytes(row, 3)?,
        org: column::bytes(row, 4)?,
        root: column::bytes(row, 5)?,
        signing_seed: column::secret(row, 6)?,
        sealing_suite: column::known(row, 7, |number| Suite::try_from(number).ok())?,
        sealing_private: column::secret_vec(row, 8)?,
        directory_key: column::secret(row, 9)?,
        admin: grant.zip(column::optional_secret(row, 11)?),
        root_seed: column::optional_secret(row, 12)?,
        login: column::login(row, 13)?,
    })
}
