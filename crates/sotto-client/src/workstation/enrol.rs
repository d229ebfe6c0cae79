//! How does a person come in? With an invite and a new password, then with a code of their second factor.
//!
//! Keys are made and kept before the server hears of them, and every step may be repeated: [`Workstation::begin_enrol`] with the same invite
//! goes on where a crash or a lost answer left it, and [`Workstation::finish_enrol`] until it holds.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use sotto_crypto::invite::InviteCode;
use sotto_crypto::totp::TotpSecret;
use sotto_crypto::vault_key::VaultIds;
use sotto_crypto::{Secret32, SecretVec, SigningKey};
use sotto_protocol::{AccountId, ErrorCode, GrantId};
use sotto_store::table::identity;
use sotto_store::table::meta::{self, Meta};
use tokio::sync::oneshot;

use super::Workstation;
use super::credential::{Registrar, Registration, bundle_of, parse_code};
use super::first_request::is_final;
use super::machine::Machine;
use super::make_account::NewVault;
use super::new_password::check_password;
use super::pending::{Founding, Kept as _, Pending};
use crate::error::{ClientError, Result};
use crate::session::Session;
use crate::view::{EnrolmentBegun, Password, RecoveryCodes, SecretText, TotpSetup};

/// How long an enrolment waits in memory for its code; afterwards it is begun anew.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// What an enrolment is made of, before any key.
pub(super) struct Enrolment {
    pub code: InviteCode,
    pub password: Password,
    /// The founding and the founder's keys.
    pub founder: Option<Founder>,
}

/// What only the founder has.
pub(super) struct Founder {
    pub founding: Founding,
    pub setup_code: String,
    pub root: SigningKey,
    pub admin: (GrantId, SigningKey),
}

/// A session that was opened by setting a login up, and the recovery codes that nothing keeps.
#[derive(Debug, Clone)]
pub struct Enrolled {
    /// The open session.
    pub session: Session,
    /// To be written down before anything else.
    pub codes: RecoveryCodes,
}

/// Enrolments that wait for a code, by account.
pub(super) type Enrolling = HashMap<AccountId, Waiting>;

/// An enrolment that waits for a code. Its vault is open; it closes when this is dropped.
pub(super) struct Waiting {
    new: NewVault,
    registration: Registration,
    /// Which beginning: a later one replaces it.
    number: u64,
}

impl Workstation {
    /// Uses an invite on this workstation: makes the account's keys and the vault, and begins to set the login up. A repeat with the same
    /// invite goes on with what was begun: within the process also with another password, after a crash with the same one. Runs to its
    /// end even if the caller stops waiting.
    ///
    /// # Errors
    /// `not_enrolled` for the machine; `invite_malformed`, `invite_unknown`, `invite_used`, `invite_expired`, `already_enrolled`,
    /// `password_too_short`, `password_guessable`, `unknown_root` (also for an invite of another organisation), and those of server, keyring and disk.
    pub async fn begin_enrol(&self, invite: &str, password: &Password) -> Result<EnrolmentBegun> {
        let code = InviteCode::parse(invite).map_err(|_| ClientError::new(ErrorCode::InviteMalformed, "read the invite"))?;
        self.begin_to_the_end(Enrolment { code, password: password.clone(), founder: None }).await
    }

    /// Confirms the second factor with a code that the authenticator app shows: the account has its login from here on. Gives the open
    /// session and the recovery codes. May be repeated after any failure but `not_found`, after which the enrolment is begun anew.
    ///
    /// # Errors
    /// `not_found` if no enrolment of that account waits here; `wrong_code`; `login_taken`; those of server, keyring and disk.
    pub async fn finish_enrol(&self, account: AccountId, code: &str) -> Result<Enrolled> {
        let code = parse_code(code)?;
        let (workstation, (told, done)) = (self.clone(), oneshot::channel());
        tokio::spawn(async move {
            let done = workstation.finish_now(account, code).await;
            // Whoever hears the answer may be the last one to hold the workstation's folder.
            drop(workstation);
            let _ = told.send(done);
        });
        done.await.map_err(|_| ClientError::new(ErrorCode::Internal, "enrol"))?
    }

