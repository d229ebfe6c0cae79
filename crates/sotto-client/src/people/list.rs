//! Who belongs to the clinic? Everybody with keys, and everybody whose invite nobody used yet.

use std::collections::HashMap;

use sotto_crypto::login::Login;
use sotto_protocol::AccountId;
use sotto_protocol::statement::Invite;
use sotto_store::table::login;

use crate::error::{Attempt as _, Result};
use crate::permissions::{permissions, require, standing_of};
use crate::session::{People, Session};
use crate::view::{AdminStanding, PersonState, PersonView, derive_initials};

impl Session {
    /// Everybody, by name; also for whoever is to administer people and has no grant yet.
    ///
    /// # Errors
    /// `locked`, `not_permitted`.
    pub async fn people(&self) -> Result<Vec<PersonView>> {
        let call = self.enter()?;
        let core = call.core();
        let may = permissions(core);
        require(may.people || may.review || may.root_sheets)?;
        let now = core.clock.wall_ms();
        let logins = call.run(async { core.vault.read(login::load_all).await.attempting("list the people") }).await?;
        let mut logins: HashMap<AccountId, Login> = logins.into_iter().collect();
        logins.insert(core.account, core.login.clone());
        let people = core.people();
        let directory = &people.directory;
        let known = directory.accounts().map(|(account, _)| (*account, None));
        let invited = directory.invites().filter(|(invite, used)| !used && directory.account(&invite.account).is_none());
        let all = known.chain(invited.map(|(invite, _)| (invite.account, Some(invite))));
        let mut persons: Vec<PersonView> =
            all.map(|(account, invite)| view(&people, account, invite, logins.get(&account), (core.account, now))).collect();
        persons.sort_by_cached_key(|person| (person.name.to_lowercase(), person.account));
        Ok(persons)
    }
}

fn view(people: &People, account: AccountId, invite: Option<&Invite>, login: Option<&Login>, (me, now): (AccountId, u64)) -> PersonView {
    let name = people.name(&account);
    let state = match invite {
        Some(invite) if people.directory.account_revoked(&account, invite.generation) => PersonState::Revoked,
        Some(_) => PersonState::Invited,
        None if people.is_revoked(&account) => PersonState::Revoked,
        None => PersonState::Active,
    };
    let grant = people.directory.role(&account);
    PersonView {
        account,
        role: grant.map(|grant| grant.role),
        permissions: grant.map(|grant| grant.permissions().to_vec()).unwrap_or_default(),
        admin: if state == PersonState::Active { standing_of(people, &account, now) } else { AdminStanding::None },
        initials: derive_initials(&name),
        name,
        title: people.title(&account).to_owned(),
        login: login.map(|login| login.as_str().to_owned()),
        state,
        expires_at: invite.filter(|_| state == PersonState::Invited).map(|invite| invite.not_after),
        me: account == me,
    }
}
