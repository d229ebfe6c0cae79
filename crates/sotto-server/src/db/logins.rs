//! How the embedded backend answers for logins: each question one transaction over the tables beside this file.

use rusqlite::Connection;
use sotto_protocol::api::SignIn;
use sotto_protocol::{AccountId, AttemptId, LoginHandle, RecoveryId, WorkstationId};

use super::registration::RegistrationRow;
use super::{Embedded, attempt, credential, opaque, registration, sign_in};
use crate::store::StoreError;
use crate::store::sign_in::{
    Begun, Completed, Credential, Login, NewAttempt, Pending, Registered, Registration, Secret, SignInStore, TakenAttempt,
};
use crate::store::throttle::Wait;

impl SignInStore for Embedded {
    async fn keep_setup(&self, fresh: Secret) -> Result<Secret, StoreError> {
        self.write(move |connection| opaque::keep(connection, &fresh)).await
    }

    async fn begin_registration(&self, now: u64, account: AccountId, handle: LoginHandle, fresh: Secret) -> Result<Begun, StoreError> {
        self.write(move |connection| begin_registration(connection, now, account, handle, fresh)).await
    }

    async fn load_pending(&self, now: u64, account: AccountId) -> Result<Option<Pending>, StoreError> {
        self.read(move |connection| load_pending(connection, now, account)).await
    }

    async fn is_registered(
        &self,
        account: AccountId,
        handle: LoginHandle,
        record: Secret,
        bundle_version: u64,
    ) -> Result<bool, StoreError> {
        self.read(move |connection| credential::is_stored(connection, account, handle, &record, bundle_version)).await
    }

    async fn finish_registration(&self, now: u64, new: Registration) -> Result<Registered, StoreError> {
        self.write(move |connection| finish_registration(connection, now, &new)).await
    }

    async fn load_login(
        &self,
        now: u64,
        handle: LoginHandle,
        workstation: WorkstationId,
    ) -> Result<Result<Option<Login>, Wait>, StoreError> {
        let load = move |connection: &Connection| {
            let decided = attempt::decide(connection, now, handle, workstation)?;
            let login = credential::load_login(connection, handle)?;
            Ok(decided.map(|_| login))
        };
        self.read(load).await
    }

    async fn count_attempt(
        &self,
        now: u64,
        handle: LoginHandle,
        workstation: WorkstationId,
        new: Option<NewAttempt>,
    ) -> Result<Result<(), Wait>, StoreError> {
        let count = move |connection: &Connection| {
            let counts = match attempt::decide(connection, now, handle, workstation)? {
                Ok(counts) => counts,
                Err(wait) => return Ok(Err(wait)),
            };
            attempt::store_counts(connection, handle, workstation, &counts)?;
            if let Some(new) = &new {
                attempt::insert(connection, now, handle, workstation, new)?;
            }
            Ok(Ok(()))
        };
        self.write(count).await
    }

    async fn take_attempt(&self, now: u64, id: AttemptId, workstation: WorkstationId) -> Result<Option<TakenAttempt>, StoreError> {
        self.write(move |connection| attempt::take(connection, now, id, workstation)).await
    }

    async fn load_credential(&self, handle: LoginHandle) -> Result<Option<Credential>, StoreError> {
        self.read(move |connection| credential::load(connection, handle)).await
    }

    async fn load_recovery(&self, handle: LoginHandle, id: RecoveryId) -> Result<Option<Credential>, StoreError> {
        self.read(move |connection| credential::load_recovery(connection, handle, id)).await
    }

    async fn complete_sign_in(&self, completed: Completed) -> Result<bool, StoreError> {
        let complete = move |connection: &Connection| {
            let first = credential::use_step(connection, &completed)?;
            if first {
                sign_in::insert(connection, completed.account, &completed.sign_in)?;
                attempt::clear(connection, completed.handle)?;
            }
            Ok(first)
        };
        self.write(complete).await
    }

