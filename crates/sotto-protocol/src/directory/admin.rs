//! Who administers: grants of the root, and the requests that they answer.

use std::collections::HashMap;

use super::check::{permitted, unused};
use super::{Directory, StatementError};
use crate::role::Permission;
use crate::statement::{AdminGrant, AdminRequest};
use crate::{AccountId, GrantId};

/// The part of a directory that is about administrators.
#[derive(Debug, Clone, Default)]
pub(super) struct Admins {
    grants: HashMap<GrantId, AdminGrant>,
    /// Of each account the newest.
    requests: HashMap<AccountId, AdminRequest>,
}

impl Admins {
    /// A grant.
    pub(super) fn grant(&self, grant: &GrantId) -> Option<&AdminGrant> {
        self.grants.get(grant)
    }

    /// Takes in a checked grant.
    pub(super) fn insert_grant(&mut self, grant: AdminGrant) {
        self.grants.insert(grant.grant, grant);
    }

    /// Takes in a checked request.
    pub(super) fn insert_request(&mut self, request: AdminRequest) {
        self.requests.insert(request.account, request);
    }
}

impl Directory {
    /// The grants of an account.
    pub fn grants_of(&self, account: AccountId) -> impl Iterator<Item = &AdminGrant> {
        self.admins.grants.values().filter(move |grant| grant.account == account)
    }

    /// The account's newest request, while the root can grant it: nobody has, and the account's keys and role are still those that ask.
    #[must_use]
    pub fn admin_request(&self, account: &AccountId) -> Option<&AdminRequest> {
        let request = self.admins.requests.get(account)?;
        let open = self.admins.grant(&request.grant).is_none() && !self.account_revoked(account, request.generation);
        (open && self.administers(account)).then_some(request)
    }

    /// Whether the account's role lets people or machines in.
    #[must_use]
    pub fn administers(&self, account: &AccountId) -> bool {
        self.permits(account, Permission::People) || self.permits(account, Permission::Workstations)
    }

    /// Nobody has keys yet when an organisation is founded, so nobody can ask: those grants alone need no request. After that not even the
    /// root makes an admin of a key that its owner did not make.
    pub(super) fn check_grant(&self, s: &AdminGrant) -> Result<(), StatementError> {
        unused(self.admins.grants.contains_key(&s.grant))?;
        let asked = self.admins.requests.get(&s.account).is_some_and(|request| request.is_met_by(s));
        permitted(self.accounts.is_empty() || (asked && !self.account_revoked(&s.account, s.generation)))
    }

    pub(super) fn check_request(&self, account: &AccountId, generation: u32, s: &AdminRequest) -> Result<(), StatementError> {
        permitted(s.account == *account && s.generation == generation && !self.account_revoked(account, generation))?;
        permitted(self.administers(account))?;
        let taken = self.admins.requests.values().any(|request| request.grant == s.grant);
        unused(taken || self.admins.grants.contains_key(&s.grant))?;
        let last = self.admins.requests.get(account).map(|request| request.issued_at);
        if last.is_none_or(|last| s.issued_at > last) { Ok(()) } else { Err(StatementError::Rollback) }
    }
}
