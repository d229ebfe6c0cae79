//! `GET /v1/directory`: the statements, in the order they were accepted.

use axum::Json;
use axum::extract::{FromRequest, Request, State};
use serde::Deserialize;
use sotto_protocol::api::{Base64, DirectoryResponse, ErrorResponse};
use sotto_protocol::request::{DEVICE_HEADER, WORKSTATION_HEADER};
use sotto_protocol::{ErrorCode, InviteId, TokenId};

use super::Asked;
use crate::auth::{Anyone, Device, Workstation};
use crate::error::Result;
use crate::limits::{DIRECTORY_BYTES, DIRECTORY_ENTRIES};
use crate::organisation::Organisation;
use crate::state::{App, Shared};
use crate::store::{PageLimit, Store};

/// Which page, and for whom.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DirectoryQuery {
    /// How many statements the asker has.
    #[serde(default)]
    after: u64,
    /// An unused invite, for whoever has no device yet.
    invite: Option<InviteId>,
    /// An unused workstation token, for a machine without a certificate.
    token: Option<TokenId>,
}

/// The statements after the first `after` ones. With a device's or a workstation's proof, or naming an unused invite or token.
#[utoipa::path(get, path = "/v1/directory", tag = "directory", params(DirectoryQuery), responses(
    (status = 200, body = DirectoryResponse),
    (status = 401, body = ErrorResponse),
    (status = 404, body = ErrorResponse, description = "invite_unknown, token_unknown: also of what was withdrawn"),
    (status = 409, body = ErrorResponse, description = "invite_used, token_used"),
))]
pub async fn list(State(app): State<App>, Asked(asked): Asked<DirectoryQuery>, request: Request) -> Result<Json<DirectoryResponse>> {
    let headers = request.headers();
    if headers.contains_key(WORKSTATION_HEADER) {
        drop(Workstation::from_request(request, &app).await?);
    } else if headers.contains_key(DEVICE_HEADER) || (asked.invite.is_none() && asked.token.is_none()) {
        drop(Device::from_request(request, &app).await?);
    } else {
        Anyone::from_request(request, &app).await?;
        asked.invite.map_or(Ok(()), |invite| check_invite(&app, &invite))?;
        asked.token.map_or(Ok(()), |token| check_token(&app, &token))?;
    }
    let version = app.organisation.read().as_ref().map_or(0, |organisation| organisation.version());
    let page = PageLimit { entries: DIRECTORY_ENTRIES, bytes: DIRECTORY_BYTES };
    let mut statements = app.store.load_statements(asked.after, page).await?;
    // What is stored and not yet taken in belongs to the next version.
    statements.truncate(usize::try_from(version.saturating_sub(asked.after)).unwrap_or(usize::MAX));
    Ok(Json(DirectoryResponse { statements: statements.into_iter().map(Base64).collect(), version }))
}

fn check_invite(app: &Shared, invite: &InviteId) -> Result<()> {
    let organisation = app.organisation.read();
    let directory = organisation.as_ref().map(Organisation::directory).ok_or(ErrorCode::InviteUnknown)?;
    match directory.invite(invite) {
        None => Err(ErrorCode::InviteUnknown.into()),
        Some((_, true)) => Err(ErrorCode::InviteUsed.into()),
        // Withdrawn, or overtaken by a later one: as the client says it of what it reads in the directory.
        Some((asked, false)) if directory.account_revoked(&asked.account, asked.generation) => Err(ErrorCode::InviteUnknown.into()),
        Some((asked, false)) if app.clock.now_ms() > asked.not_after => Err(ErrorCode::InviteExpired.into()),
        Some((_, false)) => Ok(()),
    }
}

fn check_token(app: &Shared, token: &TokenId) -> Result<()> {
    let organisation = app.organisation.read();
    let directory = organisation.as_ref().map(Organisation::directory).ok_or(ErrorCode::TokenUnknown)?;
    match directory.token(token) {
        None => Err(ErrorCode::TokenUnknown.into()),
        Some((_, true)) => Err(ErrorCode::TokenUsed.into()),
        Some(_) if directory.token_withdrawn(token) => Err(ErrorCode::TokenUnknown.into()),
        Some((asked, false)) if app.clock.now_ms() > asked.not_after => Err(ErrorCode::TokenExpired.into()),
        Some((_, false)) => Ok(()),
    }
}
