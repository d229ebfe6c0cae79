//! `GET /v1/share`: the server's share of the asking device's vault key.

use axum::Json;
use axum::extract::State;
use sotto_protocol::ErrorCode;
use sotto_protocol::api::{Base64, ErrorResponse, ShareResponse};

use crate::auth::Device;
use crate::error::Result;
use crate::state::App;
use crate::store::Store;

/// The share. A revoked device gets none, and its share no longer exists.
#[utoipa::path(get, path = "/v1/share", tag = "directory", responses(
    (status = 200, body = ShareResponse),
    (status = 403, body = ErrorResponse, description = "device_revoked, account_revoked, workstation_revoked"),
    (status = 404, body = ErrorResponse),
))]
pub async fn show(State(app): State<App>, device: Device) -> Result<Json<ShareResponse>> {
    let share = app.store.load_share(device.device).await?.ok_or(ErrorCode::NotFound)?;
    Ok(Json(ShareResponse { share: Base64(share.to_vec()), account: device.account }))
}
