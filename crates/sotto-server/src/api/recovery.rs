//! `POST /v1/recovery/start`: a recovery code in place of the password.

use axum::Json;
use axum::extract::State;
use sotto_protocol::ErrorCode;
use sotto_protocol::api::{Base64, ErrorResponse, RecoveryStartRequest, RecoveryStartResponse};

use super::parse_json;
use super::sign_in::{complete, is_in};
use crate::auth::Workstation;
use crate::error::Result;
use crate::state::App;
use crate::store::sign_in::SignInStore;

/// Gives out the keys under that code; counted like a sign-in. The code is over when the registration that follows replaces it.
#[utoipa::path(post, path = "/v1/recovery/start", tag = "sign-in", request_body = RecoveryStartRequest, responses(
    (status = 200, body = RecoveryStartResponse),
    (status = 401, body = ErrorResponse, description = "recovery_code_unknown: of a login that nobody has as well; wrong_code"),
    (status = 403, body = ErrorResponse, description = "workstation_revoked"),
    (status = 429, body = ErrorResponse, description = "throttled: nothing was counted; retry_after_s says when one is taken"),
))]
pub async fn start(State(app): State<App>, by: Workstation) -> Result<Json<RecoveryStartResponse>> {
    let request: RecoveryStartRequest = parse_json(&by.body)?;
    let handle = request.login_handle;
    app.store.count_attempt(app.clock.now_ms(), handle, by.workstation, None).await??;
    app.metrics.attempts.increment(1);
    let credential = app.store.load_recovery(handle, request.recovery_id).await?;
    let credential = credential.filter(|credential| is_in(&app, credential)).ok_or(ErrorCode::RecoveryCodeUnknown)?;
    complete(&app, handle, by.workstation, &credential, &request.totp_code, true).await?;
    tracing::info!("somebody used a recovery code");
    Ok(Json(RecoveryStartResponse { account: credential.account, sealed: Base64(credential.sealed) }))
}
