//! How is a password changed? On the server first, where it is needed to sign in elsewhere, then around this vault's key.

use std::sync::Arc;

use sotto_crypto::bundle::{AccountBundle, GenerationKeys};
use sotto_crypto::vault_key::{Opener, VaultIds};
use sotto_protocol::ErrorCode;
use sotto_store::table::meta::{self, Meta};
use tokio::sync::oneshot;

use crate::error::{ClientError, Result};
use crate::session::{Core, Session};
use crate::view::{Password, RecoveryCodes};
use crate::workstation::credential::{Registrar, Registration, parse_code};
use crate::workstation::new_password::check_password;
use crate::workstation::sign_in::Unlocked;

impl Session {
    /// Changes the password, everywhere, and removes the PIN here. Gives new recovery codes: the old ones are over. If it is interrupted after the server took it,
    /// this vault opens with the old password still; the same call again ends it.
    ///
    /// # Errors
    /// `locked`; `wrong_password` and `throttled` for the old one, `password_too_short` and `password_guessable` for the new one; `wrong_code`; those of the server.
    pub async fn change_password(&self, old: &Password, new: &Password, code: &str) -> Result<RecoveryCodes> {
        let code = parse_code(code)?;
        let call = self.enter()?;
        let core = call.core();
        check_password(new, &[core.login.as_str()])?;
        let (workstation, http, device) = (core.workstation.clone(), core.http.clone(), core.signer.clone());
        let ids = VaultIds { org: core.org, account: core.account, workstation: core.machine };
        let begun = async {
            let Unlocked { vmk, share, .. } = workstation.unlock(ids.account, Opener::Password, old, &http).await?;
            let machine = workstation.machine()?;
            let who = Registrar { http: &http, device: &device, secret: &machine.secret };
            let registration = Registration::begin(who, bundle_of(core), new, workstation.recovery_cost()).await?;
            Ok((registration, Arc::new(vmk), share, machine.secret))
        };
        let (mut registration, vmk, share, secret) = call.run(begun).await?;
        let (vault, new) = (core.vault.clone(), new.clone());
        // From here on to the end, also if the session is locked or the caller stops waiting.
        drop(call);
        let (told, done) = oneshot::channel();
        tokio::spawn(async move {
            let ended = async {
                let who = Registrar { http: &http, device: &device, secret: &secret };
                let codes = registration.finish(who, &code).await?;
                // A PIN stands for the password it was set with.
                workstation.forget_pin(ids.account)?;
                workstation.rewrap(ids, &new, &vmk, &share).await?;
                let version = registration.version();
                // Only what this vault knows of it: a vault that was locked meanwhile learns it at the next change.
                vault.write(move |vault| meta::store(vault, Meta::BundleVersion, version)).await.ok();
                Ok(codes)
            };
            let _ = told.send(ended.await);
        });
        done.await.map_err(|_| ClientError::new(ErrorCode::Internal, "change the password"))?
    }
}

/// The account's keys as another machine needs them.
pub(crate) fn bundle_of(core: &Core) -> AccountBundle {
    let pairs = core.keys.pairs.iter().filter(|(generation, _)| *generation == core.generation);
    let keys = pairs.map(|(generation, pair)| GenerationKeys {
        generation: *generation,
        signing: core.keys.signing.clone(),
        sealing: pair.clone(),
    });
    AccountBundle {
        org: core.org,
        account: core.account,
        login: core.login.clone(),
        keys: keys.collect(),
        directory_key: core.keys.directory.clone(),
        admin: core.admin(),
    }
}
