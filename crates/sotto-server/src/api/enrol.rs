//! `POST /v1/enrol`: uses an invite, on a machine that was let in.

use axum::Json;
use axum::extract::State;
use sotto_protocol::api::{DirectoryVersion, EnrolRequest, ErrorResponse};

use super::parse_json;
use crate::auth::Workstation;
use crate::commit::Change;
use crate::error::Result;
use crate::state::App;

/// Binds an account and its first device to their keys, on the workstation that proves the request.
#[utoipa::path(post, path = "/v1/enrol", tag = "directory", request_body = EnrolRequest, responses(
    (status = 200, body = DirectoryVersion, description = "the directory's version after it; a repeat gets the same"),
    (status = 401, body = ErrorResponse, description = "workstation_unknown"),
    (status = 403, body = ErrorResponse, description = "invite_expired, not_permitted, workstation_revoked"),
    (status = 404, body = ErrorResponse, description = "invite_unknown"),
    (status = 409, body = ErrorResponse, description = "invite_used"),
))]
pub async fn enrol(State(app): State<App>, by: Workstation) -> Result<Json<DirectoryVersion>> {
    let request: EnrolRequest = parse_json(&by.body)?;
    let version = app.commits.change(Change::Enrol(by.workstation, request.account_cert.0, request.device_cert.0)).await?;
    Ok(Json(DirectoryVersion { version }))
}
