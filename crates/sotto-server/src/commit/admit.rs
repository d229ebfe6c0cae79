//! How a machine, a person or a device is let in: its certificate is checked against the chain and the server's clock, and stored.

use ring::rand::{SecureRandom, SystemRandom};
use sotto_protocol::limits::CLOCK_SKEW_MS;
use sotto_protocol::statement::{DeviceCert, Signed, Signer, Statement};
use sotto_protocol::{AccountId, DeviceId, ErrorCode, InviteId, TokenId, WorkstationId};
use zeroize::Zeroizing;

use super::change::{parse, parse_statement};
use super::task::Committer;
use crate::error::Result;
use crate::limits::DEVICES_PER_ACCOUNT;
use crate::organisation::Organisation;
use crate::store::{DirectoryChange, Share, Store};

impl Committer {
    /// Uses a workstation token.
    pub(super) async fn admit_workstation(&self, bytes: Vec<u8>) -> Result<u64> {
        let signed = parse(&bytes)?;
        let mut next = {
            let present = self.organisation.read();
            let present = present.as_ref().ok_or(ErrorCode::TokenUnknown)?;
            if let Some(seq) = present.seq_of(&bytes) {
                return Ok(seq);
            }
            let Signer::Token(token) = signed.signer else { return Err(ErrorCode::NotPermitted.into()) };
            check_token(present, &token, self.clock.now_ms())?;
            // Before the copy: whoever has no token costs a signature and no more.
            present.directory().check(&signed).map_err(|error| error.token_code())?;
            present.clone()
        };
        let expected = next.version();
        next.apply(&signed, &bytes).map_err(|error| error.token_code())?;
        self.store.store_change(DirectoryChange { expected, statements: vec![bytes], ..DirectoryChange::default() }).await?;
        tracing::info!("a workstation was let in");
        Ok(self.replace(next))
    }

    /// Uses an invite, at this workstation.
    pub(super) async fn enrol(&self, workstation: WorkstationId, account_cert: Vec<u8>, device_cert: Vec<u8>) -> Result<u64> {
        let now = self.clock.now_ms();
        let (account, device) = (parse(&account_cert)?, parse(&device_cert)?);
        let (mut next, cert) = {
            let present = self.organisation.read();
            let present = present.as_ref().ok_or(ErrorCode::InviteUnknown)?;
            let cert = parse_device(&device, workstation)?;
            if let (Some(_), Some(seq)) = (present.seq_of(&account_cert), present.seq_of(&device_cert)) {
                return Ok(seq);
            }
            let Signer::Invite(invite) = account.signer else { return Err(ErrorCode::NotPermitted.into()) };
            check_invite(present, &invite, now)?;
            present.directory().check(&account).map_err(|error| error.code())?;
            (present.clone(), cert)
        };
        let expected = next.version();
        next.apply(&account, &account_cert).map_err(|error| error.code())?;
        next.apply(&device, &device_cert).map_err(|error| error.code())?;
        if next.refuse_device(&cert, now).is_some() {
            return Err(ErrorCode::ClockSkew.into());
        }
        let made = vec![(cert.device, make_share()?)];
        let statements = vec![account_cert, device_cert];
        // A newer generation ends what the older ones had: their devices' shares, and their login.
        let destroyed = replaced_devices(&next, &cert);
        let closed = if destroyed.is_empty() { Vec::new() } else { vec![cert.account] };
        self.store.store_change(DirectoryChange { expected, statements, made, destroyed: destroyed.clone(), closed }).await?;
        tracing::info!(replaced = destroyed.len(), "a person was enrolled");
        let version = self.replace(next);
        self.end_feeds(&destroyed);
        Ok(version)
    }

    /// Gives an account that signed in a device, at this workstation.
    pub(super) async fn admit_device(&self, workstation: WorkstationId, bytes: Vec<u8>) -> Result<u64> {
        let now = self.clock.now_ms();
        let signed = parse(&bytes)?;
        let (mut next, cert) = {
            let present = self.organisation.read();
            let present = present.as_ref().ok_or(ErrorCode::WorkstationUnknown)?;
            let cert = parse_device(&signed, workstation)?;
            if let Some(seq) = present.seq_of(&bytes) {
                return Ok(seq);
            }
            if present.directory().account_revoked(&cert.account, cert.generation) {
                return Err(ErrorCode::AccountRevoked.into());
            }
            present.directory().check(&signed).map_err(|error| error.code())?;
            if count_devices(present, &cert.account, now) >= DEVICES_PER_ACCOUNT {
                return Err(ErrorCode::TooLarge.into());
            }
            (present.clone(), cert)
        };
        let expected = next.version();
        next.apply(&signed, &bytes).map_err(|error| error.code())?;
        if next.refuse_device(&cert, now).is_some() {
            return Err(ErrorCode::ClockSkew.into());
        }
        let made = vec![(cert.device, make_share()?)];
        self.store.store_change(DirectoryChange { expected, statements: vec![bytes], made, ..DirectoryChange::default() }).await?;
        tracing::info!("a device was added");
        Ok(self.replace(next))
    }
}

/// The devices of the account's older generations.
fn replaced_devices(organisation: &Organisation, newest: &DeviceCert) -> Vec<DeviceId> {
    let older = |cert: &&DeviceCert| cert.account == newest.account && cert.generation < newest.generation;
    organisation.directory().devices().filter(older).map(|cert| cert.device).collect()
}

/// The certificate of a device on this workstation, and on no other.
fn parse_device(signed: &Signed, workstation: WorkstationId) -> Result<DeviceCert> {
    match parse_statement(signed)? {
        Statement::DeviceCert(cert) if cert.workstation == workstation => Ok(cert),
        _ => Err(ErrorCode::NotPermitted.into()),
    }
}

/// The chain compares a certificate's date with the token's; the server knows what time it is.
fn check_token(organisation: &Organisation, token: &TokenId, now: u64) -> Result<()> {
    match organisation.directory().token(token) {
        None => Err(ErrorCode::TokenUnknown.into()),
        Some((_, true)) => Err(ErrorCode::TokenUsed.into()),
        Some((asked, false)) if is_over(asked.not_before, asked.not_after, now) => Err(ErrorCode::TokenExpired.into()),
        Some((_, false)) => Ok(()),
    }
}

fn check_invite(organisation: &Organisation, invite: &InviteId, now: u64) -> Result<()> {
    match organisation.directory().invite(invite) {
        None => Err(ErrorCode::InviteUnknown.into()),
        Some((_, true)) => Err(ErrorCode::InviteUsed.into()),
        Some((asked, false)) if is_over(asked.not_before, asked.not_after, now) => Err(ErrorCode::InviteExpired.into()),
        Some((_, false)) => Ok(()),
    }
}

const fn is_over(not_before: u64, not_after: u64, now: u64) -> bool {
    now > not_after || now.saturating_add(CLOCK_SKEW_MS) < not_before
}

/// Devices of an account that may still be used.
fn count_devices(organisation: &Organisation, account: &AccountId, now: u64) -> usize {
    let usable = |cert: &&DeviceCert| cert.account == *account && organisation.refuse_device(cert, now).is_none();
    organisation.directory().devices().filter(usable).count()
}

fn make_share() -> Result<Share> {
    let mut share = Zeroizing::new([0; 32]);
    SystemRandom::new().fill(share.as_mut_slice()).map_err(|_| ErrorCode::ServerError)?;
    Ok(share)
}
