//! How the directory changes: a statement is checked, then stored, then taken in; nobody sees one that is not stored.

use sotto_protocol::key::VerifyKey;
use sotto_protocol::limits::{PROFILE_BYTES, STATEMENT_BYTES};
use sotto_protocol::statement::{Action, Command, DeviceCert, Revocations, Signed, Signer, Statement};
use sotto_protocol::{AccountId, DeviceId, ErrorCode, cbor};

use super::Change;
use super::task::Committer;
use crate::error::Result;
use crate::limits::STATEMENT_AGE_MS;
use crate::organisation::Organisation;
use crate::store::{DirectoryChange, Store, StoredOrg};

impl Committer {
    /// Makes a change and returns the directory's version after it. A repeat gets what the first one got.
    ///
    /// # Errors
    /// Why the chain refuses it, or that of the store; then nothing changed.
    pub(super) async fn change(&self, change: Change) -> Result<u64> {
        match change {
            Change::Found(root, statements) => self.found(root, statements).await,
            Change::AdmitWorkstation(cert) => self.admit_workstation(cert).await,
            Change::Enrol(workstation, account_cert, device_cert) => self.enrol(workstation, account_cert, device_cert).await,
            Change::AdmitDevice(workstation, cert) => self.admit_device(workstation, cert).await,
            Change::Accept(bringer, statement) => self.accept(Some(bringer), statement, check_form).await,
            Change::Receipt(statement) => self.accept(None, statement, check_receipt).await,
        }
    }

    async fn found(&self, root: VerifyKey, statements: Vec<Vec<u8>>) -> Result<u64> {
        if let Some(present) = self.organisation.read().as_ref() {
            let same = *present.directory().root() == root;
            return if same { Ok(present.version()) } else { Err(ErrorCode::Conflict.into()) };
        }
        for bytes in &statements {
            check_founding(&parse(bytes)?)?;
        }
        let stored = StoredOrg { root, statements };
        let founded = Organisation::fold(&stored).map_err(|error| error.code())?;
        let directory = founded.directory();
        // Without a machine nobody could ever enrol: every later machine is let in through a device.
        if directory.policy().is_none() || directory.workstations().next().is_none() {
            return Err(ErrorCode::Malformed.into());
        }
        self.store.store_org(root, stored.statements).await?;
        Ok(self.replace(founded))
    }

    async fn accept(&self, bringer: Option<AccountId>, bytes: Vec<u8>, check_form: fn(&Signed) -> Result<Statement>) -> Result<u64> {
        let signed = parse(&bytes)?;
        let statement = check_form(&signed)?;
        check_age(&signed.signer, &statement, self.clock.now_ms())?;
        check_bringer(bringer, &statement)?;
        let mut next = {
            let present = self.organisation.read();
            let present = present.as_ref().ok_or(ErrorCode::NotEnrolled)?;
            if let Some(seq) = present.seq_of(&bytes) {
                return Ok(seq);
            }
            present.directory().check(&signed).map_err(|error| error.assertion_code())?;
            present.clone()
        };
        let mut change = DirectoryChange { expected: next.version(), ..DirectoryChange::default() };
        next.apply(&signed, &bytes).map_err(|error| error.assertion_code())?;
        if let Statement::Revocations(list) = &statement {
            change.destroyed = revoked_devices(&next, list);
            change.closed = revoked_accounts(&next, list);
            tracing::info!(accounts = list.accounts.len(), devices = list.devices.len(), workstations = list.workstations.len(), "revoked");
        }
        if let Statement::DeviceEnd(end) = &statement {
            change.destroyed.clone_from(&end.devices);
            tracing::info!(devices = end.devices.len(), "ended by their own person");
        }
        change.destroyed.extend(wiped_devices(&next, &statement));
        change.statements.push(bytes);
        let destroyed = change.destroyed.clone();
        self.store.store_change(change).await?;
        let version = self.replace(next);
        self.end_feeds(&destroyed);
        if let Statement::RoleGrant(grant) = &statement {
            self.registry.look_again(grant.account);
        }
        Ok(version)
    }

    /// Shows the new directory to everybody.
    pub(super) fn replace(&self, next: Organisation) -> u64 {
        let version = next.version();
        let before = self.organisation.write(|present| present.replace(next));
        drop(before);
        self.registry.announce(version);
        version
    }

    /// Ends the feeds of devices that are out.
    pub(super) fn end_feeds(&self, devices: &[DeviceId]) {
        let now = self.clock.now_ms();
        let organisation = self.organisation.read();
        let Some(organisation) = organisation.as_ref() else { return };
        for device in devices {
            let cert = organisation.directory().device(device);
            if let Some(code) = cert.and_then(|cert| organisation.refuse_device(cert, now)) {
                self.registry.end_device(*device, code);
            }
        }
    }
}

/// Reads a signed statement.
///
/// # Errors
/// [`ErrorCode::Malformed`].
pub(super) fn parse(bytes: &[u8]) -> Result<Signed> {
    cbor::parse_canonical(bytes, STATEMENT_BYTES).map_err(|_| ErrorCode::Malformed.into())
}

/// Reads what was signed.
///
/// # Errors
/// [`ErrorCode::Malformed`].
pub(super) fn parse_statement(signed: &Signed) -> Result<Statement> {
    cbor::parse_canonical(&signed.statement, STATEMENT_BYTES).map_err(|_| ErrorCode::Malformed.into())
}

