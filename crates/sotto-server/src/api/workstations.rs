//! `/v1/workstations`: lets a machine in, and tells IT when each one was last here and how it is.

use std::collections::{HashMap, HashSet};

use axum::Json;
use axum::extract::State;
use sotto_protocol::api::{DirectoryVersion, ErrorResponse, WorkstationRequest, WorkstationSeen, WorkstationsResponse};
use sotto_protocol::role::Permission;

use super::{parse_json, require_any};
use crate::auth::{Anyone, Device};
use crate::commit::Change;
use crate::error::Result;
use crate::state::App;
use crate::store::Store;
use crate::store::fleet::FleetStore;

/// Uses a workstation token. The certificate's signature by the token's key is the proof.
#[utoipa::path(post, path = "/v1/workstations", tag = "directory", request_body = WorkstationRequest, responses(
    (status = 200, body = DirectoryVersion, description = "the directory's version after it; a repeat gets the same"),
    (status = 401, body = ErrorResponse, description = "signature_invalid"),
    (status = 403, body = ErrorResponse, description = "token_expired, not_permitted"),
    (status = 404, body = ErrorResponse, description = "token_unknown"),
    (status = 409, body = ErrorResponse, description = "token_used"),
))]
pub async fn admit(State(app): State<App>, anyone: Anyone) -> Result<Json<DirectoryVersion>> {
    let request: WorkstationRequest = parse_json(&anyone.body)?;
    let version = app.commits.change(Change::AdmitWorkstation(request.workstation_cert.0)).await?;
    Ok(Json(DirectoryVersion { version }))
}

/// When each workstation was last here. For who lets machines in and shuts them out, and for who reviews.
#[utoipa::path(get, path = "/v1/workstations", tag = "directory", responses(
    (status = 200, body = WorkstationsResponse),
    (status = 403, body = ErrorResponse, description = "not_permitted: neither workstations nor review"),
))]
pub async fn list(State(app): State<App>, device: Device) -> Result<Json<WorkstationsResponse>> {
    require_any(&app, &device.account, &[Permission::Workstations, Permission::Review])?;
    // What is not stored yet is taken first, so that nothing is missed that is stored meanwhile. A look writes nothing.
    let (noted, told) = (app.seen.noted(&app), app.reports.noted());
    let mut seen: HashMap<_, _> = app.store.load_seen().await?.into_iter().collect();
    for (workstation, at) in noted {
        let last = seen.entry(workstation).or_default();
        *last = at.max(*last);
    }
    let mut reports: HashMap<_, _> = app.store.load_reports().await?.into_iter().collect();
    reports.extend(told);
    let connected: HashSet<_> = app.connected.all().into_iter().collect();
    let workstations = seen.into_iter().map(|(workstation, seen_at)| {
        let (connected, report) = (connected.contains(&workstation), reports.remove(&workstation));
        WorkstationSeen { workstation, seen_at, connected, report }
    });
    Ok(Json(WorkstationsResponse { workstations: workstations.collect() }))
}
