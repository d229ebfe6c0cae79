//! How does a person sign in where their vault is not? By name, password and code: the account's keys come from the server, sealed; the
//! vault is made anew around them.
//!
//! Nothing of it is resumed: killed before the tile is there, the next sign-in makes another device. Killed afterwards, the vault goes on
//! taking the log in where it was ([`crate::sync::arrive`]).

use std::sync::Arc;

use sotto_crypto::bundle::{AccountBundle, BundlePlace, open_bundle};
use sotto_crypto::login::{self, Login};
use sotto_crypto::opaque::{SignIn, SignedIn};
use sotto_crypto::{OsRandom, SigningKey};
use sotto_protocol::api::{
    Base64, DeviceRequest, DirectoryVersion, SignInFinishRequest, SignInFinishResponse, SignInStartRequest, SignInStartResponse, TotpCode,
};
use sotto_protocol::{DeviceId, ErrorCode};
use sotto_store::table::identity::Identity;
use sotto_store::table::meta::{self, Meta};
use tokio::sync::oneshot;

use super::Workstation;
use super::credential::{bundle_error, opaque_error, parse_code};
use super::keys::{Subject, certify_device};
use super::machine::Machine;
use super::make_account::NewVault;
use super::unlock_key::blocking;
use crate::error::{Attempt as _, ClientError, Result};
use crate::session::{Core, Session};
use crate::view::Password;

const ATTEMPTED: &str = "sign in by name";

impl Workstation {
    /// Signs a person in by their login name. Where their vault is here and opens, that is all; otherwise one is made, and the session is
    /// given as soon as the newest part of every thread is in it. Runs to its end even if the caller stops waiting.
    ///
    /// # Errors
    /// `not_enrolled` for the machine; `login_malformed`; `wrong_password`, also where nobody has that login; `wrong_code`; `throttled` with
    /// a time to wait; `bundle_damaged`; `account_revoked`, `workstation_revoked`; those of server, keyring and disk.
    pub async fn sign_in_new(&self, login: &str, password: &Password, code: &str) -> Result<Session> {
        let login = parse_login(login)?;
        let code = parse_code(code)?;
        let (workstation, password, (told, done)) = (self.clone(), password.clone(), oneshot::channel());
        tokio::spawn(async move {
            let _ = told.send(workstation.sign_in_new_now(login, password, code).await);
        });
        done.await.map_err(|_| ClientError::new(ErrorCode::Internal, ATTEMPTED))?
    }

    async fn sign_in_new_now(&self, login: Login, password: Password, code: TotpCode) -> Result<Session> {
        let machine = self.machine()?;
        let (bundle, version) = fetch_bundle(&machine, &login, &password, code).await?;
        let account = bundle.account;
        if self.has_tile(account) && self.has_vault(account) {
            match self.sign_in_proven(account, &password).await {
                // It was made with an earlier password, or its device is out: this account has another vault here from now on.
                Err(error) if is_outdated(error.code) => {}
                signed_in => return signed_in,
            }
        }
        let new = self.settle(&machine, bundle, &password).await?;
        let noted = new.vault.write(move |vault| meta::store(vault, Meta::BundleVersion, version)).await;
        if let Err(error) = noted {
            new.vault.close().await;
            return Err(error.into());
        }
        self.add_tile(account, &new.people)?;
        let session = self.open_new(account, new.vault).await?;
        session.arrived().await;
        Ok(session)
    }

