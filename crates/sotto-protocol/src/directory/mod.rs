//! Who is who: folds signed statements into accounts, devices, workstations, policy and revocations, and refuses what does not chain to
//! the root.

mod admin;
mod check;
mod command;
mod custody;
mod device_end;
mod error;
mod head;
mod incident;
mod role;
mod rules;
mod workstation;

use std::collections::{HashMap, HashSet};

pub use command::IssuedCommand;
pub use custody::CustodyChange;
pub use error::StatementError;
pub use head::{DIRECTORY_LABEL, DirectoryHead};
pub use incident::{IncidentEnd, ReportedIncident};
pub use rules::{Rule, RuleSource, Rules};

use self::admin::Admins;
use self::command::Commands;
use self::custody::Custodies;
use self::head::Heads;
use self::incident::Incidents;
use self::role::Roles;
use self::rules::Groups;
use self::workstation::Workstations;
use crate::key::{SealingKey, VerifyKey};
use crate::statement::{AccountCert, DeviceCert, Invite, Policy, Revocations, Signed, Statement, WorkstationCert, WorkstationToken};
use crate::{AccountId, DeviceId, InviteId, OrgId, TokenId, WorkstationId, verify};

/// An account as the chain knows it.
#[derive(Debug, Clone)]
pub struct Account {
    /// The sealed profile of the newest invite.
    pub profile: Vec<u8>,
    /// The certificates by generation, rising; the last one is current.
    pub certs: Vec<AccountCert>,
}

impl Account {
    /// The current certificate.
    #[must_use]
    pub fn current(&self) -> Option<&AccountCert> {
        self.certs.last()
    }

    /// The certificate of a generation, also a past one: old entries are checked with it.
    #[must_use]
    pub fn generation(&self, generation: u32) -> Option<&AccountCert> {
        self.certs.iter().find(|cert| cert.generation == generation)
    }
}

/// The verified state of an organisation after some number of statements.
#[derive(Debug, Clone)]
pub struct Directory {
    org: OrgId,
    root: VerifyKey,
    admins: Admins,
    invites: HashMap<InviteId, Invite>,
    used: HashSet<InviteId>,
    accounts: HashMap<AccountId, Account>,
    devices: HashMap<DeviceId, DeviceCert>,
    devices_since: HashMap<DeviceId, u64>,
    devices_ended: HashSet<DeviceId>,
    workstations: Workstations,
    roles: Roles,
    groups: Groups,
    commands: Commands,
    custodies: Custodies,
    incidents: Incidents,
    policy: Option<Policy>,
    revocations: Option<Revocations>,
    heads: Heads,
}

impl Directory {
    /// An empty directory under a pinned root.
    #[must_use]
    pub fn new(root: VerifyKey) -> Self {
        Self {
            org: verify::org_id(&root),
            root,
            admins: Admins::default(),
            invites: HashMap::new(),
            used: HashSet::new(),
            accounts: HashMap::new(),
            devices: HashMap::new(),
            devices_since: HashMap::new(),
            devices_ended: HashSet::new(),
            workstations: Workstations::default(),
            roles: Roles::default(),
            groups: Groups::default(),
            commands: Commands::default(),
            custodies: Custodies::default(),
            incidents: Incidents::default(),
            policy: None,
            revocations: None,
            heads: Heads::default(),
        }
    }

    /// The organisation.
    #[must_use]
    pub const fn org(&self) -> OrgId {
        self.org
    }

    /// The pinned root.
    #[must_use]
    pub const fn root(&self) -> &VerifyKey {
        &self.root
    }

    /// How many statements were taken in, and the hash over them.
    #[must_use]
    pub fn head(&self) -> DirectoryHead {
        self.heads.last()
    }

    /// What [`Self::head`] was after that many statements; `None` where there were never as many.
    #[must_use]
    pub fn head_at(&self, version: u64) -> Option<DirectoryHead> {
        self.heads.at(version)
    }

    /// The policy with the highest version.
    #[must_use]
    pub const fn policy(&self) -> Option<&Policy> {
        self.policy.as_ref()
    }

    /// The revocations with the highest version.
    #[must_use]
    pub const fn revocations(&self) -> Option<&Revocations> {
        self.revocations.as_ref()
    }

    /// An account that has at least one certificate.
    #[must_use]
    pub fn account(&self, account: &AccountId) -> Option<&Account> {
        self.accounts.get(account)
    }

    /// All accounts, in no order.
    pub fn accounts(&self) -> impl Iterator<Item = (&AccountId, &Account)> {
        self.accounts.iter()
    }

    /// A device's certificate, also of a revoked one.
    #[must_use]
    pub fn device(&self, device: &DeviceId) -> Option<&DeviceCert> {
        self.devices.get(device)
    }

    /// How many statements there were once the device's certificate was in: which of two devices came later, whatever the clocks of
    /// those who signed say.
    #[must_use]
    pub fn device_since(&self, device: &DeviceId) -> Option<u64> {
        self.devices_since.get(device).copied()
    }

    /// All devices' certificates, in no order.
    pub fn devices(&self) -> impl Iterator<Item = &DeviceCert> {
        self.devices.values()
    }

    /// An invite, and whether it was used.
    #[must_use]
    pub fn invite(&self, invite: &InviteId) -> Option<(&Invite, bool)> {
        self.invites.get(invite).map(|i| (i, self.used.contains(invite)))
    }

