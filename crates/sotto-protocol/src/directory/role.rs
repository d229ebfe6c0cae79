//! Which role each account has now, and what it may do by it.

use std::collections::HashMap;

use super::{Directory, StatementError};
use crate::AccountId;
use crate::entry::ThreadClass;
use crate::role::{Classes, Permission};
use crate::statement::RoleGrant;

/// The part of a directory that is about roles: of each account the grant with the highest serial.
#[derive(Debug, Clone, Default)]
pub(super) struct Roles(HashMap<AccountId, RoleGrant>);

impl Roles {
    /// Whether a grant is in form and newer than the account's last one. That its signer may make it is checked before.
    pub(super) fn check(&self, s: &RoleGrant) -> Result<(), StatementError> {
        if !s.is_well_formed() {
            return Err(StatementError::Malformed);
        }
        // Whoever administers reads no thread, and whoever reads threads lets nobody in.
        if s.is_mixed() {
            return Err(StatementError::NotPermitted);
        }
        let last = self.0.get(&s.account).map_or(0, |grant| grant.serial);
        if s.serial > last { Ok(()) } else { Err(StatementError::Rollback) }
    }

    /// Takes in a checked grant.
    pub(super) fn insert(&mut self, grant: RoleGrant) {
        self.0.insert(grant.account, grant);
    }
}

impl Directory {
    /// The account's grant with the highest serial.
    #[must_use]
    pub fn role(&self, account: &AccountId) -> Option<&RoleGrant> {
        self.roles.0.get(account)
    }

    /// Whether the account's role allows this now. An account without a grant may nothing.
    #[must_use]
    pub fn permits(&self, account: &AccountId, permission: Permission) -> bool {
        self.role(account).is_some_and(|grant| grant.permissions().contains(&permission))
    }

    /// The classes of threads that the account's role opens now.
    #[must_use]
    pub fn classes_of(&self, account: &AccountId) -> Classes {
        self.role(account).map_or(Classes::NONE, |grant| Classes::of(grant.permissions()))
    }

    /// Whether the account may be in a thread of this class now: it has keys, is not out, and its role allows it.
    #[must_use]
    pub fn may_be_in(&self, account: &AccountId, class: ThreadClass) -> bool {
        self.sealing_key(account).is_some() && self.permits(account, Permission::of(class))
    }
}
