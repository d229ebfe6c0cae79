//! `/v1/commands`, `/v1/receipts`, `/v1/report`: how far commands have come, and what machines tell of themselves.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use sotto_protocol::ErrorCode;
use sotto_protocol::api::{CommandBegun, CommandsResponse, Diagnostics, DirectoryVersion, ErrorResponse, ReceiptRequest, Report};
use sotto_protocol::limits::{DIAGNOSTIC_COUNTS, FIELD_CHARS};
use sotto_protocol::role::Permission;

use super::{parse_json, require_any};
use crate::auth::{Anyone, Controlled, Device, Workstation};
use crate::commit::Change;
use crate::error::Result;
use crate::state::App;
use crate::store::fleet::FleetStore;

/// How far each command has come. For who lets machines in and shuts them out, and for who reviews.
#[utoipa::path(get, path = "/v1/commands", tag = "fleet", responses(
    (status = 200, body = CommandsResponse),
    (status = 403, body = ErrorResponse, description = "not_permitted: neither workstations nor review"),
))]
pub async fn list(State(app): State<App>, device: Device) -> Result<Json<CommandsResponse>> {
    require_any(&app, &device.account, &[Permission::Workstations, Permission::Review])?;
    Ok(Json(CommandsResponse { commands: app.store.load_progress().await? }))
}

/// A machine begins with a command to it, also one that is out by it.
#[utoipa::path(post, path = "/v1/commands/begun", tag = "fleet", request_body = CommandBegun, responses(
    (status = 204),
    (status = 404, body = ErrorResponse, description = "not_found: no such command to this machine"),
))]
pub async fn begin(State(app): State<App>, by: Controlled) -> Result<StatusCode> {
    let CommandBegun { command } = parse_json(&by.body)?;
    let is_its = app.organisation.read().as_ref().is_some_and(|organisation| {
        let issued = organisation.directory().command(&command);
        issued.is_some_and(|issued| issued.command.workstation == by.workstation && issued.holds_from.is_some())
    });
    if !is_its {
        return Err(ErrorCode::NotFound.into());
    }
    app.store.note_begun(app.clock.now_ms(), command).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a machine's receipt. Its signature is the authority: after a wipe there is no key left to prove a request with.
#[utoipa::path(post, path = "/v1/receipts", tag = "fleet", request_body = ReceiptRequest, responses(
    (status = 200, body = DirectoryVersion, description = "the directory's version after it; a repeat gets the same"),
    (status = 401, body = ErrorResponse, description = "signature_invalid"),
    (status = 403, body = ErrorResponse, description = "not_permitted, unknown_root"),
))]
pub async fn receipt(State(app): State<App>, anyone: Anyone) -> Result<Json<DirectoryVersion>> {
    let request: ReceiptRequest = parse_json(&anyone.body)?;
    let version = app.commits.change(Change::Receipt(request.receipt.0)).await?;
    Ok(Json(DirectoryVersion { version }))
}

/// What a machine tells of itself, in place of what it told before.
#[utoipa::path(post, path = "/v1/report", tag = "fleet", request_body = Report, responses(
    (status = 204),
    (status = 413, body = ErrorResponse, description = "too_large: a text of more than 120 characters, or more than 128 counts"),
))]
pub async fn report(State(app): State<App>, by: Workstation) -> Result<StatusCode> {
    let report: Report = parse_json(&by.body)?;
    if is_too_large(&report) {
        return Err(ErrorCode::TooLarge.into());
    }
    app.reports.note(by.workstation, report);
    Ok(StatusCode::NO_CONTENT)
}

fn is_too_large(report: &Report) -> bool {
    let Diagnostics { errors, refusals, .. } = &report.diagnostics;
    let counted = errors.iter().chain(refusals).map(|counted| &counted.name);
    let mut texts = [&report.app_version, &report.os].into_iter().chain(counted);
    errors.len().max(refusals.len()) > DIAGNOSTIC_COUNTS || texts.any(|text| text.chars().count() > FIELD_CHARS)
}
