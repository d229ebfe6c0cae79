//! How does a person come to a workstation? With an invite: keys are made and kept before the server hears of them.

use std::path::Path;
use std::sync::Arc;

use sotto_crypto::invite::InviteCode;
use sotto_crypto::vault_key::VaultIds;
use sotto_crypto::{OsRandom, Secret32, SigningKey};
use sotto_protocol::api::{Base64, DirectoryVersion, FoundRequest};
use sotto_protocol::directory::Directory;
use sotto_protocol::key::VerifyKey;
use sotto_protocol::{AccountId, ErrorCode, GrantId, limits, verify};
use sotto_store::home::KeyringItem;
use sotto_store::table::identity::{self, Identity};
use sotto_store::table::meta::{self, Meta};
use sotto_store::table::statement;
use sotto_store::workstation_file::Tile;
use sotto_store::{Vault, VaultFile, WorkstationFile};
use tokio::sync::oneshot;

use super::pending::Pending;
use super::unlock_key::{Halves, blocking, calibrate_here, database_key, unwrap, wrap};
use super::{Workstation, share};
use crate::error::{Attempt as _, ClientError, Result};
use crate::session::People;
use crate::sync::directory::{self, Asker};
use crate::transport::Http;
use crate::view::Password;

/// The share of an enrolment that the server has not answered: the vault has nothing in it yet but keys.
const NO_SHARE: [u8; 32] = [0; 32];

/// What an enrolment is made of, before any key.
pub(super) struct Enrolment {
    pub code: InviteCode,
    pub password: Password,
    pub workstation_name: String,
    /// The founding statements and the founder's keys.
    pub founder: Option<Founder>,
}

/// What only the founder has.
pub(super) struct Founder {
    pub statements: Vec<Base64>,
    pub setup_code: String,
    pub root: SigningKey,
    pub admin: (GrantId, SigningKey),
}

impl Workstation {
    /// Uses an invite on this workstation: makes the account's keys, sets the password, makes the vault. A repeat after a crash or a lost
    /// answer, with the same password, completes what was begun. Runs to its end even if the caller stops waiting.
    ///
    /// # Errors
    /// `invite_malformed`, `invite_unknown`, `invite_used`, `invite_expired`, `already_enrolled`, `password_too_short`, `unknown_root`
    /// (also for an invite of another organisation), and those of server, keyring and disk.
    pub async fn enrol(&self, invite: &str, password: &Password, workstation_name: &str) -> Result<AccountId> {
        let code = InviteCode::parse(invite).map_err(|_| ClientError::new(ErrorCode::InviteMalformed, "read the invite"))?;
        let enrolment = Enrolment { code, password: password.clone(), workstation_name: workstation_name.to_owned(), founder: None };
        self.enrol_to_the_end(enrolment).await
    }

    /// Enrols in a task of its own: dropping the caller's future does not leave it half done.
    pub(super) async fn enrol_to_the_end(&self, enrolment: Enrolment) -> Result<AccountId> {
        let (workstation, (told, done)) = (self.clone(), oneshot::channel());
        tokio::spawn(async move {
            let done = workstation.enrol_now(enrolment).await;
            // Whoever hears the answer may be the last one to hold the workstation's folder.
            drop(workstation);
            let _ = told.send(done);
        });
        done.await.map_err(|_| ClientError::new(ErrorCode::Internal, "enrol"))?
    }

    async fn enrol_now(&self, enrolment: Enrolment) -> Result<AccountId> {
        check_password(&enrolment.password)?;
        let (account, org) = (enrolment.code.account, verify::org_id(&enrolment.code.root));
        if let Some(file) = self.file() {
            if file.org != org {
                return Err(ClientError::new(ErrorCode::UnknownRoot, "enrol for the organisation of this workstation"));
            }
            if file.tiles.iter().any(|tile| tile.account == account) && self.has_vault(account) {
                return Err(ClientError::new(ErrorCode::AlreadyEnrolled, "enrol"));
            }
        }
        let password = enrolment.password.clone();
        let setup_code = enrolment.founder.as_ref().map(|founder| founder.setup_code.clone());
        match Pending::load(&self.shared.home.account(account)) {
            // The server may have taken it: nothing is made anew before that is known.
            Some(pending) if !self.invite_is_unused(&enrolment.code).await? => self.resume(account, pending, password, None).await?,
            _ => {
                let (pending, vmk) = self.begin(&enrolment).await?;
                let first = self.push_first(&pending, setup_code).await;
                // Only here: what the server has taken makes these the account's keys, and no later failure may cost them.
                if first.as_ref().is_err_and(|error| is_final(error.code)) {
                    self.remove_account(account)?;
                }
                first?;
                self.finish(account, (pending, vmk), password).await?;
            }
        }
        Ok(account)
    }

