//! `POST /v1/devices`: an account that signed in gets a device on this machine.

use axum::Json;
use axum::extract::State;
use sotto_protocol::api::{DeviceRequest, DirectoryVersion, ErrorResponse};

use super::parse_json;
use crate::auth::Workstation;
use crate::commit::Change;
use crate::error::Result;
use crate::state::App;

/// Adds a device, on the workstation that proves the request. The account's signature is the authority.
#[utoipa::path(post, path = "/v1/devices", tag = "directory", request_body = DeviceRequest, responses(
    (status = 200, body = DirectoryVersion, description = "the directory's version after it; a repeat gets the same"),
    (status = 401, body = ErrorResponse, description = "workstation_unknown, signature_invalid"),
    (status = 403, body = ErrorResponse, description = "not_permitted, account_revoked, workstation_revoked"),
    (status = 413, body = ErrorResponse, description = "too_large: the account has too many devices"),
))]
pub async fn add(State(app): State<App>, by: Workstation) -> Result<Json<DirectoryVersion>> {
    let request: DeviceRequest = parse_json(&by.body)?;
    let version = app.commits.change(Change::AdmitDevice(by.workstation, request.device_cert.0)).await?;
    Ok(Json(DirectoryVersion { version }))
}
