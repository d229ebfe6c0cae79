//! How does an account get its vault on this machine? Made with its keys before the server hears of it, completed with the server's share.

use std::path::Path;
use std::sync::Arc;

use sotto_crypto::vault_key::{Opener, VaultIds};
use sotto_crypto::{OsRandom, Secret32, SigningKey};
use sotto_protocol::directory::Directory;
use sotto_protocol::{AccountId, ErrorCode};
use sotto_store::home::KeyringItem;
use sotto_store::table::identity::{self, Identity};
use sotto_store::table::meta::{self, Meta};
use sotto_store::table::statement;
use sotto_store::workstation_file::Tile;
use sotto_store::{StoreError, Vault, VaultFile, WorkstationFile};

use super::unlock_key::{Halves, blocking, calibrate_here, database_key, unwrap, wrap};
use super::{Workstation, share};
use crate::error::{Attempt as _, ClientError, Result};
use crate::session::People;
use crate::sync::directory::{self, Asker};
use crate::transport::Http;
use crate::view::Password;

/// The share of a vault whose device the server has not answered yet: there is nothing in it but keys.
const NO_SHARE: [u8; 32] = [0; 32];

/// A complete vault, open, and who its person is.
pub(super) struct NewVault {
    pub vault: Vault,
    pub vmk: Arc<Secret32>,
    pub identity: Identity,
    pub people: People,
}

impl Workstation {
    /// Makes the vault with the account's keys, and keeps the device's key. The server hears of nothing. Until [`Self::complete_account`] only
    /// the key that this gives opens it.
    pub(super) async fn make_account(&self, identity: Identity, device_key: &SigningKey) -> Result<Arc<Secret32>> {
        let account = identity.account;
        self.remove_account(account)?;
        let folder = self.shared.home.make_account(account).attempting("make the account's folder")?;
        let k_dev = Secret32::generate(&mut OsRandom::new());
        let keyring = &self.shared.keyring;
        keyring.set(&self.name_of(account, KeyringItem::KDev), k_dev.as_bytes()).attempting("keep the vault's key")?;
        self.store_signer(account, identity.device, device_key)?;
        for opener in [Opener::Password, Opener::Pin] {
            self.attempts(account, opener).create().attempting("begin to count attempts")?;
        }
        let vmk = Arc::new(Secret32::generate(&mut OsRandom::new()));
        make_vault(&folder, &vmk, identity).await?;
        Ok(vmk)
    }

    /// Keeps the key of a vault that is not complete, so that [`Self::reopen_account`] goes on with it.
    pub(super) async fn suspend_account(&self, ids: VaultIds, password: &Password, vmk: &Arc<Secret32>) -> Result<()> {
        self.wrap(ids, password, vmk, Secret32::from_bytes(NO_SHARE), None).await
    }

    /// The master key of a vault that was made before and not completed.
    pub(super) async fn reopen_account(&self, account: AccountId, http: &Http, password: &Password) -> Result<Arc<Secret32>> {
        let file = VaultFile::load(&self.shared.home.account(account), Opener::Password).attempting("resume the enrolment")?;
        // Wrapped once: without the server's share. Wrapped twice: only the end was missing.
        let share = if file.binding.counter <= 1 {
            Secret32::from_bytes(NO_SHARE)
        } else {
            share::fetch(http, &self.signer(account)?, account).await?
        };
        let halves = Halves { k_dev: self.k_dev(account)?, share };
        unwrap(Opener::Password, password.clone(), halves, file).await.map(Arc::new)
    }

    /// Completes the vault of a device that the server knows: the directory in it, the server's share around its key. Gives it open.
    /// May be repeated, also with another password.
    pub(super) async fn complete_account(
        &self,
        account: AccountId,
        http: &Http,
        vmk: Arc<Secret32>,
        password: &Password,
    ) -> Result<NewVault> {
        let signer = self.signer(account)?;
        let share = share::fetch(http, &signer, account).await?;
        let folder = self.shared.home.account(account);
        let (opening, key) = (folder.clone(), Arc::clone(&vmk));
        let vault = blocking(move || Vault::open(&opening, &database_key(&key))).await?.attempting("open the new vault")?;
        let completed = async {
            let who = vault.read(identity::load_required).await?;
            let mut directory = Directory::new(who.root);
            let statements = directory::fetch(http, Asker::Device(&signer), &mut directory).await?;
            check_certified(&directory, &who)?;
            let people = store_directory(&vault, directory, statements, &who).await?;
            let ids = VaultIds { org: who.org, account, workstation: who.workstation };
            self.wrap(ids, password, &vmk, share.clone(), load_suspended(&folder)?).await?;
            let lease = self.rules_here(&people.directory, &who.workstation).map_or(0, |rules| rules.lease_s.value);
            let name = self.name_of(account, KeyringItem::Share);
            share::store_cached(&self.shared.keyring, &name, &share, self.shared.clock.wall_ms(), lease)?;
            Ok((who, people))
        };
        match completed.await {
            Ok((identity, people)) => Ok(NewVault { vault, vmk, identity, people }),
            Err(error) => {
                vault.close().await;
                Err(error)
            }
        }
    }

