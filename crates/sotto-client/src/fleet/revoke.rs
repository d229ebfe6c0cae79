//! How does a machine go out? With every device on it; a token that nobody used is withdrawn.

use sotto_protocol::{TokenId, WorkstationId};

use crate::error::{ClientError, Result};
use crate::permissions::{permissions, require};
use crate::session::Session;
use crate::statements::revoke;
use crate::view::ErrorCode;

impl Session {
    /// Shuts a machine out, or withdraws a token: `id` is one of [`Session::workstations`]. Needs the server.
    ///
    /// # Errors
    /// `locked`, `not_found`, `not_permitted`; those of the server.
    pub async fn revoke_workstation(&self, id: &str) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        require(permissions(core).workstations)?;
        let workstation: WorkstationId = id.parse().map_err(|_| ClientError::new(ErrorCode::NotFound, "find the workstation"))?;
        // A token is withdrawn by its id among the machines.
        let token = TokenId::from_bytes(*workstation.as_bytes());
        call.run(revoke(core, |list, directory| {
            let waits = directory.token(&token).is_some_and(|(_, used)| !used);
            if !waits && directory.workstation(&workstation).is_none() {
                return None;
            }
            if !list.workstations.contains(&workstation) {
                list.workstations.push(workstation);
            }
            Some(())
        }))
        .await
    }
}