    /// Makes the account's vault on this machine, with a device of its own. It has no tile yet.
    pub(super) async fn settle(&self, machine: &Machine, bundle: AccountBundle, password: &Password) -> Result<NewVault> {
        let device_key = SigningKey::generate(&mut OsRandom::new());
        let who = identity_of(machine, bundle)?;
        let subject =
            Subject { org: who.org, account: who.account, generation: who.generation, device: who.device, workstation: who.workstation };
        let signing = SigningKey::from_seed(who.signing_seed.clone());
        let device_cert = certify_device(&subject, &signing, &device_key, self.shared.clock.wall_ms());
        let account = who.account;
        self.forget_tile(account)?;
        let vmk = self.make_account(who, &device_key).await?;
        let request = DeviceRequest { device_cert };
        let told = machine.http.push_json::<DirectoryVersion>("/v1/devices", Some(&machine.signer), &request).await;
        told.attempting(ATTEMPTED)?;
        self.complete_account(account, &machine.http, Arc::clone(&vmk), password).await
    }

    /// While a vault is made anew, its tile would open nothing.
    fn forget_tile(&self, account: sotto_protocol::AccountId) -> Result<()> {
        self.change_file(|file| file.tiles.retain(|tile| tile.account != account))
    }
}

/// A login name as somebody typed it.
///
/// # Errors
/// `login_malformed`.
pub(crate) fn parse_login(text: &str) -> Result<Login> {
    Login::parse(text).map_err(|_| ClientError::new(ErrorCode::LoginMalformed, "read the login name"))
}

/// Shows the server password and code, and opens what it gives for them.
async fn fetch_bundle(machine: &Machine, login: &Login, password: &Password, code: TotpCode) -> Result<(AccountBundle, u64)> {
    let started = SignIn::start(password.expose().as_bytes(), &machine.secret, &mut OsRandom::new());
    let (state, request) = started.map_err(opaque_error)?;
    let request = SignInStartRequest { login_handle: login::handle(&machine.secret, login), request: Base64(request) };
    let answer: SignInStartResponse =
        machine.http.push_json("/v1/sign-in/start", Some(&machine.signer), &request).await.attempting(ATTEMPTED)?;
    let place = (machine.file.org, machine.file.workstation);
    let finished = blocking(move || state.finish(&answer.response.0, place, &mut OsRandom::new())).await?;
    let SignedIn { finish, export_key } = finished.map_err(opaque_error)?;
    let request = SignInFinishRequest { attempt: answer.attempt, finish: Base64(finish), totp_code: code };
    let answer: SignInFinishResponse =
        machine.http.push_json("/v1/sign-in/finish", Some(&machine.signer), &request).await.attempting(ATTEMPTED)?;
    let place = BundlePlace { org: machine.file.org, account: answer.account, version: answer.bundle_version };
    let bundle = open_bundle(&answer.bundle.0, &place, &export_key, &machine.secret).map_err(bundle_error)?;
    Ok((bundle, answer.bundle_version))
}

/// The account's newest keys, with a new device on this machine. The root key stays in the founder's first vault.
fn identity_of(machine: &Machine, mut bundle: AccountBundle) -> Result<Identity> {
    let keys = bundle.keys.pop().ok_or(ClientError::new(ErrorCode::BundleDamaged, "use the account's keys"))?;
    Ok(Identity {
        account: bundle.account,
        generation: keys.generation,
        device: Core::make_id(DeviceId::from_bytes),
        workstation: machine.file.workstation,
        org: machine.file.org,
        root: machine.file.root_key()?,
        signing_seed: keys.signing.seed().clone(),
        sealing_suite: keys.sealing.public().suite,
        sealing_private: keys.sealing.private().clone(),
        login: bundle.login,
        directory_key: bundle.directory_key,
        admin: bundle.admin.map(|(grant, key)| (grant, key.seed().clone())),
        root_seed: None,
    })
}

/// Whether a vault that is here is of no use to somebody who has just shown the server password and code.
const fn is_outdated(code: ErrorCode) -> bool {
    use ErrorCode as Code;
    matches!(
        code,
        Code::WrongPassword
            | Code::VaultDestroyed
            | Code::VaultMissing
            | Code::VaultCorrupt
            | Code::DeviceRevoked
            | Code::AccountRevoked
            | Code::NotEnrolled
            | Code::WorkstationRevoked
    )
}
