//! Where did somebody sign in that was new to them? The server lists it; the machines' names are opened here.

use sotto_protocol::AccountId;
use sotto_protocol::api::SignInsResponse;

use crate::error::{Attempt as _, Result};
use crate::permissions::{permissions, require};
use crate::session::{Call, Session};
use crate::view::SignInView;

impl Session {
    /// Where the person signed in that was new to them, newest first. Needs the server.
    ///
    /// # Errors
    /// `locked`; those of the server.
    pub async fn sign_ins(&self) -> Result<Vec<SignInView>> {
        let call = self.enter()?;
        fetch(&call, "/v1/sign-ins").await
    }

    /// The same of anybody, for who administers people and for who reviews. Needs the server.
    ///
    /// # Errors
    /// `locked`, `not_permitted`; `not_found` for who has no keys yet; those of the server.
    pub async fn sign_ins_of(&self, account: AccountId) -> Result<Vec<SignInView>> {
        let call = self.enter()?;
        let may = permissions(call.core());
        require(may.people || may.review)?;
        fetch(&call, &format!("/v1/sign-ins?account={account}")).await
    }
}

async fn fetch(call: &Call, target: &str) -> Result<Vec<SignInView>> {
    let core = call.core();
    let asked = async { core.http.fetch_json::<SignInsResponse>(target, Some(&core.signer)).await.attempting("list the sign-ins") };
    let answer = call.run(asked).await?;
    let people = core.people();
    let views = answer.sign_ins.into_iter().map(|one| {
        let profile = people.machine(&one.workstation);
        SignInView {
            workstation: profile.map(|profile| profile.name.clone()).unwrap_or_default(),
            location: profile.map(|profile| profile.location.clone()).unwrap_or_default(),
            at: one.at,
            recovery: one.recovery,
            here: one.workstation == core.machine,
        }
    });
    Ok(views.collect())
}
