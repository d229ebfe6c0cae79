//! `POST /v1/session`: a session of the asking device, so that its next requests need no signature.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use sotto_protocol::ErrorCode;
use sotto_protocol::api::{Base64, ErrorResponse, SessionResponse};
use sotto_protocol::session::SESSION_HEADER;

use crate::auth::Device;
use crate::error::Result;
use crate::state::App;

/// A key for a quarter of an hour, for a signed request only: a session does not prolong itself. Revoking the device ends it at once,
/// as it ends the device's signatures.
#[utoipa::path(post, path = "/v1/session", tag = "log", responses(
    (status = 200, body = SessionResponse),
    (status = 401, body = ErrorResponse),
    (status = 403, body = ErrorResponse, description = "device_revoked, account_revoked, workstation_revoked"),
))]
pub async fn begin(State(app): State<App>, headers: HeaderMap, device: Device) -> Result<Json<SessionResponse>> {
    if headers.contains_key(SESSION_HEADER) {
        return Err(ErrorCode::SignatureInvalid.into());
    }
    let (key, not_after) = app.sessions.begin(device.device, app.clock.now_ms());
    Ok(Json(SessionResponse { key: Base64(key.to_vec()), not_after }))
}
