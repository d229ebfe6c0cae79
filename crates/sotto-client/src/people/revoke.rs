//! How does a person go out? With every device, and with an invite that nobody used yet.

use sotto_protocol::{AccountId, ErrorCode};

use crate::error::{ClientError, Result};
use crate::permissions::{permissions, require};
use crate::session::Session;
use crate::statements::revoke;

impl Session {
    /// Shuts a person out, with all their devices, or withdraws their invite. Needs the server.
    ///
    /// # Errors
    /// `locked`, `not_found`; `not_permitted`, also for oneself; those of the server.
    pub async fn revoke_person(&self, account: AccountId) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        require(permissions(core).people)?;
        if account == core.account {
            return Err(ClientError::new(ErrorCode::NotPermitted, "shut oneself out"));
        }
        call.run(revoke(core, |list, directory| {
            let certified = directory.account(&account).and_then(|account| account.current()).map(|cert| cert.generation);
            let invited = directory.invites().filter(|(invite, _)| invite.account == account).map(|(invite, _)| invite.generation);
            let generation = certified.into_iter().chain(invited).max()?;
            list.accounts.retain(|(listed, _)| *listed != account);
            list.accounts.push((account, generation));
            Some(())
        }))
        .await
    }
}
