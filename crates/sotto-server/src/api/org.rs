//! `POST /v1/org`: founds the organisation, once.

use axum::Json;
use axum::extract::State;
use sotto_protocol::ErrorCode;
use sotto_protocol::api::{DirectoryVersion, ErrorResponse, FoundRequest};
use sotto_protocol::key::VerifyKey;

use super::parse_json;
use crate::auth::Anyone;
use crate::commit::Change;
use crate::error::Result;
use crate::limits::FOUNDING_STATEMENTS;
use crate::state::App;

/// Founds the organisation under its root key. Needs the setup code; a repeat with the same root changes nothing.
#[utoipa::path(post, path = "/v1/org", tag = "directory", request_body = FoundRequest, responses(
    (status = 200, body = DirectoryVersion),
    (status = 403, body = ErrorResponse, description = "not_permitted: not the setup code, or a statement the root did not sign"),
    (status = 409, body = ErrorResponse, description = "conflict: another organisation was founded here"),
))]
pub async fn found(State(app): State<App>, anyone: Anyone) -> Result<Json<DirectoryVersion>> {
    let request: FoundRequest = parse_json(&anyone.body)?;
    if !app.setup_code.fits(&request.setup_code) {
        return Err(ErrorCode::NotPermitted.into());
    }
    let root = VerifyKey::try_from(request.root.0.as_slice()).map_err(|_| ErrorCode::Malformed)?;
    if request.statements.len() > FOUNDING_STATEMENTS {
        return Err(ErrorCode::TooLarge.into());
    }
    let statements = request.statements.into_iter().map(|statement| statement.0).collect();
    let version = app.commits.change(Change::Found(root, statements)).await?;
    tracing::info!("the organisation was founded");
    Ok(Json(DirectoryVersion { version }))
}