    /// All invites, each with whether it was used, in no order.
    pub fn invites(&self) -> impl Iterator<Item = (&Invite, bool)> {
        self.invites.values().map(|invite| (invite, self.used.contains(&invite.invite)))
    }

    /// A machine's certificate, also of a revoked one.
    #[must_use]
    pub fn workstation(&self, workstation: &WorkstationId) -> Option<&WorkstationCert> {
        self.workstations.cert(workstation)
    }

    /// All machines' certificates, in no order.
    pub fn workstations(&self) -> impl Iterator<Item = &WorkstationCert> {
        self.workstations.certs()
    }

    /// A workstation token, and whether it was used.
    #[must_use]
    pub fn token(&self, token: &TokenId) -> Option<(&WorkstationToken, bool)> {
        self.workstations.token(token)
    }

    /// All workstation tokens, each with whether it was used, in no order.
    pub fn tokens(&self) -> impl Iterator<Item = (&WorkstationToken, bool)> {
        self.workstations.tokens()
    }

    /// Whether a token was withdrawn: its id stands among the revoked workstations, so that what nobody used yet can be shut out too.
    #[must_use]
    pub fn token_withdrawn(&self, token: &TokenId) -> bool {
        self.workstation_revoked(&WorkstationId::from_bytes(*token.as_bytes()))
    }

    /// Whether this generation of the account is out: revoked, or replaced by a newer one, as after everything of it was lost.
    #[must_use]
    pub fn account_revoked(&self, account: &AccountId, generation: u32) -> bool {
        let replaced = self.accounts.get(account).and_then(Account::current).is_some_and(|cert| generation < cert.generation);
        let Some(list) = &self.revocations else { return replaced };
        replaced || list.accounts.iter().any(|(a, highest)| a == account && generation <= *highest)
    }

    /// Whether the machine is out: revoked, or told to wipe itself.
    #[must_use]
    pub fn workstation_revoked(&self, workstation: &WorkstationId) -> bool {
        let listed = self.revocations.as_ref().is_some_and(|list| list.workstations.contains(workstation));
        listed || self.commands.is_workstation_wiped(workstation)
    }

    /// Whether the device is out: revoked, ended by its own person or wiped, or the account generation under it or the machine it is on is out.
    #[must_use]
    pub fn device_revoked(&self, device: &DeviceCert) -> bool {
        let listed = self.revocations.as_ref().is_some_and(|list| list.devices.contains(&device.device));
        let listed = listed || self.devices_ended.contains(&device.device) || self.commands.is_wiped(&device.device);
        listed || self.workstation_revoked(&device.workstation) || self.account_revoked(&device.account, device.generation)
    }

    /// The sealing key that a new epoch uses for an account: `None` if unknown or revoked.
    #[must_use]
    pub fn sealing_key(&self, account: &AccountId) -> Option<(u32, &SealingKey)> {
        let cert = self.accounts.get(account)?.current()?;
        (!self.account_revoked(account, cert.generation)).then_some((cert.generation, &cert.sealing_key))
    }

    /// Checks a statement against the chain and takes it in; on an error nothing changes.
    ///
    /// # Errors
    /// The reason why it is refused.
    pub fn apply(&mut self, signed: &Signed) -> Result<Statement, StatementError> {
        let statement = self.check(signed)?;
        match statement.clone() {
            Statement::AdminGrant(s) => self.admins.insert_grant(s),
            Statement::Invite(s) => drop(self.invites.insert(s.invite, s)),
            Statement::AccountCert(s) => self.insert_account(s),
            Statement::DeviceCert(s) => self.insert_device(s),
            Statement::Policy(s) => self.policy = Some(s),
            Statement::Revocations(s) => self.revocations = Some(s),
            Statement::WorkstationToken(s) => self.workstations.insert_token(s),
            Statement::WorkstationCert(s) => self.workstations.insert_cert(s),
            Statement::RoleGrant(s) => self.roles.insert(s),
            Statement::AdminRequest(s) => self.admins.insert_request(s),
            Statement::DeviceEnd(s) => self.devices_ended.extend(s.devices),
            Statement::GroupPolicy(s) => self.groups.insert(s),
            Statement::Command(s) => self.insert_command(&signed.signer, s),
            Statement::Approval(s) => self.insert_approval(&signed.signer, &s),
            Statement::Receipt(s) => self.insert_receipt(s),
            Statement::Custody(s) => self.insert_custody(&signed.signer, s),
            Statement::Incident(s) => self.insert_incident(&signed.signer, s),
            Statement::IncidentClosed(s) => self.insert_incident_closed(&signed.signer, s),
        }
        self.heads.push(signed);
        Ok(statement)
    }

    fn insert_device(&mut self, cert: DeviceCert) {
        self.devices_since.insert(cert.device, self.head().0 + 1);
        self.devices.insert(cert.device, cert);
    }

    fn insert_account(&mut self, cert: AccountCert) {
        let profile = self.invites.get(&cert.invite).map(|i| i.profile.to_vec()).unwrap_or_default();
        self.used.insert(cert.invite);
        let account = self.accounts.entry(cert.account).or_insert_with(|| Account { profile: Vec::new(), certs: Vec::new() });
        account.profile = profile;
        account.certs.push(cert);
    }
}