    /// Wraps the master key under this password with the server's share in it.
    pub(crate) async fn rewrap(&self, ids: VaultIds, password: &Password, vmk: &Arc<Secret32>, share: &Secret32) -> Result<()> {
        let before = VaultFile::load(&self.shared.home.account(ids.account), Opener::Password)?;
        self.wrap(ids, password, vmk, share.clone(), Some(before)).await
    }

    /// In place of what it was wrapped in `before`; the first time with what this machine can bear.
    async fn wrap(
        &self,
        ids: VaultIds,
        password: &Password,
        vmk: &Arc<Secret32>,
        share: Secret32,
        before: Option<VaultFile>,
    ) -> Result<()> {
        let halves = Halves { k_dev: self.k_dev(ids.account)?, share };
        let params = match &before {
            Some(before) => before.binding.params,
            None => calibrate_here().await?,
        };
        let file = wrap(Opener::Password, password.clone(), halves, ids, params, Arc::clone(vmk), before).await?;
        file.store(&self.shared.home.account(ids.account), Opener::Password).attempting("keep the vault's key")
    }

    /// Shows the person's tile: from here on the password alone opens the vault.
    pub(super) fn add_tile(&self, account: AccountId, people: &People) -> Result<()> {
        self.change_file(|file| {
            take_names(file, people);
            file.tiles.retain(|tile| tile.account != account);
            file.tiles.push(Tile { account, name: people.name(&account), title: people.title(&account).to_owned(), shut_out: None });
            file.last_account = Some(account);
        })
    }
}

/// Takes over the names that the sign-in window shows.
pub(super) fn take_names(file: &mut WorkstationFile, people: &People) {
    people.clinic().clone_into(&mut file.organisation);
    if let Some(profile) = people.machine(&file.workstation) {
        profile.name.clone_into(&mut file.name);
    }
}

/// How the key of a vault that is not complete was kept, if it was.
fn load_suspended(folder: &Path) -> Result<Option<VaultFile>> {
    match VaultFile::load(folder, Opener::Password) {
        Err(StoreError::Missing(_)) => Ok(None),
        loaded => Ok(Some(loaded?)),
    }
}

async fn make_vault(folder: &Path, vmk: &Arc<Secret32>, identity: Identity) -> Result<()> {
    let (folder, vmk) = (folder.to_owned(), Arc::clone(vmk));
    let vault = blocking(move || Vault::create(&folder, &database_key(&vmk))).await?.attempting("make the vault")?;
    let stored = vault.write(move |vault| identity::store(vault, &identity)).await;
    vault.close().await;
    Ok(stored?)
}

/// Whether the directory certifies the keys that are in the vault.
fn check_certified(directory: &Directory, who: &Identity) -> Result<()> {
    let ours = directory.account(&who.account).and_then(|account| account.generation(who.generation));
    let key = SigningKey::from_seed(who.signing_seed.clone()).verify_key();
    match ours {
        Some(cert) if cert.signing_key == key => Ok(()),
        _ => Err(ClientError::new(ErrorCode::UnknownRoot, "find the account in the directory")),
    }
}

/// Whether the person had a device before this one.
fn has_devices(directory: &Directory, who: &Identity) -> bool {
    directory.devices().any(|device| device.account == who.account && device.device != who.device)
}

/// Puts the verified directory into the vault.
async fn store_directory(vault: &Vault, directory: Directory, statements: Vec<Vec<u8>>, who: &Identity) -> Result<People> {
    let returns = who.generation > 1 || has_devices(&directory, who);
    let stored = vault.write(move |vault| {
        statement::append(vault, 0, &statements)?;
        // Who was here before has threads: the newest of each first, instead of the log from its beginning.
        meta::store(vault, Meta::Arriving, u64::from(returns))
    });
    stored.await?;
    Ok(People::new(directory, &who.directory_key))
}
