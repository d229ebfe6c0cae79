//! `/v1/registration`: sets up what an account signs in with, for the first time or anew.

use std::collections::HashSet;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use ring::rand::SystemRandom;
use sotto_credential::opaque::check_record;
use sotto_credential::totp::TotpSecret;
use sotto_protocol::api::{Base64, ErrorResponse, RegistrationFinishRequest, RegistrationStartRequest, RegistrationStartResponse};
use sotto_protocol::limits::{BUNDLE_BYTES, RECOVERY_CODES};
use sotto_protocol::{ErrorCode, RecoveryId};

use super::parse_json;
use crate::auth::Device;
use crate::error::Result;
use crate::state::App;
use crate::store::sign_in::{Begun, Registered, Registration, Secret, SignInStore, Totp};

/// Begins. A second factor is made for an account that has none; one that has keeps it.
#[utoipa::path(post, path = "/v1/registration/start", tag = "sign-in", request_body = RegistrationStartRequest, responses(
    (status = 200, body = RegistrationStartResponse),
    (status = 409, body = ErrorResponse, description = "login_taken"),
))]
pub async fn start(State(app): State<App>, device: Device) -> Result<Json<RegistrationStartResponse>> {
    let request: RegistrationStartRequest = parse_json(&device.body)?;
    let response = app.opaque.register(request.login_handle, request.request.0).await?;
    let fresh = Secret::from(TotpSecret::generate(&SystemRandom::new()).as_bytes().to_vec());
    match app.store.begin_registration(app.clock.now_ms(), device.account, request.login_handle, fresh).await? {
        Begun::LoginTaken => Err(ErrorCode::LoginTaken.into()),
        Begun::Pending { totp_secret, bundle_version } => {
            let totp_secret = Base64(totp_secret.map(|secret| secret.bytes().to_vec()).unwrap_or_default());
            Ok(Json(RegistrationStartResponse { response: Base64(response), totp_secret, bundle_version }))
        }
    }
}

/// Ends: replaces the account's login, bundle and recovery codes in one transaction. A repeat of what is stored changes nothing.
#[utoipa::path(post, path = "/v1/registration/finish", tag = "sign-in", request_body = RegistrationFinishRequest, responses(
    (status = 204),
    (status = 401, body = ErrorResponse, description = "wrong_code"),
    (status = 404, body = ErrorResponse, description = "not_found: no such registration was started, or its time is over"),
    (status = 409, body = ErrorResponse, description = "login_taken; conflict: a bundle of this version or a later one is stored"),
))]
pub async fn finish(State(app): State<App>, device: Device) -> Result<StatusCode> {
    let request: RegistrationFinishRequest = parse_json(&device.body)?;
    check_form(&request)?;
    let (account, handle, now) = (device.account, request.login_handle, app.clock.now_ms());
    let record = Secret::from(request.record.0);
    if app.store.is_registered(account, handle, record.clone(), request.bundle_version).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    let pending = app.store.load_pending(now, account).await?.ok_or(ErrorCode::NotFound)?;
    let secret = TotpSecret::from_slice(pending.totp_secret.bytes()).ok_or(ErrorCode::ServerError)?;
    let step = secret.check(request.totp_code.as_str(), now / 1_000, pending.last_step).ok_or(ErrorCode::WrongCode)?;
    let registration = Registration {
        account,
        handle,
        record,
        bundle: request.bundle.0,
        bundle_version: request.bundle_version,
        totp: Totp { secret: pending.totp_secret, step },
        recovery: request.recovery,
    };
    match app.store.finish_registration(now, registration).await? {
        Registered::Done => {
            app.metrics.registrations.increment(1);
            tracing::info!("a login was set up");
            Ok(StatusCode::NO_CONTENT)
        }
        Registered::NotPending => Err(ErrorCode::NotFound.into()),
        Registered::CodeUsed => Err(ErrorCode::WrongCode.into()),
        Registered::LoginTaken => Err(ErrorCode::LoginTaken.into()),
        Registered::Conflict => Err(ErrorCode::Conflict.into()),
    }
}

fn check_form(request: &RegistrationFinishRequest) -> Result<()> {
    check_record(&request.record.0).map_err(|_| ErrorCode::Malformed)?;
    let sealed = request.recovery.iter().map(|one| &one.sealed).chain([&request.bundle]);
    if sealed.clone().any(|sealed| sealed.0.len() > BUNDLE_BYTES) {
        return Err(ErrorCode::TooLarge.into());
    }
    let ids: HashSet<RecoveryId> = request.recovery.iter().map(|one| one.id).collect();
    // Numbers in the database have 63 bits.
    let counted = request.bundle_version > 0 && i64::try_from(request.bundle_version).is_ok();
    let whole =
        request.recovery.len() == RECOVERY_CODES && ids.len() == RECOVERY_CODES && sealed.into_iter().all(|sealed| !sealed.0.is_empty());
    if counted && whole { Ok(()) } else { Err(ErrorCode::Malformed.into()) }
}
