//! How is a person invited? With a name for colleagues, sealed, and a login name that the server never learns.

use std::sync::Arc;

use serde_bytes::ByteBuf;
use sotto_crypto::invite::InviteCode;
use sotto_crypto::login::Login;
use sotto_crypto::profile::seal_profile;
use sotto_crypto::{OsRandom, Secret32, SigningKey};
use sotto_protocol::statement::{Invite, Profile, Statement};
use sotto_protocol::{AccountId, ErrorCode, InviteId, limits};
use sotto_store::table::login;

use super::role::grant;
use crate::error::{Attempt as _, ClientError, Result};
use crate::permissions::{permissions, require};
use crate::session::{Core, Session};
use crate::statements;
use crate::view::{InviteRequest, InviteView, RoleChoice, SecretText};
use crate::workstation::roam::parse_login;

/// A day in milliseconds.
pub(crate) const DAY_MS: u64 = 86_400_000;

impl Session {
    /// Invites a person. Needs the server.
    ///
    /// # Errors
    /// `locked`; `not_permitted`, also for a role that has both administration and threads; `malformed` for permissions of a role that has
    /// none; `login_malformed`; `login_taken` as far as this vault knows; `too_large` for names; those of the server.
    pub async fn invite(&self, request: InviteRequest) -> Result<InviteView> {
        let call = self.enter()?;
        let core = call.core();
        require(permissions(core).people)?;
        let login = parse_login(&request.login)?;
        let invited = async {
            if taken(core).await?.contains(&login) {
                return Err(ClientError::new(ErrorCode::LoginTaken, "invite"));
            }
            invite(core, &request, login).await
        };
        call.run(invited).await
    }
}

/// The login names that this vault knows to be somebody's: those it gave out to people who are not out, and its own.
pub(super) async fn taken(core: &Core) -> Result<Vec<Login>> {
    let given = core.vault.read(login::load_all).await?;
    let people = core.people();
    let out = |account: &AccountId| match people.directory.account(account).and_then(|account| account.current()) {
        Some(cert) => people.directory.account_revoked(account, cert.generation),
        None => people.directory.account_revoked(account, 1),
    };
    let given = given.into_iter().filter(|(account, _)| !out(account)).map(|(_, login)| login);
    Ok(given.chain([core.login.clone()]).collect())
}

/// Invites somebody who was never here.
pub(super) async fn invite(core: &Arc<Core>, request: &InviteRequest, login: Login) -> Result<InviteView> {
    let account = Core::make_id(AccountId::from_bytes);
    let profile = Profile { name: request.name.trim().to_owned(), title: request.title.trim().to_owned() };
    // The role first: nobody ever comes in without one.
    let choice = RoleChoice { role: request.role, permissions: request.permissions.clone() };
    grant(core, account, choice).await?;
    issue(core, (account, 1), profile, login, request.days).await
}

/// Makes the invite for a generation of an account, and notes the login name once the server has it.
pub(super) async fn issue(
    core: &Arc<Core>,
    (account, generation): (AccountId, u32),
    profile: Profile,
    login: Login,
    days: u32,
) -> Result<InviteView> {
    let (seed, invite) = (Secret32::generate(&mut OsRandom::new()), Core::make_id(InviteId::from_bytes));
    let sealed = seal_profile(&core.keys.directory, account, &profile, &mut OsRandom::new())
        .map_err(|_| ClientError::new(ErrorCode::TooLarge, "take the person's name"))?;
    let now = core.clock.wall_ms();
    let expires_at = now.saturating_add(u64::from(days.max(1)) * DAY_MS);
    let statement = Statement::Invite(Invite {
        org: core.org,
        invite,
        account,
        generation,
        invite_key: SigningKey::from_seed(seed.clone()).verify_key(),
        profile: ByteBuf::from(sealed),
        not_before: now.saturating_sub(limits::CLOCK_SKEW_MS),
        not_after: expires_at,
    });
    statements::assert(core, &statement).await.attempting("invite")?;
    let noted = login.clone();
    core.vault.write(move |vault| login::store(vault, account, &noted)).await?;
    let (server, ca_der) = core.workstation.server()?;
    let root = *core.people().directory.root();
    let directory_key = core.keys.directory.clone();
    let code = InviteCode { server, ca_der, root, directory_key, invite, account, generation, seed, login };
    Ok(InviteView {
        account,
        name: profile.name,
        title: profile.title,
        login: code.login.as_str().to_owned(),
        text: SecretText::new(code.encode()),
        expires_at,
    })
}