    /// Completes an enrolment that was begun before. Whatever the server says to it, its keys are kept: they may be the account's.
    pub(super) async fn resume(&self, account: AccountId, pending: Pending, password: Password, setup_code: Option<String>) -> Result<()> {
        let vmk = self.reopen(account, &pending, &password).await?;
        self.push_first(&pending, setup_code).await?;
        self.finish(account, (pending, vmk), password).await
    }

    /// Whether the server would still take the invite.
    async fn invite_is_unused(&self, code: &InviteCode) -> Result<bool> {
        match self.check_invite(code).await {
            Ok(()) => Ok(true),
            Err(error) if error.code == ErrorCode::InviteUsed => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Reads the directory with the invite and verifies the whole chain from the root that the invite names.
    async fn check_invite(&self, code: &InviteCode) -> Result<()> {
        let http = Http::new(&code.server, &code.ca_der, Arc::clone(&self.shared.clock))?;
        let mut directory = Directory::new(code.root);
        directory::fetch(&http, Asker::Invite(code.invite), &mut directory, 0).await?;
        let refused = |code| ClientError::new(code, "use the invite");
        let (invite, used) = directory.invite(&code.invite).ok_or(refused(ErrorCode::InviteUnknown))?;
        let key = SigningKey::from_seed(code.seed.clone()).verify_key();
        if invite.account != code.account || invite.generation != code.generation || invite.invite_key != key {
            return Err(refused(ErrorCode::InviteUnknown));
        }
        if used {
            return Err(refused(ErrorCode::InviteUsed));
        }
        let now = self.shared.clock.wall_ms();
        if (invite.not_before.saturating_sub(limits::CLOCK_SKEW_MS)..=invite.not_after).contains(&now) {
            Ok(())
        } else {
            Err(refused(ErrorCode::InviteExpired))
        }
    }

    /// Makes and keeps everything that is needed to complete the enrolment later. The server hears of nothing yet.
    async fn begin(&self, enrolment: &Enrolment) -> Result<(Pending, Arc<Secret32>)> {
        if enrolment.founder.is_none() {
            self.check_invite(&enrolment.code).await?;
        }
        let account = enrolment.code.account;
        self.remove_account(account)?;
        let folder = self.shared.home.make_account(account).attempting("make the account's folder")?;
        let (pending, identity, device_key) = self.make_keys(enrolment);
        let k_dev = Secret32::generate(&mut OsRandom::new());
        let keyring = &self.shared.keyring;
        keyring.set(&self.name_of(account, KeyringItem::KDev), k_dev.as_bytes()).attempting("keep the vault's key")?;
        self.store_signer(account, pending.device, &device_key)?;
        self.attempts(account).create().attempting("begin to count attempts")?;
        let ids = VaultIds { org: pending.org, account, workstation: pending.workstation };
        let vmk = Arc::new(Secret32::generate(&mut OsRandom::new()));
        let halves = Halves { k_dev, share: Secret32::from_bytes(NO_SHARE) };
        let params = calibrate_here().await?;
        let file = wrap(enrolment.password.clone(), halves, ids, params, Arc::clone(&vmk), None).await?;
        file.store(&folder).attempting("keep the vault's key")?;
        make_vault(&folder, &vmk, identity).await?;
        pending.store(&folder)?;
        Ok((pending, vmk))
    }

    /// The master key of an enrolment that was begun before.
    async fn reopen(&self, account: AccountId, pending: &Pending, password: &Password) -> Result<Arc<Secret32>> {
        let file = VaultFile::load(&self.shared.home.account(account)).attempting("resume the enrolment")?;
        // Wrapped once: without the server's share. Wrapped twice: only the end was missing.
        let share = if file.binding.counter <= 1 {
            Secret32::from_bytes(NO_SHARE)
        } else {
            share::fetch(&pending_http(pending, self)?, &self.signer(account)?, account).await?
        };
        let halves = Halves { k_dev: self.k_dev(account)?, share };
        unwrap(password.clone(), halves, file).await.map(Arc::new)
    }

    /// The first request, of which alone a refusal is final: the founding where the organisation begins here, the enrolment elsewhere.
    async fn push_first(&self, pending: &Pending, setup_code: Option<String>) -> Result<()> {
        let http = pending_http(pending, self)?;
        let Some(statements) = pending.founding.clone() else { return push_enrolment(&http, pending).await };
        let request = FoundRequest { setup_code: setup_code.unwrap_or_default(), root: pending.root.clone(), statements };
        http.push_json::<DirectoryVersion>("/v1/org", None, &request).await.attempting("found the organisation").map(drop)
    }

    /// Tells the server what it has not heard yet, and completes the vault with its answers. Everything here may be repeated.
    async fn finish(&self, account: AccountId, (pending, vmk): (Pending, Arc<Secret32>), password: Password) -> Result<()> {
        let (http, signer) = (pending_http(&pending, self)?, self.signer(account)?);
        if pending.founding.is_some() {
            push_enrolment(&http, &pending).await?;
        }
        let share = share::fetch(&http, &signer, account).await?;
        let root = VerifyKey::try_from(pending.root.0.as_slice())
            .map_err(|_| ClientError::new(ErrorCode::VaultCorrupt, "resume the enrolment"))?;
        let mut directory = Directory::new(root);
        let statements = directory::fetch(&http, Asker::Device(&signer), &mut directory, 0).await?;
        let folder = self.shared.home.account(account);
        let (identity, people) = complete_vault(&folder, &vmk, directory, statements).await?;
        self.rewrap(account, &password, &vmk, &share, &identity).await?;
        let lease = people.directory.policy().map_or(0, |policy| policy.lease_s);
        let name = self.name_of(account, KeyringItem::Share);
        share::store_cached(&self.shared.keyring, &name, &share, self.shared.clock.wall_ms(), lease)?;
        self.add_tile(account, &pending, root, &people)?;
        Pending::remove(&folder)
    }

    /// Wraps the master key with the server's share in it; done already is fine.
    async fn rewrap(&self, account: AccountId, password: &Password, vmk: &Arc<Secret32>, share: &Secret32, who: &Identity) -> Result<()> {
        let folder = self.shared.home.account(account);
        let before = VaultFile::load(&folder)?;
        if before.binding.counter > 1 {
            return Ok(());
        }
        let ids = VaultIds { org: who.org, account, workstation: who.workstation };
        let halves = Halves { k_dev: self.k_dev(account)?, share: share.clone() };
        let params = before.binding.params;
        let file = wrap(password.clone(), halves, ids, params, Arc::clone(vmk), Some(before)).await?;
        Ok(file.store(&folder)?)
    }

    fn add_tile(&self, account: AccountId, pending: &Pending, root: VerifyKey, people: &People) -> Result<()> {
        let mut file = self.file().unwrap_or_else(|| {
            let (server, ca, name) = (pending.server.clone(), pending.ca_der.0.clone(), pending.workstation_name.clone());
            WorkstationFile::new(server, ca, root, pending.org, pending.workstation, name)
        });
        file.organisation = people.clinic().to_owned();
        file.tiles.retain(|tile| tile.account != account);
        file.tiles.push(Tile { account, name: people.name(&account), title: people.title(&account).to_owned() });
        file.last_account = Some(account);
        self.set_file(file)
    }
}

/// Whether the server's answer to a first request means that it has not taken the enrolment and never will.
const fn is_final(code: ErrorCode) -> bool {
    use ErrorCode as Code;
    matches!(code, Code::InviteUnknown | Code::InviteExpired | Code::InviteUsed | Code::Conflict | Code::NotPermitted | Code::Malformed)
}

/// A password that the policy takes.
pub(super) fn check_password(password: &Password) -> Result<()> {
    let refused = |code| Err(ClientError::new(code, "take the password"));
    match password.chars() {
        chars if chars < limits::PASSWORD_MIN_CHARS => refused(ErrorCode::PasswordTooShort),
        chars if chars > limits::PASSWORD_MAX_CHARS => refused(ErrorCode::TooLarge),
        _ => Ok(()),
    }
}

fn pending_http(pending: &Pending, workstation: &Workstation) -> Result<Http> {
    Http::new(&pending.server, &pending.ca_der.0, Arc::clone(&workstation.shared.clock))
}

async fn push_enrolment(http: &Http, pending: &Pending) -> Result<()> {
    http.push_json::<DirectoryVersion>("/v1/enrol", None, &pending.request).await.attempting("enrol").map(drop)
}

async fn make_vault(folder: &Path, vmk: &Arc<Secret32>, identity: Identity) -> Result<()> {
    let (folder, vmk) = (folder.to_owned(), Arc::clone(vmk));
    let vault = blocking(move || Vault::create(&folder, &database_key(&vmk))).await?.attempting("make the vault")?;
    let stored = vault.write(move |vault| identity::store(vault, &identity)).await;
    vault.close().await;
    Ok(stored?)
}

/// Puts the verified directory into the vault.
async fn complete_vault(folder: &Path, vmk: &Arc<Secret32>, directory: Directory, statements: Vec<Vec<u8>>) -> Result<(Identity, People)> {
    let (folder, vmk) = (folder.to_owned(), Arc::clone(vmk));
    let vault = blocking(move || Vault::open(&folder, &database_key(&vmk))).await?.attempting("open the new vault")?;
    let version = statements.len() as u64;
    let stored = vault
        .write(move |vault| {
            statement::append(vault, 0, &statements)?;
            meta::store(vault, Meta::DirectoryVersion, version)?;
            identity::load_required(vault)
        })
        .await;
    vault.close().await;
    let identity = stored?;
    let ours = directory.account(&identity.account).and_then(|account| account.generation(identity.generation));
    if ours.is_none_or(|cert| cert.signing_key != SigningKey::from_seed(identity.signing_seed.clone()).verify_key()) {
        return Err(ClientError::new(ErrorCode::UnknownRoot, "find the new account in the directory"));
    }
    let people = People::new(directory, version, &identity.directory_key);
    Ok((identity, people))
}