    /// Lets go of the enrolments that wait for a code here: their vaults are closed. They can be begun again with the same password.
    pub async fn close_unfinished(&self) {
        for (_, waiting) in self.shared.enrolling.lock().await.drain() {
            waiting.new.vault.close().await;
        }
    }

    /// Begins in a task of its own: dropping the caller's future does not leave it half done.
    pub(super) async fn begin_to_the_end(&self, enrolment: Enrolment) -> Result<EnrolmentBegun> {
        let (workstation, (told, done)) = (self.clone(), oneshot::channel());
        tokio::spawn(async move {
            let begun = workstation.begin_now(enrolment).await;
            drop(workstation);
            let _ = told.send(begun);
        });
        done.await.map_err(|_| ClientError::new(ErrorCode::Internal, "enrol"))?
    }

    async fn begin_now(&self, mut enrolment: Enrolment) -> Result<EnrolmentBegun> {
        check_password(&enrolment.password, &[enrolment.code.login.as_str()])?;
        let account = enrolment.code.account;
        if enrolment.founder.is_none() {
            self.check_pinned(&mut enrolment.code)?;
        }
        if self.has_tile(account) && self.has_vault(account) {
            // Of an older generation: the invite ends it, and nothing opens it any more.
            if enrolment.code.generation == 1 || !self.invite_is_unused(&enrolment.code).await? {
                return Err(ClientError::new(ErrorCode::AlreadyEnrolled, "enrol"));
            }
            self.remove_account(account)?;
        }
        let password = enrolment.password.clone();
        // One at a time: a second beginning waits for the first and goes on with what it made.
        let mut enrolling = self.shared.enrolling.lock().await;
        let known = self.take_waiting(&mut enrolling, account).await;
        let setup_code = enrolment.founder.as_ref().map(|founder| founder.setup_code.clone());
        let pending = Pending::load(&self.shared.home.account(account));
        let (pending, vmk, fresh) = match (pending, known) {
            (Some(pending), Some(vmk)) => (pending, vmk, false),
            // The server may have taken it: nothing is made anew before that is known.
            (Some(pending), None) if !self.invite_is_unused(&enrolment.code).await? => {
                let vmk = self.reopen_account(account, &self.machine()?.http, &password).await?;
                (pending, vmk, false)
            }
            _ => {
                let (pending, vmk) = self.begin_account(&enrolment).await?;
                (pending, vmk, true)
            }
        };
        let first = self.push_first(&pending, setup_code).await;
        // Only here: what the server has taken makes these the account's keys, and no later failure may cost them.
        if fresh && first.as_ref().is_err_and(|error| is_final(error.code)) {
            self.remove_account(account)?;
        }
        first?;
        if pending.founding.is_some() {
            self.push_enrolment(&pending).await?;
        }
        self.wait_for_code(&mut enrolling, account, vmk, &password).await
    }

    /// Goes on with a founding that was begun before. Whatever the server says to it, its keys are kept: they may be the account's.
    pub(super) async fn resume_founding(
        &self,
        account: AccountId,
        pending: Pending,
        password: Password,
        setup_code: String,
    ) -> Result<EnrolmentBegun> {
        let mut enrolling = self.shared.enrolling.lock().await;
        let known = self.take_waiting(&mut enrolling, account).await;
        self.push_first(&pending, Some(setup_code)).await?;
        let http = self.machine()?.http;
        let vmk = match known {
            Some(vmk) => vmk,
            None => self.reopen_account(account, &http, &password).await?,
        };
        self.push_enrolment(&pending).await?;
        self.wait_for_code(&mut enrolling, account, vmk, &password).await
    }

    /// What waits of the account's enrolment is begun anew: gives its master key, after its vault is closed.
    async fn take_waiting(&self, enrolling: &mut Enrolling, account: AccountId) -> Option<Arc<Secret32>> {
        let waiting = enrolling.remove(&account)?;
        waiting.new.vault.close().await;
        Some(waiting.new.vmk)
    }

