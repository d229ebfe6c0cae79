//! `POST /v1/enrol`: uses an invite.

use axum::Json;
use axum::extract::State;
use sotto_protocol::api::{DirectoryVersion, EnrolRequest, ErrorResponse};

use super::parse_json;
use crate::auth::Anyone;
use crate::commit::Change;
use crate::error::Result;
use crate::state::App;

/// Binds an account and its first device to their keys. The certificates' signatures are the proof.
#[utoipa::path(post, path = "/v1/enrol", tag = "directory", request_body = EnrolRequest, responses(
    (status = 200, body = DirectoryVersion, description = "the directory's version after it; a repeat gets the same"),
    (status = 403, body = ErrorResponse, description = "invite_expired, not_permitted"),
    (status = 404, body = ErrorResponse, description = "invite_unknown"),
    (status = 409, body = ErrorResponse, description = "invite_used"),
))]
pub async fn enrol(State(app): State<App>, anyone: Anyone) -> Result<Json<DirectoryVersion>> {
    let request: EnrolRequest = parse_json(&anyone.body)?;
    let version = app.commits.change(Change::Enrol(request.account_cert.0, request.device_cert.0)).await?;
    Ok(Json(DirectoryVersion { version }))
}
