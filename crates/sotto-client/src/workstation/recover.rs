//! How does somebody who lost the password come back? With a recovery code in its place: a new vault, a new password, new codes.

use sotto_crypto::login;
use sotto_crypto::recovery::{RecoveryCode, open_recovery};
use sotto_protocol::ErrorCode;
use sotto_protocol::api::{RecoveryStartRequest, RecoveryStartResponse, TotpCode};
use sotto_store::table::meta::{self, Meta};
use tokio::sync::oneshot;

use super::Workstation;
use super::credential::{Registrar, Registration, bundle_error, bundle_of, parse_code};
use super::enrol::Enrolled;
use super::machine::Machine;
use super::make_account::NewVault;
use super::new_password::check_password;
use super::roam::parse_login;
use super::unlock_key::blocking;
use crate::error::{Attempt as _, ClientError, Result};
use crate::view::{Password, RecoveryCodes};

const ATTEMPTED: &str = "recover the account";

impl Workstation {
    /// Sets a new password with a recovery code, on this machine. The code is used when this ends well; killed before, it is as good as it
    /// was. Gives the open session and new recovery codes: the old ones are over. Runs to its end even if the caller stops waiting.
    ///
    /// # Errors
    /// `not_enrolled` for the machine; `login_malformed`, `malformed` for what can be no recovery code, `password_too_short`, `password_guessable`;
    /// `recovery_code_unknown`, also where nobody has that login; `wrong_code`, `throttled`; those of server, keyring and disk.
    pub async fn recover(&self, login: &str, recovery_code: &str, code: &str, password: &Password) -> Result<Enrolled> {
        let login = parse_login(login)?;
        let recovery = RecoveryCode::parse(recovery_code).map_err(|_| ClientError::new(ErrorCode::Malformed, "read the recovery code"))?;
        let code = parse_code(code)?;
        check_password(password, &[login.as_str()])?;
        let (workstation, password, (told, done)) = (self.clone(), password.clone(), oneshot::channel());
        tokio::spawn(async move {
            let _ = told.send(workstation.recover_now(login, recovery, code, password).await);
        });
        done.await.map_err(|_| ClientError::new(ErrorCode::Internal, ATTEMPTED))?
    }

    async fn recover_now(
        &self,
        login: sotto_crypto::login::Login,
        recovery: RecoveryCode,
        code: TotpCode,
        password: Password,
    ) -> Result<Enrolled> {
        let machine = self.machine()?;
        let request = RecoveryStartRequest {
            login_handle: login::handle(&machine.secret, &login),
            recovery_id: recovery.id(&machine.secret),
            totp_code: code.clone(),
        };
        let answer: RecoveryStartResponse =
            machine.http.push_json("/v1/recovery/start", Some(&machine.signer), &request).await.attempting(ATTEMPTED)?;
        let (place, secret) = ((machine.file.org, answer.account), machine.secret.clone());
        let opened = blocking(move || open_recovery(&answer.sealed.0, place, &recovery, &secret)).await?;
        let new = self.settle(&machine, opened.map_err(bundle_error)?, &password).await?;
        let codes = match self.register_again(&machine, &new, &password, &code).await {
            Ok(codes) => codes,
            Err(error) => {
                new.vault.close().await;
                return Err(error);
            }
        };
        let account = new.identity.account;
        self.add_tile(account, &new.people)?;
        let session = self.open_new(account, new.vault).await?;
        session.arrived().await;
        Ok(Enrolled { session, codes })
    }

    /// The same code once more: the server takes it after a recovery on this machine, so that nobody waits for the next one.
    async fn register_again(&self, machine: &Machine, new: &NewVault, password: &Password, code: &TotpCode) -> Result<RecoveryCodes> {
        let device = self.signer(new.identity.account)?;
        let who = Registrar { http: &machine.http, device: &device, secret: &machine.secret };
        let mut registration = Registration::begin(who, bundle_of(&new.identity)?, password, self.shared.recovery_cost).await?;
        let codes = registration.finish(who, code).await?;
        let version = registration.version();
        new.vault.write(move |vault| meta::store(vault, Meta::BundleVersion, version)).await?;
        Ok(codes)
    }
}
