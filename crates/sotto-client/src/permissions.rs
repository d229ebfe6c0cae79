//! What may the signed-in person do? What their role says now; as an administrator also what their grant says, while it holds.

use sotto_protocol::role::Permission;
use sotto_protocol::statement::{AdminGrant, Scope};
use sotto_protocol::{AccountId, ErrorCode};

use crate::error::{ClientError, Result};
use crate::session::{Core, People, Session};
use crate::view::{AdminStanding, Permissions};

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
    let held = core.admin().and_then(|(held, _)| people.directory.grants_of(core.account).find(|grant| grant.grant == held));
    let now = core.clock.wall_ms();
    let signs = |scopes: &[Scope]| {
        held.is_some_and(|grant| {
            scopes.iter().all(|scope| grant.scopes.contains(scope))
                && (grant.not_before..=grant.not_after).contains(&now)
                && !people.directory.account_revoked(&grant.account, grant.generation)
        })
    };
    let permits = |permission| people.directory.permits(&core.account, permission);
    let needed = people.directory.role(&core.account).map(|grant| Scope::needed_for(grant.permissions())).unwrap_or_default();
    let mine = core.admin().map(|(grant, _)| grant);
    let asked = people.directory.admin_request(&core.account).is_some_and(|request| Some(request.grant) == mine);
    Permissions {
        admin: standing(needed.is_empty(), asked, signs(&needed)),
        role: people.directory.role(&core.account).map(|grant| grant.role),
        classes: people.classes_of(&core.account),
        people: permits(Permission::People) && signs(&[Scope::Invite, Scope::Revoke, Scope::Roles]),
        workstations: permits(Permission::Workstations) && signs(&[Scope::Enrol, Scope::Revoke, Scope::Fleet]),
        review: permits(Permission::Review),
        root_key: core.keys.has_root,
        root_sheets: permits(Permission::People),
    }
}

/// How far somebody is with being an administrator, as everybody can see it.
pub(crate) fn standing_of(people: &People, account: &AccountId, now: u64) -> AdminStanding {
    let directory = &people.directory;
    let needed = directory.role(account).map(|grant| Scope::needed_for(grant.permissions())).unwrap_or_default();
    let covers = |grant: &AdminGrant| {
        needed.iter().all(|scope| grant.scopes.contains(scope))
            && (grant.not_before..=grant.not_after).contains(&now)
            && !directory.account_revoked(account, grant.generation)
    };
    standing(needed.is_empty(), directory.admin_request(account).is_some(), directory.grants_of(*account).any(covers))
}

const fn standing(needs_none: bool, asked: bool, granted: bool) -> AdminStanding {
    match (needs_none, granted, asked) {
        (true, ..) => AdminStanding::None,
        (_, true, _) => AdminStanding::Granted,
        (_, _, true) => AdminStanding::Asked,
        _ => AdminStanding::MayAsk,
    }
}

/// Refuses who has no such right.
///
/// # Errors
/// `not_permitted`.
pub(crate) const fn require(may: bool) -> Result<()> {
    if may { Ok(()) } else { Err(ClientError::new(ErrorCode::NotPermitted, "do what administrators do")) }
}
