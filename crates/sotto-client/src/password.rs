//! How is a password changed? On the server first, where it is needed to sign in elsewhere, then around this vault's key.

use std::sync::Arc;

use sotto_crypto::bundle::{AccountBundle, GenerationKeys};
use sotto_crypto::vault_key::{Opener, VaultIds};
use sotto_store::table::meta::{self, Meta};

use crate::error::Result;
use crate::session::{Core, Replacement, Session};
use crate::view::{Password, RecoveryCodes};
use crate::workstation::credential::parse_code;
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
        let (workstation, vault) = (core.workstation.clone(), core.vault.clone());
        let ids = VaultIds { org: core.org, account: core.account, workstation: core.machine };
        let opened = call.run(workstation.unlock(ids.account, Opener::Password, old, &core.http)).await?;
        let Unlocked { vmk, share, .. } = opened;
        let replacement = Replacement::make(&call, bundle_of(core), new).await?;
        drop(call);
        let new = new.clone();
        let keep = async move |version| {
            // A PIN stands for the password it was set with.
            workstation.forget_pin(ids.account)?;
            workstation.rewrap(ids, &new, &Arc::new(vmk), &share).await?;
            // Only what this vault knows of it: a vault that was locked meanwhile learns it at the next change.
            vault.write(move |vault| meta::store(vault, Meta::BundleVersion, version)).await.ok();
            Ok(())
        };
        replacement.push(code, keep).await
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
