//! Who is in the organisation, and how do people come in and go out?

use std::sync::Arc;

use serde_bytes::ByteBuf;
use sotto_crypto::invite::InviteCode;
use sotto_crypto::profile::seal_profile;
use sotto_crypto::statement::sign;
use sotto_crypto::{OsRandom, Secret32, SigningKey};
use sotto_protocol::api::{DirectoryVersion, StatementRequest};
use sotto_protocol::statement::{Invite, Profile, Revocations, Signer, Statement};
use sotto_protocol::{AccountId, DeviceId, ErrorCode, InviteId, limits};

use crate::error::{Attempt as _, ClientError, Result};
use crate::session::{Core, Session};
use crate::sync::directory::refresh;
use crate::view::DirectoryPerson;

/// An invite to hand over. Its text is a secret until it is used.
#[derive(Clone)]
pub struct Invited {
    /// The account it makes.
    pub account: AccountId,
    /// What to hand over, out of band.
    pub code: String,
}

impl std::fmt::Debug for Invited {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invited").field("account", &self.account).finish_non_exhaustive()
    }
}

impl Session {
    /// Everybody who has keys, by name.
    ///
    /// # Errors
    /// `locked`.
    pub async fn directory(&self) -> Result<Vec<DirectoryPerson>> {
        let call = self.enter()?;
        let (people, me) = (call.core().people(), call.core().account);
        let mut persons: Vec<DirectoryPerson> = people
            .directory
            .accounts()
            .map(|(account, _)| {
                let member = people.member(*account);
                let (account, name, title, initials) = (member.account, member.name, member.title, member.initials);
                DirectoryPerson { account, name, title, initials, me: account == me, revoked: member.revoked }
            })
            .collect();
        persons.sort_by_cached_key(|person| (person.name.to_lowercase(), person.account));
        Ok(persons)
    }

    /// Invites a person. Needs the server.
    ///
    /// # Errors
    /// `locked`; `not_permitted` for who is no admin; `too_large` for names; those of the server.
    pub async fn invite(&self, name: &str, title: &str, valid_hours: u32) -> Result<Invited> {
        let call = self.enter()?;
        let core = call.core();
        let (seed, invite) = (Secret32::generate(&mut OsRandom::new()), Core::make_id(InviteId::from_bytes));
        let account = Core::make_id(AccountId::from_bytes);
        let profile = Profile { name: name.trim().to_owned(), title: title.trim().to_owned() };
        let profile = seal_profile(&core.keys.directory, account, &profile, &mut OsRandom::new())
            .map_err(|_| ClientError::new(ErrorCode::TooLarge, "take the person's name"))?;
        let now = core.clock.wall_ms();
        let statement = Statement::Invite(Invite {
            org: core.org,
            invite,
            account,
            generation: 1,
            invite_key: SigningKey::from_seed(seed.clone()).verify_key(),
            profile: ByteBuf::from(profile),
            not_before: now.saturating_sub(limits::CLOCK_SKEW_MS),
            not_after: now.saturating_add(u64::from(valid_hours) * 3_600_000),
        });
        call.run(assert_statement(core, &statement)).await.attempting("invite")?;
        let (server, ca_der) = core.workstation.server()?;
        let root = *core.people().directory.root();
        let directory_key = core.keys.directory.clone();
        let code = InviteCode { server, ca_der, root, directory_key, invite, account, generation: 1, seed };
        Ok(Invited { account, code: code.encode() })
    }

    /// Shuts a device out. Needs the server.
    ///
    /// # Errors
    /// `locked`, `not_found`, `not_permitted`; those of the server.
    pub async fn revoke_device(&self, device: DeviceId) -> Result<()> {
        let call = self.enter()?;
        call.run(revoke(call.core(), |list, people| {
            people.device(&device)?;
            list.devices.push(device);
            Some(())
        }))
        .await
    }

    /// Shuts a person out, with all their devices. Needs the server.
    ///
    /// # Errors
    /// `locked`, `not_found`, `not_permitted`; those of the server.
    pub async fn revoke_account(&self, account: AccountId) -> Result<()> {
        let call = self.enter()?;
        call.run(revoke(call.core(), |list, people| {
            let generation = people.account(&account)?.current()?.generation;
            list.accounts.retain(|(listed, _)| *listed != account);
            list.accounts.push((account, generation));
            Some(())
        }))
        .await
    }
}

/// Signs the next list of revocations: everything in the last one, and what `add` puts in.
async fn revoke(core: &Arc<Core>, add: impl FnOnce(&mut Revocations, &sotto_protocol::directory::Directory) -> Option<()>) -> Result<()> {
    // The list must follow the newest one there is.
    refresh(core).await?;
    let people = core.people();
    let before = people.directory.revocations();
    let mut list = Revocations {
        org: core.org,
        version: before.map_or(0, |list| list.version) + 1,
        issued_at: core.clock.wall_ms(),
        accounts: before.map(|list| list.accounts.clone()).unwrap_or_default(),
        devices: before.map(|list| list.devices.clone()).unwrap_or_default(),
        workstations: before.map(|list| list.workstations.clone()).unwrap_or_default(),
    };
    add(&mut list, &people.directory).ok_or(ClientError::new(ErrorCode::NotFound, "revoke"))?;
    list.devices.dedup();
    assert_statement(core, &Statement::Revocations(list)).await.attempting("revoke")
}

/// Signs a statement as the admin, has the server take it, and takes it in.
async fn assert_statement(core: &Arc<Core>, statement: &Statement) -> Result<()> {
    let (grant, key) = core.keys.admin.as_ref().ok_or(ClientError::new(ErrorCode::NotPermitted, "sign as an admin"))?;
    let signed = sign(&Signer::Admin(*grant), statement, key);
    let request = StatementRequest { statement: (&signed).into() };
    core.http.push_json::<DirectoryVersion>("/v1/statements", Some(&core.signer), &request).await?;
    refresh(core).await
}
