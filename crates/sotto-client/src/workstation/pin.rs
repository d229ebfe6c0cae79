//! What does a PIN do on a workstation? It opens the vault that is here, five guesses at a time; then password and second factor are due.

use std::sync::Arc;

use super::Workstation;
use super::sign_in::Unlocked;
use super::unlock_key::{Halves, wrap};
use crate::error::{Attempt as _, Result};
use crate::pin::check_digits;
use crate::session::Session;
use crate::view::{AppEvent, Password};
use sotto_crypto::vault_key::Opener;
use sotto_crypto::{OsRandom, Secret32};
use sotto_protocol::AccountId;
use sotto_store::home::KeyringItem;
use sotto_store::{VaultFile, vault_key_file};

impl Workstation {
    /// Opens a person's vault with the PIN they set here, and begins their session.
    ///
    /// # Errors
    /// `pin_malformed` for what can be none, and nothing was counted; `pin_missing` where none is set; `wrong_pin`, after which
    /// [`crate::view::TileView`] says how many tries are left; `second_factor_needed` after the last; the others of [`Self::sign_in`].
    pub async fn sign_in_pin(&self, account: AccountId, pin: &Password) -> Result<Session> {
        check_digits(pin)?;
        self.check_second_factor(account)?;
        let signed_in = self.sign_in_with(account, Opener::Pin, pin).await;
        if signed_in.is_err() {
            // The tile says how many tries are left.
            let _ = self.shared.events.send(AppEvent::WorkstationChanged);
        }
        signed_in
    }

    /// Opens the vault with the password after the server saw password and code: from here on PIN and password count anew.
    pub(super) async fn sign_in_proven(&self, account: AccountId, password: &Password) -> Result<Session> {
        let session = self.sign_in_with(account, Opener::Password, password).await?;
        let attempts = self.attempts(account, Opener::Pin);
        if attempts.check().is_err() {
            attempts.create().attempting("begin to count attempts")?;
            let _ = self.shared.events.send(AppEvent::WorkstationChanged);
        }
        Ok(session)
    }

    /// Whether the password alone may open.
    ///
    /// # Errors
    /// `second_factor_needed`, and the PIN's key is destroyed; those of disk and keyring.
    pub(crate) fn check_second_factor(&self, account: AccountId) -> Result<()> {
        if self.has_vault(account) { self.attempts(account, Opener::Pin).check().attempting("open the vault by password") } else { Ok(()) }
    }

    /// Wraps the master key once more, under a PIN. A crash in between leaves none.
    pub(crate) async fn wrap_pin(&self, account: AccountId, pin: &Password, unlocked: Unlocked) -> Result<()> {
        self.forget_pin(account)?;
        let folder = self.shared.home.account(account);
        let of_password = VaultFile::load(&folder, Opener::Password)?.binding;
        let k_pin = Secret32::generate(&mut OsRandom::new());
        self.shared.keyring.set(&self.name_of(account, KeyringItem::KPin), k_pin.as_bytes()).attempting("keep the PIN's key")?;
        let halves = Halves { k_dev: self.half(account, Opener::Pin)?, share: unlocked.share };
        let vmk = Arc::new(unlocked.vmk);
        let file = wrap(Opener::Pin, pin.clone(), halves, of_password.ids, of_password.params, vmk, None).await?;
        self.attempts(account, Opener::Pin).succeed().attempting("begin to count attempts")?;
        file.store(&folder, Opener::Pin)?;
        let _ = self.shared.events.send(AppEvent::WorkstationChanged);
        Ok(())
    }

    /// Destroys the PIN's key; none is fine. An older file that is put back opens nothing: its half is gone from the keyring.
    pub(crate) fn forget_pin(&self, account: AccountId) -> Result<()> {
        vault_key_file::destroy(&self.shared.home.account(account), Opener::Pin)?;
        self.shared.keyring.delete(&self.name_of(account, KeyringItem::KPin))?;
        let _ = self.shared.events.send(AppEvent::WorkstationChanged);
        Ok(())
    }

    /// The right password was typed: the tries of a PIN are whole again.
    pub(super) fn restore_pin_tries(&self, account: AccountId) -> Result<()> {
        let attempts = self.attempts(account, Opener::Pin);
        if attempts.remaining() < sotto_store::attempts::PIN_LIMIT { Ok(attempts.succeed()?) } else { Ok(()) }
    }

    /// How many tries the PIN has left here, if there is one.
    pub(crate) fn pin_tries_left(&self, account: AccountId) -> Option<u32> {
        let is_there = vault_key_file::exists(&self.shared.home.account(account), Opener::Pin);
        let left = self.attempts(account, Opener::Pin).remaining();
        (is_there && left > 0).then_some(left)
    }

    pub(super) fn is_second_factor_due(&self, account: AccountId) -> bool {
        self.has_vault(account) && self.attempts(account, Opener::Pin).remaining() == 0
    }
}
