//! How does a password, or a PIN, open a session? The attempt is counted first; then both halves and what was typed open the vault, or
//! nothing does.

use std::sync::Arc;
use std::time::Duration;

use sotto_crypto::Secret32;
use sotto_crypto::vault_key::Opener;
use sotto_protocol::{AccountId, ErrorCode, OrgId};
use sotto_store::anchor::{Anchor, Standing};
use sotto_store::home::KeyringItem;
use sotto_store::table::identity;
use sotto_store::{StoreError, Vault, VaultFile};

use super::unlock_key::{Halves, blocking, database_key, unwrap};
use super::{Workstation, share};
use crate::error::{Attempt as _, ClientError, Result};
use crate::session::{Session, open};
use crate::transport::Http;
use crate::view::Password;

/// How long the server may take to give the share where a cached one would do.
const SHARE_PATIENCE: Duration = Duration::from_secs(3);

const ATTEMPTED: &str = "try what was typed";

/// What a right password or PIN gives.
pub(crate) struct Unlocked {
    /// The vault's master key.
    pub vmk: Secret32,
    /// The server's half of what wraps it.
    pub share: Secret32,
    /// Whether that came from the server just now.
    pub fresh: bool,
}

impl Workstation {
    /// Opens a person's vault and begins their session.
    ///
    /// # Errors
    /// `not_enrolled`; `wiped` where the machine was; `throttled` with a time to wait; `wrong_password`; `vault_destroyed` after too many;
    /// `second_factor_needed` after too many wrong PINs, and the password was not tried: [`Self::sign_in_new`] does it; `lease_ended` if the
    /// server cannot be asked and no cached share is left; `device_revoked`, `account_revoked`; those of vault and keyring.
    pub async fn sign_in(&self, account: AccountId, password: &Password) -> Result<Session> {
        self.check_second_factor(account)?;
        let session = self.sign_in_with(account, Opener::Password, password).await?;
        if let Err(error) = self.restore_pin_tries(account) {
            tracing::warn!(%error, "the PIN's tries are not whole again");
        }
        Ok(session)
    }

    /// As [`Self::sign_in`], whether or not a second factor is due.
    pub(super) async fn sign_in_with(&self, account: AccountId, opener: Opener, typed: &Password) -> Result<Session> {
        let file = self.enrolled_file()?;
        if !file.tiles.iter().any(|tile| tile.account == account) {
            return Err(ClientError::new(ErrorCode::NotEnrolled, "find the person"));
        }
        let http = Http::new(&file.server, &file.ca_der.0, Arc::clone(&self.shared.clock))?;
        let Unlocked { vmk, share, fresh } = self.unlock(account, opener, typed, &http).await?;
        let folder = self.shared.home.account(account);
        let vault = blocking(move || Vault::open(&folder, &database_key(&vmk))).await?.attempting("open the vault")?;
        let (session, lease_s) = self.open_session(account, file.org, http, vault).await?;
        if fresh {
            self.renew_lease(account, &share, lease_s)?;
        }
        Ok(session)
    }

    /// The vault's master key, for the right password or PIN. The attempt is counted first.
    ///
    /// # Errors
    /// As [`Self::sign_in`] and [`Self::sign_in_pin`].
    pub(crate) async fn unlock(&self, account: AccountId, opener: Opener, typed: &Password, http: &Http) -> Result<Unlocked> {
        let folder = self.shared.home.account(account);
        let key_file = VaultFile::load(&folder, opener).map_err(|error| self.missing_key(account, opener, error))?;
        let (share, fresh) = self.find_share(account, http).await?;
        let halves = Halves { k_dev: self.half(account, opener)?, share: share.clone() };
        let attempts = self.attempts(account, opener);
        attempts.begin(self.shared.clock.wall_ms()).attempting(ATTEMPTED)?;
        let vmk = match unwrap(opener, typed.clone(), halves, key_file).await {
            Ok(vmk) => vmk,
            Err(error) if matches!(error.code, ErrorCode::WrongPassword | ErrorCode::WrongPin) => {
                let wait = attempts.fail().attempting(ATTEMPTED)?;
                return Err(ClientError { retry_after: (!wait.is_zero()).then_some(wait), ..error });
            }
            Err(error) => return Err(error),
        };
        attempts.succeed().attempting("reset the attempts")?;
        Ok(Unlocked { vmk, share, fresh })
    }

