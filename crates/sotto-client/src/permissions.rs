//! What may the signed-in person do? What their role says now; as an administrator also what their grant says, while it holds.

use sotto_protocol::ErrorCode;
use sotto_protocol::role::Permission;
use sotto_protocol::statement::Scope;

use crate::error::{ClientError, Result};
use crate::session::{Core, Session};
use crate::view::Permissions;

impl Session {
    /// The person's rights.
    ///
    /// # Errors
    /// `locked`.
    pub async fn permissions(&self) -> Result<Permissions> {
        Ok(permissions(self.enter()?.core()))
    }
}

/// The person's rights now.
pub(crate) fn permissions(core: &Core) -> Permissions {
    let people = core.people();
    let held = core.keys.admin.as_ref().and_then(|(held, _)| people.directory.grants_of(core.account).find(|grant| grant.grant == *held));
    let now = core.clock.wall_ms();
    let signs = |scopes: &[Scope]| {
        held.is_some_and(|grant| {
            scopes.iter().all(|scope| grant.scopes.contains(scope))
                && (grant.not_before..=grant.not_after).contains(&now)
                && !people.directory.account_revoked(&grant.account, grant.generation)
        })
    };
    let permits = |permission| people.directory.permits(&core.account, permission);
    Permissions {
        role: people.directory.role(&core.account).map(|grant| grant.role),
        classes: people.classes_of(&core.account),
        people: permits(Permission::People) && signs(&[Scope::Invite, Scope::Revoke, Scope::Roles]),
        workstations: permits(Permission::Workstations) && signs(&[Scope::Enrol, Scope::Revoke, Scope::Fleet]),
        review: permits(Permission::Review),
    }
}

/// Refuses who has no such right.
///
/// # Errors
/// `not_permitted`.
pub(crate) const fn require(may: bool) -> Result<()> {
    if may { Ok(()) } else { Err(ClientError::new(ErrorCode::NotPermitted, "do what administrators do")) }
}
