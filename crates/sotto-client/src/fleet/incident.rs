//! What is known of a workstation that is lost? The register of incidents: signed, seen alike by everybody who may, and never shortened.

use std::collections::{BTreeMap, HashMap};

use sotto_protocol::directory::ReportedIncident;
use sotto_protocol::statement::{Incident, IncidentClosed, IncidentOutcome, Statement};
use sotto_protocol::{AccountId, CommandId, IncidentId, WorkstationId};

use super::command::{self, Heard};
use super::proof::{self, ReceiptProof};
use crate::error::{Attempt as _, ClientError, Result};
use crate::permissions::{permissions, require};
use crate::session::{Core, People, Session};
use crate::statements;
use crate::sync::directory::refresh;
use crate::view::{CloseIncidentRequest, CommandView, ErrorCode, IncidentEndView, IncidentPersonView, IncidentView, OpenIncidentRequest};

const REPORT: &str = "report the workstation";
const CLOSE: &str = "close the incident";

impl Session {
    /// Reports a workstation lost or stolen, and returns the incident. It puts nothing out of service: that is what commands and
    /// revocation do. Needs the server.
    ///
    /// # Errors
    /// `locked`, `not_permitted`; `not_found` for a machine that was never let in; `conflict` for one that is reported already; those of
    /// the server.
    pub async fn open_incident(&self, request: OpenIncidentRequest) -> Result<IncidentId> {
        let call = self.enter()?;
        let core = call.core();
        require(permissions(core).workstations)?;
        let missing = || ClientError::new(ErrorCode::NotFound, "find the workstation");
        let workstation: WorkstationId = request.workstation.parse().map_err(|_| missing())?;
        let opened = async {
            // Another administrator may have been first.
            refresh(core).await?;
            let people = core.people();
            if people.directory.workstation(&workstation).is_none() {
                return Err(missing());
            }
            if people.directory.open_incident(&workstation).is_some() {
                return Err(ClientError::new(ErrorCode::Conflict, REPORT));
            }
            let (incident, issued_at) = (Core::make_id(IncidentId::from_bytes), core.clock.wall_ms());
            let statement = Incident { org: core.org, incident, workstation, reason: request.reason, issued_at };
            statements::assert(core, &Statement::Incident(statement)).await.attempting(REPORT)?;
            Ok(incident)
        };
        call.run(opened).await
    }

    /// Says how an incident ended. It stays in the register. Needs the server.
    ///
    /// # Errors
    /// `locked`, `not_permitted`; `not_found` for an incident that nobody opened, and for the receipt without which none ends as wiped;
    /// `conflict` for one that is over; those of the server.
    pub async fn close_incident(&self, request: CloseIncidentRequest) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        require(permissions(core).workstations)?;
        let CloseIncidentRequest { incident, outcome } = request;
        let closed = async {
            refresh(core).await?;
            check_end(&core.people(), incident, outcome)?;
            let statement = IncidentClosed { org: core.org, incident, outcome, issued_at: core.clock.wall_ms() };
            statements::assert(core, &Statement::IncidentClosed(statement)).await.attempting(CLOSE)
        };
        call.run(closed).await
    }

    /// The register, the newest incident first.
    ///
    /// # Errors
    /// `locked`, `not_permitted`. Without the server nobody knows how far each command was brought; that is no error.
    pub async fn incidents(&self) -> Result<Vec<IncidentView>> {
        let call = self.enter()?;
        let core = call.core();
        let may = permissions(core);
        require(may.workstations || may.review)?;
        let heard = call.run(async { Ok(command::hear(core).await) }).await?;
        Ok(register(core, &core.people(), &heard))
    }

    /// The register as a file with every receipt in it, which [`crate::verify_receipts`] verifies without the server. Unlike that of
    /// [`Session::export_receipts`] it names machines and staff.
    ///
    /// # Errors
    /// `locked`, `not_permitted`; those of the vault.
    pub async fn export_incidents(&self) -> Result<ReceiptProof> {
        let call = self.enter()?;
        let core = call.core();
        let may = permissions(core);
        require(may.workstations || may.review)?;
        let exported = async {
            let heard = command::hear(core).await;
            let people = core.people();
            // What came after the register was read is not in the file either: each says what the other says.
            let proof = proof::load(core, people.directory.head()).await?;
            Ok(ReceiptProof { incidents: Some(register(core, &people, &heard)), ..proof })
        };
        call.run(exported).await
    }
}

fn check_end(people: &People, incident: IncidentId, outcome: IncidentOutcome) -> Result<()> {
    let reported = people.directory.incident(&incident).ok_or(ClientError::new(ErrorCode::NotFound, "find the incident"))?;
    if reported.end.is_some() {
        return Err(ClientError::new(ErrorCode::Conflict, CLOSE));
    }
    if outcome == IncidentOutcome::Wiped && !people.directory.wipe_is_receipted(&reported.incident.workstation) {
        return Err(ClientError::new(ErrorCode::NotFound, "find the receipt of a wipe"));
    }
    Ok(())
}

fn register(core: &Core, people: &People, heard: &Heard) -> Vec<IncidentView> {
    let commands: HashMap<_, _> = command::views(core, people, heard).into_iter().map(|view| (view.command, view)).collect();
    people.directory.incidents().rev().map(|reported| view(people, reported, &commands)).collect()
}

fn view(people: &People, reported: &ReportedIncident, commands: &HashMap<CommandId, CommandView>) -> IncidentView {
    let (incident, directory) = (&reported.incident, &people.directory);
    let name = |account: Option<AccountId>| account.map(|account| people.name(&account));
    let told = directory.incident_commands(reported).filter_map(|issued| commands.get(&issued.command.command).cloned());
    let mut told: Vec<CommandView> = told.collect();
    told.reverse();
    IncidentView {
        incident: incident.incident,
        workstation: incident.workstation.to_string(),
        workstation_name: people.machine(&incident.workstation).map(|profile| profile.name.clone()).unwrap_or_default(),
        reason: incident.reason,
        opened_by: name(reported.by),
        opened_at: incident.issued_at,
        commands: told,
        shut_out: directory.workstation_revoked(&incident.workstation),
        wiped: directory.wipe_is_receipted(&incident.workstation),
        people: affected(people, reported),
        closed: reported.end.as_ref().map(|end| IncidentEndView {
            outcome: end.closed.outcome,
            by: name(end.by),
            at: end.closed.issued_at,
        }),
    }
}

/// Whoever had a device on the machine before the incident was over.
fn affected(people: &People, reported: &ReportedIncident) -> Vec<IncidentPersonView> {
    let directory = &people.directory;
    let until = reported.end.as_ref().map_or(u64::MAX, |end| end.since);
    let there = directory.devices().filter(|cert| cert.workstation == reported.incident.workstation);
    let there = there.filter(|cert| directory.device_since(&cert.device).is_some_and(|since| since <= until));
    let mut newest: BTreeMap<AccountId, u32> = BTreeMap::new();
    for cert in there {
        let generation = newest.entry(cert.account).or_default();
        *generation = cert.generation.max(*generation);
    }
    let views = newest.into_iter().map(|(account, generation)| {
        let current = directory.account(&account).and_then(|account| account.current()).map(|cert| cert.generation);
        let renewed = current.is_some_and(|current| current > generation);
        IncidentPersonView { account, name: people.name(&account), revoked: people.is_revoked(&account), renewed }
    });
    let mut views: Vec<IncidentPersonView> = views.collect();
    views.sort_by_cached_key(|view| (view.name.to_lowercase(), view.account));
    views
}