    /// Completes the vault, begins the registration and lets it wait.
    async fn wait_for_code(
        &self,
        enrolling: &mut Enrolling,
        account: AccountId,
        vmk: Arc<Secret32>,
        password: &Password,
    ) -> Result<EnrolmentBegun> {
        let machine = self.machine()?;
        let new = self.complete_account(account, &machine.http, vmk, password).await?;
        let began = self.register(&machine, &new, password).await;
        let (registration, totp) = match began {
            Ok(began) => began,
            Err(error) => {
                new.vault.close().await;
                return Err(error);
            }
        };
        let login = new.identity.login.as_str().to_owned();
        let begun = EnrolmentBegun { account, name: new.people.name(&account), totp: show(&totp, &login)?, login };
        let number = self.next_number();
        enrolling.insert(account, Waiting { new, registration, number });
        self.forget_later(account, number);
        Ok(begun)
    }

    /// Begins the registration. The factor's secret is kept in the vault until it is confirmed: a repeat shows the same one, also where
    /// the server has confirmed it and its answer was lost.
    async fn register(&self, machine: &Machine, new: &NewVault, password: &Password) -> Result<(Registration, TotpSecret)> {
        let device = self.signer(new.identity.account)?;
        let who = Registrar { http: &machine.http, device: &device, secret: &machine.secret };
        let registration = Registration::begin(who, bundle_of(&new.identity)?, password, self.shared.recovery_cost).await?;
        if let Some(totp) = registration.totp.clone() {
            let bytes = SecretVec::from(totp.as_bytes().as_slice());
            new.vault.write(move |vault| identity::store_totp_secret(vault, Some(&bytes))).await?;
            return Ok((registration, totp));
        }
        let kept = new.vault.read(identity::load_totp_secret).await?;
        let totp = kept.and_then(|bytes| TotpSecret::from_slice(bytes.as_bytes()));
        totp.map(|totp| (registration, totp)).ok_or(ClientError::new(ErrorCode::AlreadyEnrolled, "set up signing in"))
    }

    async fn finish_now(&self, account: AccountId, code: sotto_protocol::api::TotpCode) -> Result<Enrolled> {
        let machine = self.machine()?;
        let mut enrolling = self.shared.enrolling.lock().await;
        let waiting = enrolling.get_mut(&account).ok_or(ClientError::new(ErrorCode::NotFound, "find the enrolment"))?;
        let device = self.signer(account)?;
        let who = Registrar { http: &machine.http, device: &device, secret: &machine.secret };
        let codes = waiting.registration.finish(who, &code).await?;
        let version = waiting.registration.version();
        // Until the tile is there a repeat must show the same factor; the vault's opening forgets it.
        waiting.new.vault.write(move |vault| meta::store(vault, Meta::BundleVersion, version)).await?;
        self.add_tile(account, &waiting.new.people)?;
        Pending::remove(&self.shared.home.account(account))?;
        let Some(waiting) = enrolling.remove(&account) else { return Err(ClientError::new(ErrorCode::Internal, "enrol")) };
        let session = self.open_new(account, waiting.new.vault).await?;
        Ok(Enrolled { session, codes })
    }

    /// An enrolment that nobody finishes does not stay open.
    fn forget_later(&self, account: AccountId, number: u64) {
        let shared = Arc::downgrade(&self.shared);
        tokio::spawn(async move {
            tokio::time::sleep(PATIENCE).await;
            let Some(shared) = shared.upgrade() else { return };
            let mut enrolling = shared.enrolling.lock().await;
            if enrolling.get(&account).is_some_and(|waiting| waiting.number == number) {
                enrolling.remove(&account);
            }
        });
    }

    /// Makes and keeps everything that is needed to complete the enrolment later. The server hears of nothing yet.
    async fn begin_account(&self, enrolment: &Enrolment) -> Result<(Pending, Arc<Secret32>)> {
        if enrolment.founder.is_none() {
            self.check_invite(&enrolment.code).await?;
        }
        let (pending, identity, device_key) = self.make_keys(enrolment)?;
        let ids = VaultIds { org: identity.org, account: identity.account, workstation: identity.workstation };
        let vmk = self.make_account(identity, &device_key).await?;
        self.suspend_account(ids, &enrolment.password, &vmk).await?;
        pending.store(&self.shared.home.account(enrolment.code.account))?;
        Ok((pending, vmk))
    }
}

fn show(totp: &TotpSecret, login: &str) -> Result<TotpSetup> {
    let uri = totp.uri(login).ok_or(ClientError::new(ErrorCode::Internal, "show the second factor"))?;
    Ok(TotpSetup { uri: SecretText::new(uri), secret_text: SecretText::new(totp.text()) })
}
