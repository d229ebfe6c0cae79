//! What makes an administrator: a request with a key that nobody else ever had, and the root's grant for exactly that key.

use serde::{Deserialize, Serialize};

use crate::key::VerifyKey;
use crate::role::Permission;
use crate::{AccountId, GrantId, OrgId};

/// Asks the root for a grant. Signed by the account, whose role administers already. The newest of an account counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminRequest {
    /// The organisation.
    pub org: OrgId,
    /// The account that asks.
    pub account: AccountId,
    /// The generation of the account keys that sign; the grant ends with it.
    pub generation: u32,
    /// The id that the grant is to have: with it the key's owner knows their grant, and no request is granted twice.
    pub grant: GrantId,
    /// The key the admin will sign with, made where they sit.
    pub admin_key: VerifyKey,
    /// Milliseconds since 1970; rises with every request of the account.
    pub issued_at: u64,
}

/// Makes an admin. But for the founder's, who has no keys yet, it is for the account's newest request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminGrant {
    /// The organisation.
    pub org: OrgId,
    /// The grant's own id.
    pub grant: GrantId,
    /// The admin's account.
    pub account: AccountId,
    /// The generation of that account the grant is for: revoking it ends the grant for good, whatever generation follows.
    pub generation: u32,
    /// The key the admin signs with; not the account's key.
    pub admin_key: VerifyKey,
    /// What the admin may do.
    pub scopes: Vec<Scope>,
    /// Milliseconds since 1970.
    pub not_before: u64,
    /// Milliseconds since 1970.
    pub not_after: u64,
}

impl AdminRequest {
    /// Whether the grant is the one that is asked for.
    #[must_use]
    pub fn is_met_by(&self, grant: &AdminGrant) -> bool {
        (self.account, self.generation, self.grant) == (grant.account, grant.generation, grant.grant) && self.admin_key == grant.admin_key
    }
}

/// What an admin may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Invite people.
    Invite,
    /// Revoke devices, accounts and workstations.
    Revoke,
    /// Let machines in: make workstation tokens.
    Enrol,
    /// Give people their roles.
    Roles,
    /// Set the rules of machines, say who answers for each, report one lost, and tell them to lock, sign out or wipe.
    Fleet,
}

impl Scope {
    /// Every scope; what a founder's grant has.
    pub const ALL: [Self; 5] = [Self::Invite, Self::Revoke, Self::Enrol, Self::Roles, Self::Fleet];

    /// What whoever has these permissions needs to sign for.
    #[must_use]
    pub fn needed_for(permissions: &[Permission]) -> Vec<Self> {
        let (people, machines) = (permissions.contains(&Permission::People), permissions.contains(&Permission::Workstations));
        let needs = |scope: &Self| match scope {
            Self::Invite | Self::Roles => people,
            Self::Enrol | Self::Fleet => machines,
            Self::Revoke => people || machines,
        };
        Self::ALL.into_iter().filter(needs).collect()
    }
}
