//! `GET /v1/server`: who this is and what it speaks.

use axum::Json;
use axum::extract::State;
use sotto_protocol::PROTOCOL_VERSION;
use sotto_protocol::api::ServerResponse;

use crate::state::App;

/// Who this is and what it speaks.
#[utoipa::path(get, path = "/v1/server", tag = "directory", responses((status = 200, body = ServerResponse)))]
pub async fn show(State(app): State<App>) -> Json<ServerResponse> {
    let org = app.organisation.read().as_ref().map(|organisation| organisation.directory().org());
    Json(ServerResponse { org, version_min: PROTOCOL_VERSION, version_max: PROTOCOL_VERSION, time: app.clock.now_ms() })
}
