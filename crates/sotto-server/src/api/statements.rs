//! `POST /v1/statements`: takes an admin's invite, role or revocations, the root's policy or grant, or a request for one.

use axum::Json;
use axum::extract::State;
use sotto_protocol::api::{DirectoryVersion, ErrorResponse, StatementRequest};

use super::parse_json;
use crate::auth::Device;
use crate::commit::Change;
use crate::error::Result;
use crate::state::App;

/// Takes a statement. Any enrolled device may bring it: the authority is in its signature. A request to become an admin comes from a device of its account.
#[utoipa::path(post, path = "/v1/statements", tag = "directory", request_body = StatementRequest, responses(
    (status = 200, body = DirectoryVersion, description = "the directory's version after it; a repeat gets the same"),
    (status = 401, body = ErrorResponse, description = "signature_invalid"),
    (status = 403, body = ErrorResponse, description = "not_permitted, unknown_root"),
    (status = 409, body = ErrorResponse, description = "conflict: it rolls a newer one back"),
))]
pub async fn accept(State(app): State<App>, device: Device) -> Result<Json<DirectoryVersion>> {
    let request: StatementRequest = parse_json(&device.body)?;
    let version = app.commits.change(Change::Accept(device.account, request.statement.0)).await?;
    Ok(Json(DirectoryVersion { version }))
}
