//! How does a person get their role? By a grant that an administrator signs, with a serial above the last one; it holds at once, everywhere.

use std::sync::Arc;

use sotto_protocol::role::Permission;
use sotto_protocol::statement::{RoleGrant, Statement};
use sotto_protocol::{AccountId, ErrorCode};

use crate::error::{Attempt as _, ClientError, Result};
use crate::permissions::{permissions, require};
use crate::session::{Core, Session};
use crate::statements;
use crate::sync::directory::refresh;
use crate::view::RoleChoice;

impl Session {
    /// Gives a person, or somebody who is invited, another role. Needs the server.
    ///
    /// # Errors
    /// `locked`; `not_found`; `not_permitted`, also for oneself and for a list that has both administration and threads; `malformed` for a
    /// list of a role that has none; those of the server.
    pub async fn set_role(&self, account: AccountId, choice: RoleChoice) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        require(permissions(core).people)?;
        if account == core.account {
            return Err(ClientError::new(ErrorCode::NotPermitted, "set one's own role"));
        }
        let set = async {
            // The serial must be above the newest one there is.
            refresh(core).await?;
            let known = {
                let people = core.people();
                people.directory.account(&account).is_some() || people.directory.invites().any(|(invite, _)| invite.account == account)
            };
            if !known {
                return Err(ClientError::new(ErrorCode::NotFound, "set a role"));
            }
            grant(core, account, choice).await
        };
        call.run(set).await
    }
}

/// Signs a role and has the server take it.
///
/// # Errors
/// As [`Session::set_role`], but for what is known of the account.
pub(super) async fn grant(core: &Arc<Core>, account: AccountId, choice: RoleChoice) -> Result<()> {
    let serial = core.people().directory.role(&account).map_or(0, |grant| grant.serial).saturating_add(1);
    let (role, issued_at) = (choice.role, core.clock.wall_ms());
    let grant = RoleGrant { org: core.org, account, serial, role, permissions: in_order(choice.permissions), issued_at };
    check(&grant).map_err(|code| ClientError::new(code, "set a role"))?;
    statements::assert(core, &Statement::RoleGrant(grant)).await.attempting("set a role")
}

/// Whether everybody would take the grant in, before anything is sent.
fn check(grant: &RoleGrant) -> std::result::Result<(), ErrorCode> {
    match () {
        () if !grant.is_well_formed() => Err(ErrorCode::Malformed),
        () if grant.is_mixed() => Err(ErrorCode::NotPermitted),
        () => Ok(()),
    }
}

/// In the order in which a grant lists them, each once.
pub(super) fn in_order(mut permissions: Vec<Permission>) -> Vec<Permission> {
    permissions.sort_unstable();
    permissions.dedup();
    permissions
}
