//! Who answers for a machine, and who did before? Every change is signed, and nobody can take one out of the log.

use serde_bytes::ByteBuf;
use sotto_crypto::OsRandom;
use sotto_crypto::profile::{open_location, open_workstation, seal_location};
use sotto_protocol::directory::CustodyChange;
use sotto_protocol::statement::{Custody, Statement};
use sotto_protocol::{AccountId, WorkstationId};

use crate::error::{Attempt as _, ClientError, Result};
use crate::permissions::{permissions, require};
use crate::session::{Core, People, Session};
use crate::statements;
use crate::sync::directory::refresh;
use crate::view::{CustodyRequest, CustodyView, ErrorCode};

impl Session {
    /// Hands a machine to somebody, or to nobody, and says where it stands. What is so already is not said again. Needs the server.
    ///
    /// # Errors
    /// `locked`, `not_permitted`; `not_found` for a machine that was never let in and for a person who is not there or is out;
    /// `too_large` for the place; `conflict` where another administrator was first; those of the server.
    pub async fn set_custody(&self, request: CustodyRequest) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        require(permissions(core).workstations)?;
        let workstation = parse_workstation(&request.workstation)?;
        let set = async {
            // The serial must be above the newest one there is.
            refresh(core).await?;
            let people = core.people();
            match next_change(core, &people, workstation, request.custodian, request.location.trim())? {
                Some(custody) => {
                    statements::assert(core, &Statement::Custody(custody)).await.attempting("set who answers for a workstation")
                }
                None => Ok(()),
            }
        };
        call.run(set).await
    }

    /// Every change of a machine's custody, the newest first.
    ///
    /// # Errors
    /// `locked`, `not_permitted`; `not_found` for a machine that was never let in.
    pub async fn custody(&self, workstation: &str) -> Result<Vec<CustodyView>> {
        let call = self.enter()?;
        let core = call.core();
        let may = permissions(core);
        require(may.workstations || may.review)?;
        let (workstation, people) = (parse_workstation(workstation)?, core.people());
        let first = first_location(core, &people, workstation)?;
        let mut views = log(core, &people, workstation, first);
        views.reverse();
        Ok(views)
    }
}

const MISSING: ClientError = ClientError::new(ErrorCode::NotFound, "find the workstation");

fn parse_workstation(id: &str) -> Result<WorkstationId> {
    id.parse().map_err(|_| MISSING)
}

/// The statement that makes it so; `None` where it is so already.
fn next_change(
    core: &Core,
    people: &People,
    workstation: WorkstationId,
    custodian: Option<AccountId>,
    location: &str,
) -> Result<Option<Custody>> {
    let first = first_location(core, people, workstation)?;
    if custodian.is_some_and(|account| people.is_revoked(&account)) {
        return Err(ClientError::new(ErrorCode::NotFound, "find the person"));
    }
    let last = people.directory.custody(&workstation);
    let stands = last.map_or(first, |last| opened(core, last));
    if last.and_then(|last| last.custodian) == custodian && stands == location {
        return Ok(None);
    }
    let sealed = seal_location(&core.keys.directory, workstation, location, &mut OsRandom::new())
        .map_err(|_| ClientError::new(ErrorCode::TooLarge, "take the workstation's place"))?;
    Ok(Some(Custody {
        org: core.org,
        workstation,
        serial: last.map_or(0, |last| last.serial) + 1,
        custodian,
        location: ByteBuf::from(sealed),
        issued_at: core.clock.wall_ms(),
    }))
}

/// Where the machine's token says that it stands; what holds until the first change.
fn first_location(core: &Core, people: &People, workstation: WorkstationId) -> Result<String> {
    let cert = people.directory.workstation(&workstation).ok_or(MISSING)?;
    let token = people.directory.token(&cert.token).map(|(token, _)| token);
    let profile = token.and_then(|token| open_workstation(&core.keys.directory, token.token, &token.profile).ok());
    Ok(profile.map(|profile| profile.location).unwrap_or_default())
}

/// A place that was sealed under another key is unknown here.
fn opened(core: &Core, custody: &Custody) -> String {
    open_location(&core.keys.directory, custody.workstation, &custody.location).unwrap_or_default()
}

/// Every change, oldest first, each with what it replaced.
fn log(core: &Core, people: &People, workstation: WorkstationId, first: String) -> Vec<CustodyView> {
    let name = |account: Option<AccountId>| account.map(|account| people.name(&account));
    let (mut holder, mut stands) = (None, first);
    let mut views = Vec::new();
    for CustodyChange { custody, by } in people.directory.custody_changes(&workstation) {
        let location = opened(core, custody);
        views.push(CustodyView {
            from: name(holder),
            to: name(custody.custodian),
            handed: holder != custody.custodian,
            location_before: std::mem::replace(&mut stands, location.clone()),
            location,
            by: name(*by),
            at: custody.issued_at,
        });
        holder = custody.custodian;
    }
    views
}
