//! What gives a person their rights: a role, granted under a rising serial.

use serde::{Deserialize, Serialize};

use crate::role::{Permission, Role, is_mixed};
use crate::{AccountId, OrgId};

/// Gives an account its role. The highest serial seen holds; one that is not above it is a rollback and refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleGrant {
    /// The organisation.
    pub org: OrgId,
    /// The account; it need not have keys yet.
    pub account: AccountId,
    /// Rises with every grant of this account.
    pub serial: u64,
    /// The role.
    pub role: Role,
    /// What a custom role may do, sorted, each once; empty for every other role.
    pub permissions: Vec<Permission>,
    /// Milliseconds since 1970.
    pub issued_at: u64,
}

impl RoleGrant {
    /// What the account may do by this grant.
    #[must_use]
    pub fn permissions(&self) -> &[Permission] {
        match self.role {
            Role::Custom => &self.permissions,
            role => role.permissions(),
        }
    }

    /// Whether the list is spelled in the one way: only a custom role has one, sorted and without repeats.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        let listed = self.role == Role::Custom || self.permissions.is_empty();
        listed && self.permissions.is_sorted_by(|a, b| a < b)
    }

    /// Whether it would give one person both administration and threads.
    #[must_use]
    pub fn is_mixed(&self) -> bool {
        is_mixed(self.permissions())
    }
}
