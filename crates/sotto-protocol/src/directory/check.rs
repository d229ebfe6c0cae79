//! Who may make which statement, and when?

use super::{Account, Directory};
use crate::key::VerifyKey;
use crate::statement::{AccountCert, DeviceCert, Policy, Revocations, Scope, Signed, Signer, Statement, signed_bytes};
use crate::verify::{self, BadSignature};
use crate::{AccountId, ErrorCode, InviteId, cbor, limits};

/// Why a statement is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// Not the canonical encoding of a known statement.
    #[error("the statement does not parse")]
    Malformed,
    /// About another organisation, or by a signer this chain does not know.
    #[error("the statement does not chain to the organisation root")]
    UnknownSigner,
    /// The signature does not fit.
    #[error("the statement's signature does not fit")]
    BadSignature,
    /// The signer may not make such a statement, or not at that time.
    #[error("the signer may not make this statement")]
    NotPermitted,
    /// The invite's or the grant's time was over when it was used.
    #[error("the statement was made outside its signer's validity")]
    Expired,
    /// The invite or the id was used before.
    #[error("the id was used before")]
    Duplicate,
    /// A version not above the highest one seen, or a list that forgets somebody.
    #[error("the statement rolls an earlier one back")]
    Rollback,
}

impl From<BadSignature> for StatementError {
    fn from(_: BadSignature) -> Self {
        Self::BadSignature
    }
}

impl StatementError {
    /// The code that says it to others.
    #[must_use]
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::Malformed => ErrorCode::Malformed,
            Self::UnknownSigner => ErrorCode::UnknownRoot,
            Self::BadSignature => ErrorCode::SignatureInvalid,
            Self::NotPermitted => ErrorCode::NotPermitted,
            Self::Expired => ErrorCode::InviteExpired,
            Self::Duplicate => ErrorCode::InviteUsed,
            Self::Rollback => ErrorCode::Conflict,
        }
    }
}

impl Directory {
    /// Checks a statement against the chain without taking it in.
    ///
    /// # Errors
    /// The reason why it would be refused.
    pub fn check(&self, signed: &Signed) -> Result<Statement, StatementError> {
        let statement: Statement =
            cbor::parse_canonical(&signed.statement, limits::STATEMENT_BYTES).map_err(|_| StatementError::Malformed)?;
        if statement.org() != self.org {
            return Err(StatementError::UnknownSigner);
        }
        let key = self.signer_key(&signed.signer)?;
        verify::signature(&key, &signed_bytes(&signed.signer, &signed.statement), &signed.signature)?;
        self.check_authority(&signed.signer, &statement)?;
        Ok(statement)
    }

    fn signer_key(&self, signer: &Signer) -> Result<VerifyKey, StatementError> {
        let key = match signer {
            Signer::Root => Some(self.root),
            Signer::Admin(grant) => self.grants.get(grant).map(|g| g.admin_key),
            Signer::Invite(invite) => self.invites.get(invite).map(|i| i.invite_key),
            Signer::Account(account, generation) => {
                self.accounts.get(account).and_then(|a| a.generation(*generation)).map(|c| c.signing_key)
            }
        };
        key.ok_or(StatementError::UnknownSigner)
    }

    fn check_authority(&self, signer: &Signer, statement: &Statement) -> Result<(), StatementError> {
        match (signer, statement) {
            (Signer::Root, Statement::AdminGrant(s)) => unused(self.grants.contains_key(&s.grant)),
            (Signer::Root, Statement::Policy(s)) => self.check_policy(s),
            (Signer::Root | Signer::Admin(_), Statement::Invite(s)) => {
                self.check_admin(signer, Scope::Invite, s.not_before)?;
                unused(self.invites.contains_key(&s.invite))
            }
            (Signer::Root | Signer::Admin(_), Statement::Revocations(s)) => {
                self.check_admin(signer, Scope::Revoke, s.issued_at)?;
                self.check_revocations(s)
            }
            (Signer::Invite(invite), Statement::AccountCert(s)) => self.check_account(invite, s),
            (Signer::Account(account, generation), Statement::DeviceCert(s)) => self.check_device(account, *generation, s),
            _ => Err(StatementError::NotPermitted),
        }
    }

    fn check_admin(&self, signer: &Signer, scope: Scope, at: u64) -> Result<(), StatementError> {
        let Signer::Admin(grant) = signer else { return Ok(()) };
        let grant = self.grants.get(grant).ok_or(StatementError::UnknownSigner)?;
        if !grant.scopes.contains(&scope) {
            return Err(StatementError::NotPermitted);
        }
        // An admin whose account is revoked signs nothing any more, whatever the grant's dates say, and a stolen admin key does not
        // come back to life when its owner is enrolled anew.
        if self.account_revoked(&grant.account, grant.generation) {
            return Err(StatementError::NotPermitted);
        }
        within(at, grant.not_before, grant.not_after)
    }

    fn check_policy(&self, new: &Policy) -> Result<(), StatementError> {
        let valid = new.archive_key.key.len() == new.archive_key.suite.public_key_bytes();
        match &self.policy {
            _ if !valid => Err(StatementError::Malformed),
            Some(old) if new.version <= old.version => Err(StatementError::Rollback),
            _ => Ok(()),
        }
    }

    fn check_revocations(&self, new: &Revocations) -> Result<(), StatementError> {
        let Some(old) = &self.revocations else { return Ok(()) };
        let keeps_devices = old.devices.iter().all(|d| new.devices.contains(d));
        let keeps_accounts = old.accounts.iter().all(|(a, g)| new.accounts.iter().any(|(b, h)| a == b && h >= g));
        if new.version > old.version && keeps_devices && keeps_accounts { Ok(()) } else { Err(StatementError::Rollback) }
    }

    fn check_account(&self, invite: &InviteId, s: &AccountCert) -> Result<(), StatementError> {
        let asked = self.invites.get(invite).ok_or(StatementError::UnknownSigner)?;
        unused(self.used.contains(invite))?;
        if s.invite != *invite || s.account != asked.account || s.generation != asked.generation {
            return Err(StatementError::NotPermitted);
        }
        if s.sealing_key.key.len() != s.sealing_key.suite.public_key_bytes() {
            return Err(StatementError::Malformed);
        }
        let newest = self.accounts.get(&s.account).and_then(Account::current).map_or(0, |c| c.generation);
        if s.generation <= newest {
            return Err(StatementError::Rollback);
        }
        within(s.issued_at, asked.not_before, asked.not_after)
    }

    fn check_device(&self, account: &AccountId, generation: u32, s: &DeviceCert) -> Result<(), StatementError> {
        if s.account != *account || s.generation != generation || self.account_revoked(account, generation) {
            return Err(StatementError::NotPermitted);
        }
        unused(self.devices.contains_key(&s.device))
    }
}

fn unused(taken: bool) -> Result<(), StatementError> {
    if taken { Err(StatementError::Duplicate) } else { Ok(()) }
}

fn within(at: u64, not_before: u64, not_after: u64) -> Result<(), StatementError> {
    if (not_before..=not_after).contains(&at) { Ok(()) } else { Err(StatementError::Expired) }
}
