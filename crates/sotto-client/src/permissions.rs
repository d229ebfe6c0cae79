//! What may the signed-in person do as an administrator? What their grant says, while it holds.

use sotto_protocol::ErrorCode;
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
    let holds = |scope| {
        held.is_some_and(|grant| {
            grant.scopes.contains(&scope)
                && (grant.not_before..=grant.not_after).contains(&now)
                && !people.directory.account_revoked(&grant.account, grant.generation)
        })
    };
    let revoke = holds(Scope::Revoke);
    Permissions { people: revoke && holds(Scope::Invite), workstations: revoke && holds(Scope::Enrol) }
}

/// Refuses who has no such right.
///
/// # Errors
/// `not_permitted`.
pub(crate) const fn require(may: bool) -> Result<()> {
    if may { Ok(()) } else { Err(ClientError::new(ErrorCode::NotPermitted, "do what administrators do")) }
}
