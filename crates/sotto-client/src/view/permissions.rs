//! What may the signed-in person do? The core refuses the rest; a screen does not offer it.

use serde::{Deserialize, Serialize};
use sotto_protocol::entry::ThreadClass;
use sotto_protocol::role::{Permission, Role};

/// How far somebody is with being an administrator: the role says who is to be one, the root's grant makes them one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AdminStanding {
    /// Their role does not administer.
    #[default]
    None,
    /// Their role does, and they have not asked for the grant that it needs.
    MayAsk,
    /// They asked, and the root has not granted it yet.
    Asked,
    /// The root granted what their role needs.
    Granted,
}

/// The person's rights now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Permissions {
    /// Their role; nobody without one may anything.
    pub role: Option<Role>,
    /// The classes of threads they may be in.
    pub classes: Vec<ThreadClass>,
    /// Whether they may invite people, set their roles and revoke them.
    pub people: bool,
    /// Whether they may make workstation tokens and revoke workstations.
    pub workstations: bool,
    /// Whether they may look at the lists of people and machines.
    pub review: bool,
    /// How far they are with being an administrator, with the key that is on this machine.
    pub admin: AdminStanding,
    /// Whether the root's key is in this vault, so that they may make others administrators by it.
    pub root_key: bool,
    /// Whether they may make administrators with the root's sheets in hand.
    pub root_sheets: bool,
}

/// Gives a person a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RoleChoice {
    /// The role.
    pub role: Role,
    /// What a custom role may do; empty for every other.
    pub permissions: Vec<Permission>,
}

impl From<Role> for RoleChoice {
    fn from(role: Role) -> Self {
        Self { role, permissions: Vec::new() }
    }
}
