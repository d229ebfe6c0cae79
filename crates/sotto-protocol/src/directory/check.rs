//! Whether a statement may be taken in: form, organisation, signature, and then the rules of its kind.

use super::{Account, Directory, StatementError};
use crate::key::VerifyKey;
use crate::role::Permission;
use crate::statement::{AccountCert, DeviceCert, Policy, Revocations, RoleGrant, Scope, Signed, Signer, Statement, signed_bytes};
use crate::{AccountId, InviteId, cbor, limits, verify};

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
            Signer::Admin(grant) => self.admins.grant(grant).map(|g| g.admin_key),
            Signer::Invite(invite) => self.invites.get(invite).map(|i| i.invite_key),
            Signer::Account(account, generation) => {
                self.accounts.get(account).and_then(|a| a.generation(*generation)).map(|c| c.signing_key)
            }
            Signer::Token(token) => self.workstations.token(token).map(|(t, _)| t.token_key),
            Signer::Workstation(workstation) => self.workstation(workstation).map(|cert| cert.workstation_key),
        };
        key.ok_or(StatementError::UnknownSigner)
    }

    fn check_authority(&self, signer: &Signer, statement: &Statement) -> Result<(), StatementError> {
        match (signer, statement) {
            (Signer::Root, Statement::AdminGrant(s)) => self.check_grant(s),
            (Signer::Root, Statement::Policy(s)) => self.check_policy(s),
            (Signer::Root | Signer::Admin(_), Statement::Invite(s)) => {
                self.check_admin(signer, Scope::Invite, s.not_before)?;
                unused(self.invites.contains_key(&s.invite))
            }
            (Signer::Root | Signer::Admin(_), Statement::Revocations(s)) => {
                self.check_admin(signer, Scope::Revoke, s.issued_at)?;
                self.check_revoker(signer, s)?;
                self.check_revocations(s)
            }
            (Signer::Root | Signer::Admin(_), Statement::WorkstationToken(s)) => {
                self.check_admin(signer, Scope::Enrol, s.not_before)?;
                self.workstations.check_token(s)
            }
            (Signer::Root | Signer::Admin(_), Statement::RoleGrant(s)) => {
                self.check_admin(signer, Scope::Roles, s.issued_at)?;
                self.check_granter(signer, s)?;
                self.roles.check(s)
            }
            (Signer::Root | Signer::Admin(_), Statement::GroupPolicy(s)) => {
                self.check_admin(signer, Scope::Fleet, s.issued_at)?;
                self.groups.check(s)
            }
            (Signer::Root | Signer::Admin(_), Statement::Command(s)) => self.check_command(signer, s),
            (Signer::Root | Signer::Admin(_), Statement::Approval(s)) => self.check_approval(signer, s),
            (Signer::Root | Signer::Admin(_), Statement::Custody(s)) => self.check_custody(signer, s),
            (Signer::Root | Signer::Admin(_), Statement::Incident(s)) => self.check_incident(signer, s),
            (Signer::Root | Signer::Admin(_), Statement::IncidentClosed(s)) => self.check_incident_closed(signer, s),
            (Signer::Workstation(workstation), Statement::Receipt(s)) => self.check_receipt(workstation, s),
            (Signer::Token(token), Statement::WorkstationCert(s)) => {
                self.workstations.check_cert(token, s)?;
                permitted(!self.token_withdrawn(token))
            }
            (Signer::Invite(invite), Statement::AccountCert(s)) => self.check_account(invite, s),
            (Signer::Account(account, generation), Statement::AdminRequest(s)) => self.check_request(account, *generation, s),
            (Signer::Account(account, generation), Statement::DeviceCert(s)) => self.check_device(account, *generation, s),
            (Signer::Account(account, generation), Statement::DeviceEnd(s)) => self.check_device_end(account, *generation, s),
            _ => Err(StatementError::NotPermitted),
        }
    }

    pub(super) fn check_admin(&self, signer: &Signer, scope: Scope, at: u64) -> Result<(), StatementError> {
        let Signer::Admin(grant) = signer else { return Ok(()) };
        let grant = self.admins.grant(grant).ok_or(StatementError::UnknownSigner)?;
        if !grant.scopes.contains(&scope) {
            return Err(StatementError::NotPermitted);
        }
        // An admin whose account is revoked signs nothing any more, whatever the grant's dates say, and a stolen admin key does not
        // come back to life when its owner is enrolled anew.
        if self.account_revoked(&grant.account, grant.generation) {
            return Err(StatementError::NotPermitted);
        }
        // A grant names what an admin's key can sign; whether its owner still administers is what their role says now.
        let needed: &[Permission] = match scope {
            Scope::Invite | Scope::Roles => &[Permission::People],
            Scope::Enrol | Scope::Fleet => &[Permission::Workstations],
            // Which of the two it takes, what is newly listed tells.
            Scope::Revoke => &[Permission::People, Permission::Workstations],
        };
        permitted(needed.iter().any(|permission| self.permits(&grant.account, *permission)))?;
        within(at, grant.not_before, grant.not_after)
    }

    /// Shutting out people and devices takes the right over people, machines that over machines.
    fn check_revoker(&self, signer: &Signer, new: &Revocations) -> Result<(), StatementError> {
        let Signer::Admin(grant) = signer else { return Ok(()) };
        let account = self.admins.grant(grant).ok_or(StatementError::UnknownSigner)?.account;
        let old = self.revocations.as_ref();
        let people = new.accounts.iter().any(|one| old.is_none_or(|old| !old.accounts.contains(one)))
            || new.devices.iter().any(|one| old.is_none_or(|old| !old.devices.contains(one)));
        let machines = new.workstations.iter().any(|one| old.is_none_or(|old| !old.workstations.contains(one)));
        permitted(!people || self.permits(&account, Permission::People))?;
        permitted(!machines || self.permits(&account, Permission::Workstations))
    }

    /// Nobody sets their own role: an admin can neither become a reader of threads by themselves nor lock the clinic out by a slip.
    fn check_granter(&self, signer: &Signer, s: &RoleGrant) -> Result<(), StatementError> {
        let Signer::Admin(grant) = signer else { return Ok(()) };
        permitted(self.admins.grant(grant).is_some_and(|grant| grant.account != s.account))
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
        let keeps_workstations = old.workstations.iter().all(|w| new.workstations.contains(w));
        let keeps = keeps_devices && keeps_accounts && keeps_workstations;
        if new.version > old.version && keeps { Ok(()) } else { Err(StatementError::Rollback) }
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
        // An open invite is withdrawn by revoking the generation it would make.
        permitted(!self.account_revoked(&s.account, s.generation))?;
        within(s.issued_at, asked.not_before, asked.not_after)
    }

    fn check_device(&self, account: &AccountId, generation: u32, s: &DeviceCert) -> Result<(), StatementError> {
        if s.account != *account || s.generation != generation || self.account_revoked(account, generation) {
            return Err(StatementError::NotPermitted);
        }
        // A password that was watched is of no use on a machine that IT did not let in, or has shut out.
        if self.workstation(&s.workstation).is_none() || self.workstation_revoked(&s.workstation) {
            return Err(StatementError::NotPermitted);
        }
        unused(self.devices.contains_key(&s.device))
    }
}

pub(super) fn unused(taken: bool) -> Result<(), StatementError> {
    if taken { Err(StatementError::Duplicate) } else { Ok(()) }
}

pub(super) fn permitted(may: bool) -> Result<(), StatementError> {
    if may { Ok(()) } else { Err(StatementError::NotPermitted) }
}

pub(super) fn within(at: u64, not_before: u64, not_after: u64) -> Result<(), StatementError> {
    if (not_before..=not_after).contains(&at) { Ok(()) } else { Err(StatementError::Expired) }
}
