//! Which machines are there? Those that were let in, and the tokens that nobody used yet.

use std::collections::HashMap;

use sotto_protocol::WorkstationId;
use sotto_protocol::api::{Report, WorkstationSeen, WorkstationsResponse};
use sotto_protocol::statement::{WorkstationCert, WorkstationToken};

use crate::error::Result;
use crate::people::DAY_MS;
use crate::permissions::{permissions, require};
use crate::session::{Core, People, Session};
use crate::view::{MachineReport, WorkstationEntry, WorkstationState};

/// A machine that was not heard for so long is one that IT looks for.
const STALE_MS: u64 = 30 * DAY_MS;

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
        let (people, now) = (core.people(), core.clock.wall_ms());
        let machines = people.directory.workstations().map(|cert| {
            let entry = machine(&people, cert);
            let seen = seen.get(&cert.workstation);
            let heard_at = seen.map_or(cert.issued_at, |seen| seen.seen_at);
            WorkstationEntry {
                last_seen_at: seen.map(|seen| seen.seen_at),
                here: cert.workstation == core.machine,
                connected: seen.is_some_and(|seen| seen.connected),
                pending: pending(&people, &cert.workstation, now),
                // Without the server nobody knows.
                stale: seen.is_some() && entry.state == WorkstationState::Active && heard_at.saturating_add(STALE_MS) < now,
                report: seen.and_then(|seen| seen.report.as_ref()).map(|report| report_view(report, people.directory.head().0)),
                ..entry
            }
        });
        let waiting = people.directory.tokens().filter(|(_, used)| !used).map(|(token, _)| waiting(&people, token));
        let mut entries: Vec<WorkstationEntry> = machines.chain(waiting).collect();
        entries.sort_by_cached_key(|entry| (entry.name.to_lowercase(), entry.id.clone()));
        Ok(entries)
    }
}

/// What the server knows of each machine; nothing without it.
pub(super) async fn fetch_seen(core: &Core) -> HashMap<WorkstationId, WorkstationSeen> {
    match core.http.fetch_json::<WorkstationsResponse>("/v1/workstations", Some(&core.signer)).await {
        Ok(answer) => answer.workstations.into_iter().map(|seen| (seen.workstation, seen)).collect(),
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
        connected: false,
        stale: false,
        pending: 0,
        report: None,
        custodian: people.custodian(&cert.workstation),
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
        connected: false,
        stale: false,
        pending: 0,
        report: None,
        custodian: None,
    }
}

/// Commands that hold without a receipt, or wait for a second administrator who may still agree.
fn pending(people: &People, workstation: &WorkstationId, now: u64) -> u32 {
    let open = people
        .directory
        .commands_to(workstation)
        .filter(|issued| issued.receipt.is_none() && (issued.holds_from.is_some() || now <= issued.command.not_after));
    u32::try_from(open.count()).unwrap_or(u32::MAX)
}

/// A report as it is shown; `head` is how many statements the directory has.
pub(super) fn report_view(report: &Report, head: u64) -> MachineReport {
    MachineReport {
        app_version: report.app_version.clone(),
        os: report.os.clone(),
        disk_encrypted: report.disk_encrypted,
        screen_lock: report.screen_lock,
        insecure_keyring: report.insecure_keyring,
        vaults: report.vaults,
        lease_until: report.lease_until,
        behind: head.saturating_sub(report.directory),
        diagnostics: report.diagnostics.clone(),
    }
}