    async fn load_sign_ins(&self, account: AccountId) -> Result<Vec<SignIn>, StoreError> {
        self.read(move |connection| sign_in::load(connection, account)).await
    }

    async fn sweep_sign_ins(&self, now: u64) -> Result<(), StoreError> {
        let sweep = move |connection: &Connection| {
            registration::sweep(connection, now)?;
            attempt::sweep(connection, now)
        };
        self.write(sweep).await
    }
}

/// Whether somebody else has the login.
fn is_taken(connection: &Connection, account: AccountId, handle: LoginHandle) -> sotto_sqlcipher::Result<bool> {
    Ok(credential::owner(connection, handle)?.is_some_and(|owner| owner != account))
}

fn begin_registration(
    connection: &Connection,
    now: u64,
    account: AccountId,
    handle: LoginHandle,
    fresh: Secret,
) -> sotto_sqlcipher::Result<Begun> {
    if is_taken(connection, account, handle)? {
        return Ok(Begun::LoginTaken);
    }
    let stored = credential::of_account(connection, account)?;
    let before = registration::load(connection, now, account)?;
    let totp_secret = match &stored {
        Some(_) => None,
        None => Some(before.and_then(|before| before.totp_secret).unwrap_or(fresh)),
    };
    let row = RegistrationRow { handle, totp_secret };
    registration::store(connection, now, account, &row)?;
    Ok(Begun::Pending { totp_secret: row.totp_secret, bundle_version: stored.map_or(0, |stored| stored.bundle_version) })
}

fn load_pending(connection: &Connection, now: u64, account: AccountId) -> sotto_sqlcipher::Result<Option<Pending>> {
    let Some(RegistrationRow { handle, totp_secret }) = registration::load(connection, now, account)? else { return Ok(None) };
    let stored = credential::of_account(connection, account)?;
    let pending = |totp_secret, last_step| Pending { account, handle, totp_secret, last_step };
    Ok(match (totp_secret, stored) {
        (Some(secret), None) => Some(pending(secret, None)),
        (None, Some(stored)) => {
            let last_step = match stored.recovery_step {
                Some(step) if step == stored.totp.step => step.checked_sub(1),
                _ => Some(stored.totp.step),
            };
            Some(pending(stored.totp.secret, last_step))
        }
        // Begun when the account had no login and has one now, or the other way round: begin again.
        _ => None,
    })
}

fn finish_registration(connection: &Connection, now: u64, new: &Registration) -> sotto_sqlcipher::Result<Registered> {
    if credential::is_stored(connection, new.account, new.handle, &new.record, new.bundle_version)? {
        return Ok(Registered::Done);
    }
    let pending = load_pending(connection, now, new.account)?;
    let Some(pending) = pending.filter(|pending| pending.handle == new.handle && pending.totp_secret == new.totp.secret) else {
        return Ok(Registered::NotPending);
    };
    if pending.last_step.is_some_and(|last| new.totp.step <= last) {
        return Ok(Registered::CodeUsed);
    }
    if is_taken(connection, new.account, new.handle)? {
        return Ok(Registered::LoginTaken);
    }
    let before = credential::of_account(connection, new.account)?;
    if before.as_ref().is_some_and(|before| before.bundle_version >= new.bundle_version) {
        return Ok(Registered::Conflict);
    }
    // Whoever began with the old password does not end with the new keys.
    for handle in [before.map(|before| before.handle), Some(new.handle)].into_iter().flatten() {
        attempt::end(connection, handle)?;
    }
    credential::replace(connection, now, new)?;
    registration::delete(connection, new.account)?;
    Ok(Registered::Done)
}

/// Destroys everything that an account signs in with; where it signed in stays listed.
pub fn close_account(connection: &Connection, account: AccountId) -> sotto_sqlcipher::Result<()> {
    if let Some(stored) = credential::of_account(connection, account)? {
        attempt::end(connection, stored.handle)?;
    }
    credential::delete(connection, account)?;
    registration::delete(connection, account)
}
