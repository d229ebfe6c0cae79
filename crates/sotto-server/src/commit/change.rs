//! How the directory changes: a statement is checked, then stored, then taken in; nobody sees one that is not stored.

use ring::rand::{SecureRandom, SystemRandom};
use sotto_protocol::key::VerifyKey;
use sotto_protocol::limits::{CLOCK_SKEW_MS, PROFILE_BYTES, STATEMENT_BYTES};
use sotto_protocol::statement::{DeviceCert, Revocations, Signed, Signer, Statement};
use sotto_protocol::{DeviceId, ErrorCode, InviteId, cbor};
use zeroize::Zeroizing;

use super::Change;
use super::task::Committer;
use crate::error::Result;
use crate::limits::STATEMENT_AGE_MS;
use crate::organisation::Organisation;
use crate::store::{DirectoryChange, Share, Store, StoredOrg};

impl Committer {
    /// Makes a change and returns the directory's version after it. A repeat gets what the first one got.
    ///
    /// # Errors
    /// Why the chain refuses it, or that of the store; then nothing changed.
    pub(super) async fn change(&self, change: Change) -> Result<u64> {
        match change {
            Change::Found(root, statements) => self.found(root, statements).await,
            Change::Enrol(account_cert, device_cert) => self.enrol(account_cert, device_cert).await,
            Change::Accept(statement) => self.accept(statement).await,
        }
    }

    async fn found(&self, root: VerifyKey, statements: Vec<Vec<u8>>) -> Result<u64> {
        if let Some(present) = self.organisation.read().as_ref() {
            let same = *present.directory().root() == root;
            return if same { Ok(present.version()) } else { Err(ErrorCode::Conflict.into()) };
        }
        for bytes in &statements {
            let signed = parse(bytes)?;
            check_form(&signed)?;
            if signed.signer != Signer::Root {
                return Err(ErrorCode::NotPermitted.into());
            }
        }
        let stored = StoredOrg { root, statements };
        let founded = Organisation::fold(&stored).map_err(|error| error.code())?;
        if founded.directory().policy().is_none() {
            return Err(ErrorCode::Malformed.into());
        }
        self.store.store_org(root, stored.statements).await?;
        Ok(self.replace(founded))
    }

    async fn enrol(&self, account_cert: Vec<u8>, device_cert: Vec<u8>) -> Result<u64> {
        let now = self.clock.now_ms();
        let (account, device) = (parse(&account_cert)?, parse(&device_cert)?);
        let (mut next, cert) = {
            let present = self.organisation.read();
            let present = present.as_ref().ok_or(ErrorCode::InviteUnknown)?;
            if let (Some(_), Some(seq)) = (present.seq_of(&account_cert), present.seq_of(&device_cert)) {
                return Ok(seq);
            }
            let Signer::Invite(invite) = account.signer else { return Err(ErrorCode::NotPermitted.into()) };
            check_invite(present, &invite, now)?;
            // Before the copy: whoever has no invite costs a signature and no more.
            present.directory().check(&account).map_err(|error| error.code())?;
            (present.clone(), parse_device(&device)?)
        };
        let expected = next.version();
        next.apply(&account, &account_cert).map_err(|error| error.code())?;
        next.apply(&device, &device_cert).map_err(|error| error.code())?;
        if next.refuse_device(&cert, now).is_some() {
            return Err(ErrorCode::ClockSkew.into());
        }
        let made = vec![(cert.device, make_share()?)];
        let statements = vec![account_cert, device_cert];
        self.store.store_change(DirectoryChange { expected, statements, made, destroyed: Vec::new() }).await?;
        Ok(self.replace(next))
    }

