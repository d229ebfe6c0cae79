//! Which machines are there? Those that were let in, and the tokens that nobody used yet.

use std::collections::HashMap;

use sotto_protocol::WorkstationId;
use sotto_protocol::api::WorkstationsResponse;
use sotto_protocol::statement::{WorkstationCert, WorkstationToken};

use crate::error::Result;
use crate::permissions::{permissions, require};
use crate::session::{Core, People, Session};
use crate::view::{WorkstationEntry, WorkstationState};

impl Session {
    /// Every machine, by name.
    ///
    /// # Errors
    /// `locked`, `not_permitted`. Without the server nobody knows when each was last heard; that is no error.
    pub async fn workstations(&self) -> Result<Vec<WorkstationEntry>> {
        let call = self.enter()?;
        let core = call.core();
        let may = permissions(core);
        require(may.workstations || may.review)?;
        let seen = call.run(async { Ok(fetch_seen(core).await) }).await?;
        let people = core.people();
        let machines = people.directory.workstations().map(|cert| {
            let entry = machine(&people, cert);
            WorkstationEntry { last_seen_at: seen.get(&cert.workstation).copied(), here: cert.workstation == core.machine, ..entry }
        });
        let waiting = people.directory.tokens().filter(|(_, used)| !used).map(|(token, _)| waiting(&people, token));
        let mut entries: Vec<WorkstationEntry> = machines.chain(waiting).collect();
        entries.sort_by_cached_key(|entry| (entry.name.to_lowercase(), entry.id.clone()));
        Ok(entries)
    }
}

async fn fetch_seen(core: &Core) -> HashMap<WorkstationId, u64> {
    match core.http.fetch_json::<WorkstationsResponse>("/v1/workstations", Some(&core.signer)).await {
        Ok(answer) => answer.workstations.into_iter().map(|seen| (seen.workstation, seen.seen_at)).collect(),
        Err(error) => {
            tracing::info!(%error, "nobody knows when the workstations were last heard");
            HashMap::new()
        }
    }
}

fn machine(people: &People, cert: &WorkstationCert) -> WorkstationEntry {
    let revoked = people.directory.workstation_revoked(&cert.workstation);
    let profile = people.machine(&cert.workstation);
    WorkstationEntry {
        id: cert.workstation.to_string(),
        name: profile.map(|profile| profile.name.clone()).unwrap_or_default(),
        location: profile.map(|profile| profile.location.clone()).unwrap_or_default(),
        kind: cert.kind,
        state: if revoked { WorkstationState::Revoked } else { WorkstationState::Active },
        last_seen_at: None,
        expires_at: None,
        here: false,
    }
}

fn waiting(people: &People, token: &WorkstationToken) -> WorkstationEntry {
    let withdrawn = people.directory.token_withdrawn(&token.token);
    let profile = people.machine_of(&token.token);
    WorkstationEntry {
        id: token.token.to_string(),
        name: profile.map(|profile| profile.name.clone()).unwrap_or_default(),
        location: profile.map(|profile| profile.location.clone()).unwrap_or_default(),
        kind: token.kind,
        state: if withdrawn { WorkstationState::Revoked } else { WorkstationState::Waiting },
        last_seen_at: None,
        expires_at: (!withdrawn).then_some(token.not_after),
        here: false,
    }
}