/// The root founds, and lets the founder's machine in: that certificate alone is signed by another key, the token's.
fn check_founding(signed: &Signed) -> Result<()> {
    match (&signed.signer, parse_statement(signed)?) {
        (Signer::Token(_), Statement::WorkstationCert(_)) => Ok(()),
        (Signer::Root, _) => check_form(signed).map(drop),
        _ => Err(ErrorCode::NotPermitted.into()),
    }
}

/// What a device brings: certificates come by routes of their own, and sealed texts have their limit.
fn check_form(signed: &Signed) -> Result<Statement> {
    let statement = parse_statement(signed)?;
    let sealed = match &statement {
        Statement::AccountCert(_) | Statement::DeviceCert(_) | Statement::WorkstationCert(_) | Statement::Receipt(_) => {
            return Err(ErrorCode::NotPermitted.into());
        }
        Statement::Invite(invite) => invite.profile.len(),
        Statement::Policy(policy) => policy.name.len(),
        Statement::WorkstationToken(token) => token.profile.len(),
        Statement::GroupPolicy(group) => group.name.len(),
        Statement::Custody(custody) => custody.location.len(),
        Statement::AdminGrant(_)
        | Statement::AdminRequest(_)
        | Statement::DeviceEnd(_)
        | Statement::Revocations(_)
        | Statement::RoleGrant(_)
        | Statement::Command(_)
        | Statement::Approval(_)
        | Statement::Incident(_)
        | Statement::IncidentClosed(_) => 0,
    };
    if sealed > PROFILE_BYTES { Err(ErrorCode::TooLarge.into()) } else { Ok(statement) }
}

/// What a machine brings by itself.
fn check_receipt(signed: &Signed) -> Result<Statement> {
    match parse_statement(signed)? {
        statement @ Statement::Receipt(_) => Ok(statement),
        _ => Err(ErrorCode::NotPermitted.into()),
    }
}

/// The chain compares an admin's statement with the grant by the date the admin wrote; the server knows what time it is.
fn check_age(signer: &Signer, statement: &Statement, now: u64) -> Result<()> {
    let by_account = match statement {
        // A request that is dated ahead would keep its account from asking again.
        Statement::AdminRequest(request) => Some(request.issued_at),
        Statement::DeviceEnd(end) => Some(end.issued_at),
        _ => None,
    };
    if let Some(at) = by_account {
        return if at.abs_diff(now) > STATEMENT_AGE_MS { Err(ErrorCode::ClockSkew.into()) } else { Ok(()) };
    }
    let dated = match statement {
        Statement::Invite(invite) => invite.not_before,
        Statement::Revocations(list) => list.issued_at,
        Statement::WorkstationToken(token) => token.not_before,
        Statement::RoleGrant(grant) => grant.issued_at,
        Statement::GroupPolicy(group) => group.issued_at,
        Statement::Custody(custody) => custody.issued_at,
        Statement::Incident(incident) => incident.issued_at,
        Statement::IncidentClosed(closed) => closed.issued_at,
        Statement::Command(command) => command.issued_at,
        Statement::Approval(approval) => approval.issued_at,
        _ => now,
    };
    let old = matches!(signer, Signer::Admin(_)) && dated.saturating_add(STATEMENT_AGE_MS) < now;
    if old { Err(ErrorCode::ClockSkew.into()) } else { Ok(()) }
}

/// The authority is the signature; but nobody asks for an administrator's key in another's name, nor ends another's devices, not even with
/// a statement they overheard.
fn check_bringer(bringer: Option<AccountId>, statement: &Statement) -> Result<()> {
    match statement {
        Statement::AdminRequest(request) if Some(request.account) != bringer => Err(ErrorCode::NotPermitted.into()),
        Statement::DeviceEnd(end) if Some(end.account) != bringer => Err(ErrorCode::NotPermitted.into()),
        _ => Ok(()),
    }
}

fn revoked_devices(organisation: &Organisation, list: &Revocations) -> Vec<DeviceId> {
    let listed = |cert: &&DeviceCert| {
        let account = list.accounts.iter().any(|(account, highest)| *account == cert.account && cert.generation <= *highest);
        account || list.devices.contains(&cert.device) || list.workstations.contains(&cert.workstation)
    };
    organisation.directory().devices().filter(listed).map(|cert| cert.device).collect()
}

/// The devices that a wipe is about, from the statement on with which it holds: their shares go at once, whether or not the machine ever hears of it.
fn wiped_devices(organisation: &Organisation, statement: &Statement) -> Vec<DeviceId> {
    let command = match statement {
        Statement::Command(command) => command.command,
        Statement::Approval(approval) => approval.command,
        _ => return Vec::new(),
    };
    let directory = organisation.directory();
    let holding = directory.command(&command).filter(|issued| issued.holds_from == Some(organisation.version()));
    let Some(Command { action: Action::Wipe, workstation, account, .. }) = holding.map(|issued| &issued.command) else { return Vec::new() };
    tracing::info!(%workstation, whole = account.is_none(), "a wipe holds: its shares are destroyed");
    let about = |cert: &&DeviceCert| cert.workstation == *workstation && account.is_none_or(|account| cert.account == account);
    directory.devices().filter(about).map(|cert| cert.device).collect()
}

/// Accounts with no generation left: one that came back with a later generation keeps what it registered since.
fn revoked_accounts(organisation: &Organisation, list: &Revocations) -> Vec<AccountId> {
    let out = |account: &AccountId| organisation.directory().sealing_key(account).is_none();
    list.accounts.iter().map(|(account, _)| *account).filter(out).collect()
}
