//! How does somebody come back who has lost password, codes and every machine? As a new generation: new keys, the same person.

use sotto_protocol::statement::Profile;
use sotto_protocol::{AccountId, ErrorCode};
use sotto_store::table::login;

use super::invite::{issue, taken};
use crate::error::{Attempt as _, ClientError, Result};
use crate::permissions::{permissions, require};
use crate::session::{People, Session};
use crate::view::InviteView;

impl Session {
    /// Invites somebody anew who was here before. Once the invite is used their older keys, devices and login are out; they stay in their
    /// threads, and what was written before opens for them as soon as a colleague's device has sealed those threads' keys anew. What only
    /// their old vaults had, drafts and what they had read, is gone. Needs the server.
    ///
    /// # Errors
    /// `locked`; `not_permitted`, also for oneself; `not_found` for somebody who never came in or is shut out, or whose login name this
    /// vault does not know; those of the server.
    pub async fn invite_again(&self, account: AccountId, days: u32) -> Result<InviteView> {
        let call = self.enter()?;
        let core = call.core();
        require(permissions(core).people)?;
        let refused = |code| ClientError::new(code, "invite anew");
        if account == core.account {
            return Err(refused(ErrorCode::NotPermitted));
        }
        let invited = async {
            let known = core.vault.read(login::load_all).await.attempting("invite anew")?;
            let people = core.people();
            let generation = next_generation(&people, account).ok_or(refused(ErrorCode::NotFound))?;
            let login = known.into_iter().find(|(known, _)| *known == account).map(|(_, login)| login);
            let login = login.ok_or(refused(ErrorCode::NotFound))?;
            let others = taken(core).await?.into_iter().filter(|other| *other == login).count();
            if others > 1 {
                return Err(refused(ErrorCode::LoginTaken));
            }
            let profile = Profile { name: people.name(&account), title: people.title(&account).to_owned() };
            issue(core, (account, generation), profile, login, days).await
        };
        call.run(invited).await
    }
}

/// The generation after every one that the account has or was invited for; `None` for an account that is not in.
fn next_generation(people: &People, account: AccountId) -> Option<u32> {
    let (current, _) = people.directory.sealing_key(&account)?;
    let invited = people.directory.invites().filter(|(invite, _)| invite.account == account).map(|(invite, _)| invite.generation);
    invited.chain([current]).max()?.checked_add(1)
}
