//! `/v1/sign-in`: a password and a second factor, at a machine where the person has nothing yet.
//!
//! A login that nobody has is answered by the same work as one that somebody has: the same reads, the same arithmetic over a fake record,
//! the same counting and the same attempt, whose end never fits.

use axum::Json;
use axum::extract::State;
use ring::rand::{SecureRandom, SystemRandom};
use serde::Deserialize;
use sotto_credential::opaque::{LoginRefused, LoginState};
use sotto_credential::totp::TotpSecret;
use sotto_protocol::api::{
    Base64, ErrorResponse, SignIn, SignInFinishRequest, SignInFinishResponse, SignInStartRequest, SignInStartResponse, SignInsResponse,
    TotpCode,
};
use sotto_protocol::role::Permission;
use sotto_protocol::{AccountId, AttemptId, ErrorCode, LoginHandle, OrgId, WorkstationId};

use super::{Asked, parse_json, require_any};
use crate::auth::{Device, Workstation};
use crate::error::Result;
use crate::state::{App, Shared};
use crate::store::sign_in::{Completed, Credential, NewAttempt, Secret, SignInStore};

/// Begins: counts an attempt for the login and for the workstation, durably, and then answers.
#[utoipa::path(post, path = "/v1/sign-in/start", tag = "sign-in", request_body = SignInStartRequest, responses(
    (status = 200, body = SignInStartResponse),
    (status = 401, body = ErrorResponse, description = "workstation_unknown"),
    (status = 403, body = ErrorResponse, description = "workstation_revoked"),
    (status = 429, body = ErrorResponse, description = "throttled: nothing was counted; retry_after_s says when one is taken"),
))]
pub async fn start(State(app): State<App>, by: Workstation) -> Result<Json<SignInStartResponse>> {
    let request: SignInStartRequest = parse_json(&by.body)?;
    let (handle, now) = (request.login_handle, app.clock.now_ms());
    let login = app.store.load_login(now, handle, by.workstation).await??;
    let record = login.map(|login| login.record);
    let started = app.opaque.start_login(handle, record, request.request.0, (org(&app)?, by.workstation)).await?;
    let attempt = make_attempt()?;
    let state = Secret::from(started.state.to_bytes().to_vec());
    app.store.count_attempt(now, handle, by.workstation, Some(NewAttempt { attempt, state })).await??;
    app.metrics.attempts.increment(1);
    Ok(Json(SignInStartResponse { attempt, response: Base64(started.response) }))
}

/// Ends: the attempt is used up, whatever comes out.
#[utoipa::path(post, path = "/v1/sign-in/finish", tag = "sign-in", request_body = SignInFinishRequest, responses(
    (status = 200, body = SignInFinishResponse),
    (status = 401, body = ErrorResponse, description = "wrong_password: whatever does not fit before the code; wrong_code"),
    (status = 403, body = ErrorResponse, description = "workstation_revoked"),
))]
pub async fn finish(State(app): State<App>, by: Workstation) -> Result<Json<SignInFinishResponse>> {
    let request: SignInFinishRequest = parse_json(&by.body)?;
    let taken = app.store.take_attempt(app.clock.now_ms(), request.attempt, by.workstation).await?.ok_or(ErrorCode::WrongPassword)?;
    let state = LoginState::from_bytes(taken.state.bytes()).map_err(|_| ErrorCode::ServerError)?;
    state.finish(&request.finish.0, (org(&app)?, by.workstation)).map_err(|refused| match refused {
        LoginRefused::Malformed => ErrorCode::Malformed,
        LoginRefused::WrongPassword => ErrorCode::WrongPassword,
    })?;
    let credential = app.store.load_credential(taken.handle).await?;
    let credential = credential.filter(|credential| is_in(&app, credential)).ok_or(ErrorCode::WrongPassword)?;
    complete(&app, taken.handle, by.workstation, &credential, &request.totp_code, false).await?;
    tracing::info!("somebody signed in at a workstation that was new to them");
    let Credential { account, sealed, bundle_version, .. } = credential;
    Ok(Json(SignInFinishResponse { account, bundle: Base64(sealed), bundle_version }))
}

/// Whose sign-ins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SignInsQuery {
    /// Somebody else's than the asking account's.
    account: Option<AccountId>,
}

/// Where an account signed in, newest first: one's own, and anybody's for who administers people and for who reviews.
#[utoipa::path(get, path = "/v1/sign-ins", tag = "sign-in", params(SignInsQuery), responses(
    (status = 200, body = SignInsResponse),
    (status = 403, body = ErrorResponse, description = "not_permitted: somebody else's, with neither people nor review"),
    (status = 404, body = ErrorResponse, description = "not_found: nobody has that account"),
))]
pub async fn list(State(app): State<App>, Asked(asked): Asked<SignInsQuery>, device: Device) -> Result<Json<SignInsResponse>> {
    let account = asked.account.unwrap_or(device.account);
    if account != device.account {
        require_any(&app, &device.account, &[Permission::People, Permission::Review])?;
        let organisation = app.organisation.read();
        organisation.as_ref().and_then(|organisation| organisation.directory().account(&account)).ok_or(ErrorCode::NotFound)?;
    }
    Ok(Json(SignInsResponse { sign_ins: app.store.load_sign_ins(account).await? }))
}

/// Checks the second factor, uses its code up and lists the sign-in.
///
/// # Errors
/// [`ErrorCode::WrongCode`], for a code that was used before as well.
pub async fn complete(
    app: &Shared,
    handle: LoginHandle,
    workstation: WorkstationId,
    credential: &Credential,
    code: &TotpCode,
    recovery: bool,
) -> Result<()> {
    let now = app.clock.now_ms();
    let secret = TotpSecret::from_slice(credential.totp.secret.bytes()).ok_or(ErrorCode::ServerError)?;
    let step = secret.check(code.as_str(), now / 1_000, Some(credential.totp.step)).ok_or(ErrorCode::WrongCode)?;
    let sign_in = SignIn { at: now, workstation, recovery };
    let completed = Completed { account: credential.account, handle, totp_step: step, sign_in };
    if !app.store.complete_sign_in(completed).await? {
        return Err(ErrorCode::WrongCode.into());
    }
    app.metrics.sign_ins.increment(1);
    Ok(())
}

/// Whether the account may sign in: who is revoked while a login is set up keeps one that is good for nothing.
pub fn is_in(app: &Shared, credential: &Credential) -> bool {
    let organisation = app.organisation.read();
    organisation.as_ref().is_some_and(|organisation| organisation.directory().sealing_key(&credential.account).is_some())
}

fn org(app: &Shared) -> Result<OrgId> {
    app.organisation.read().as_ref().map(|organisation| organisation.directory().org()).ok_or_else(|| ErrorCode::WorkstationUnknown.into())
}

fn make_attempt() -> Result<AttemptId> {
    let mut id = [0; 16];
    SystemRandom::new().fill(&mut id).map_err(|_| ErrorCode::ServerError)?;
    Ok(AttemptId::from_bytes(id))
}