    async fn accept(&self, bytes: Vec<u8>) -> Result<u64> {
        let signed = parse(&bytes)?;
        let statement = check_form(&signed)?;
        check_age(&signed.signer, &statement, self.clock.now_ms())?;
        let mut next = {
            let present = self.organisation.read();
            let present = present.as_ref().ok_or(ErrorCode::NotEnrolled)?;
            if let Some(seq) = present.seq_of(&bytes) {
                return Ok(seq);
            }
            present.directory().check(&signed).map_err(|error| error.code())?;
            present.clone()
        };
        let expected = next.version();
        next.apply(&signed, &bytes).map_err(|error| error.code())?;
        let destroyed = if let Statement::Revocations(list) = &statement { revoked_devices(&next, list) } else { Vec::new() };
        let change = DirectoryChange { expected, statements: vec![bytes], made: Vec::new(), destroyed: destroyed.clone() };
        self.store.store_change(change).await?;
        let version = self.replace(next);
        self.end_feeds(&destroyed);
        Ok(version)
    }

    /// Shows the new directory to everybody.
    fn replace(&self, next: Organisation) -> u64 {
        let version = next.version();
        let before = self.organisation.write(|present| present.replace(next));
        drop(before);
        self.registry.announce(version);
        version
    }

    fn end_feeds(&self, devices: &[DeviceId]) {
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

fn parse(bytes: &[u8]) -> Result<Signed> {
    cbor::parse_canonical(bytes, STATEMENT_BYTES).map_err(|_| ErrorCode::Malformed.into())
}

fn parse_statement(signed: &Signed) -> Result<Statement> {
    cbor::parse_canonical(&signed.statement, STATEMENT_BYTES).map_err(|_| ErrorCode::Malformed.into())
}

fn parse_device(signed: &Signed) -> Result<DeviceCert> {
    match parse_statement(signed)? {
        Statement::DeviceCert(cert) => Ok(cert),
        _ => Err(ErrorCode::NotPermitted.into()),
    }
}

/// What comes without an enrolment: certificates come with one only, and sealed texts have their limit.
fn check_form(signed: &Signed) -> Result<Statement> {
    let statement = parse_statement(signed)?;
    let sealed = match &statement {
        Statement::AccountCert(_) | Statement::DeviceCert(_) | Statement::WorkstationCert(_) => return Err(ErrorCode::NotPermitted.into()),
        Statement::Invite(invite) => invite.profile.len(),
        Statement::Policy(policy) => policy.name.len(),
        Statement::WorkstationToken(token) => token.profile.len(),
        Statement::AdminGrant(_) | Statement::Revocations(_) => 0,
    };
    if sealed > PROFILE_BYTES { Err(ErrorCode::TooLarge.into()) } else { Ok(statement) }
}

/// The chain compares an admin's statement with the grant by the date the admin wrote; the server knows what time it is.
fn check_age(signer: &Signer, statement: &Statement, now: u64) -> Result<()> {
    let dated = match statement {
        Statement::Invite(invite) => invite.not_before,
        Statement::Revocations(list) => list.issued_at,
        Statement::WorkstationToken(token) => token.not_before,
        _ => now,
    };
    let old = matches!(signer, Signer::Admin(_)) && dated.saturating_add(STATEMENT_AGE_MS) < now;
    if old { Err(ErrorCode::ClockSkew.into()) } else { Ok(()) }
}

fn check_invite(organisation: &Organisation, invite: &InviteId, now: u64) -> Result<()> {
    match organisation.directory().invite(invite) {
        None => Err(ErrorCode::InviteUnknown.into()),
        Some((_, true)) => Err(ErrorCode::InviteUsed.into()),
        Some((asked, false)) if now > asked.not_after || now.saturating_add(CLOCK_SKEW_MS) < asked.not_before => {
            Err(ErrorCode::InviteExpired.into())
        }
        Some((_, false)) => Ok(()),
    }
}

fn revoked_devices(organisation: &Organisation, list: &Revocations) -> Vec<DeviceId> {
    let listed = |cert: &&DeviceCert| {
        let account = list.accounts.iter().any(|(account, highest)| *account == cert.account && cert.generation <= *highest);
        account || list.devices.contains(&cert.device)
    };
    organisation.directory().devices().filter(listed).map(|cert| cert.device).collect()
}

fn make_share() -> Result<Share> {
    let mut share = Zeroizing::new([0; 32]);
    SystemRandom::new().fill(share.as_mut_slice()).map_err(|_| ErrorCode::ServerError)?;
    Ok(share)
}