    /// Begins the session of a vault that was just made.
    pub(super) async fn open_new(&self, account: AccountId, vault: Vault) -> Result<Session> {
        let machine = self.machine()?;
        self.open_session(account, machine.file.org, machine.http, vault).await.map(|(session, _)| session)
    }

    /// Begins a session, or closes the vault.
    async fn open_session(&self, account: AccountId, org: OrgId, http: Http, vault: Vault) -> Result<(Session, u32)> {
        match self.begin_session(account, org, http, vault.clone()).await {
            Ok(begun) => Ok(begun),
            Err(error) => {
                vault.close().await;
                Err(error)
            }
        }
    }

    async fn begin_session(&self, account: AccountId, org: OrgId, http: Http, vault: Vault) -> Result<(Session, u32)> {
        let anchor = Anchor::new(self.shared.keyring.clone(), self.name_of(account, KeyringItem::Anchor));
        let standing = anchor.check(&vault).await.attempting("check the vault's age")?;
        let (who, factor) = vault.read(|vault| Ok((identity::load_required(vault)?, identity::load_totp_secret(vault)?))).await?;
        if factor.is_some() {
            // It was confirmed, or there would be no tile.
            vault.write(|vault| identity::store_totp_secret(vault, None)).await?;
        }
        if who.account != account || who.org != org {
            return Err(ClientError::new(ErrorCode::VaultCorrupt, "find the person in the vault"));
        }
        if self.shut_out(account).is_some() {
            // The server takes them again. Before the session hears anything newer.
            self.change_file(|file| file.tiles.iter_mut().filter(|tile| tile.account == account).for_each(|tile| tile.shut_out = None))?;
        }
        let (session, lease_s) = open(&who, self, vault, anchor, http, standing == Standing::RolledBack).await?;
        self.note_session(session.downgrade(account));
        self.change_file(|file| {
            file.locked = None;
            file.last_account = Some(account);
        })?;
        self.with_state(|state| state.locked = None);
        Ok((session, lease_s))
    }

    /// The share, and whether it came from the server; where that cannot be reached, the cached one within its lease.
    async fn find_share(&self, account: AccountId, http: &Http) -> Result<(Secret32, bool)> {
        let name = self.name_of(account, KeyringItem::Share);
        let cached = share::load_cached(&self.shared.keyring, &name)?;
        let signer = self.signer(account)?;
        let asking = share::fetch(http, &signer, account);
        let asked =
            if cached.is_some() { tokio::time::timeout(SHARE_PATIENCE, asking).await.unwrap_or(Err(share::ended())) } else { asking.await };
        match (asked, cached) {
            (Ok(share), _) => Ok((share, true)),
            // Shut out: what is cached must not open anything any more.
            (Err(error), _) if error.code.shuts_out() => {
                self.note_shut_out(account, error.code)?;
                Err(error)
            }
            (Err(_), Some(cached)) => Ok((cached.usable(self.shared.clock.wall_ms())?, false)),
            // Without the server nothing is known that is newer than what it said last.
            (Err(error), None) if error.is_transient() => Err(self.shut_out(account).unwrap_or_else(share::ended)),
            (Err(error), None) => Err(error),
        }
    }

    /// What the server said last of a person's device here, if that was that it is out.
    fn shut_out(&self, account: AccountId) -> Option<ClientError> {
        let file = self.file()?;
        let code = file.tiles.iter().find(|tile| tile.account == account)?.shut_out?;
        Some(ClientError::new(code, "open the vault without the server"))
    }

    /// Renews the cached share's lease: the server has just been heard.
    fn renew_lease(&self, account: AccountId, share: &Secret32, lease_s: u32) -> Result<()> {
        share::store_cached(&self.shared.keyring, &self.name_of(account, KeyringItem::Share), share, self.shared.clock.wall_ms(), lease_s)
    }

    /// A key file that is gone: destroyed after too many attempts, or lost.
    fn missing_key(&self, account: AccountId, opener: Opener, error: StoreError) -> ClientError {
        let had_one = self.attempts(account, opener).exist();
        match (error, opener) {
            (StoreError::Missing(_), Opener::Pin) => ClientError::new(ErrorCode::PinMissing, "find the PIN"),
            (StoreError::Missing(_), Opener::Password) if had_one => ClientError::new(ErrorCode::VaultDestroyed, "open the vault"),
            (error, _) => ClientError { attempted: "open the vault", ..error.into() },
        }
    }
}
