//! Which device sent a request: reads the body, checks the proof over it, and refuses whoever is out.

use axum::extract::{FromRequest, Request};
use axum::http::request::Parts;
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use sotto_protocol::key::{Salt, VerifyKey};
use sotto_protocol::request::{DEVICE_HEADER, RequestProof, request_bytes};
use sotto_protocol::session::{SESSION_HEADER, SessionProof};
use sotto_protocol::statement::DeviceCert;
use sotto_protocol::{AccountId, DeviceId, ErrorCode, limits, verify};

use crate::error::{Refused, Result};
use crate::limits::BODY_TIME;
use crate::state::{App, Peer, Shared};

/// A proven request of an enrolled device.
#[derive(Debug, Clone)]
pub struct Device {
    /// The device.
    pub device: DeviceId,
    /// Whose it is.
    pub account: AccountId,
    /// Its certificate is over after this, milliseconds since 1970.
    pub not_after: u64,
    /// The body that the proof covers.
    pub body: Bytes,
}

/// A request without proof, within its address's rate.
#[derive(Debug, Clone)]
pub struct Anyone {
    /// The body.
    pub body: Bytes,
}

impl FromRequest<App> for Device {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let proven = prove(&parts, body, app).await;
        if let Err(Refused { code: ErrorCode::SignatureInvalid | ErrorCode::NotEnrolled, .. }) = proven {
            check_address(&parts, app)?;
        }
        proven
    }
}

impl FromRequest<App> for Anyone {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (parts, body) = request.into_parts();
        check_address(&parts, app)?;
        Ok(Self { body: read_body(body, limits::JSON_BYTES).await? })
    }
}

/// Either kind of proof, parsed.
enum Proof {
    Signed(RequestProof),
    OfSession(SessionProof),
}

impl Proof {
    const fn claims(&self) -> (DeviceId, u64, &Salt) {
        match self {
            Self::Signed(proof) => (proof.device, proof.time, &proof.nonce),
            Self::OfSession(proof) => (proof.device, proof.time, &proof.nonce),
        }
    }

    fn check(&self, parts: &Parts, key: &VerifyKey, body: &[u8], app: &Shared) -> Result<(), ErrorCode> {
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
        let (method, hash) = (parts.method.as_str(), verify::sha256(&[body]));
        match self {
            Self::OfSession(proof) => app.sessions.check(proof, (method, target, &hash), app.clock.now_ms()),
            Self::Signed(proof) => {
                let signed = request_bytes(proof.device, proof.time, &proof.nonce, method, target, &hash);
                verify::signature(key, &signed, &proof.signature).map_err(|_| ErrorCode::SignatureInvalid)
            }
        }
    }
}

async fn prove(parts: &Parts, body: axum::body::Body, app: &Shared) -> Result<Device> {
    let proof = parse_proof(parts)?;
    let (device, time, nonce) = proof.claims();
    // What costs nothing comes before the body is read.
    let cert = find_device(app, device)?;
    if app.clock.now_ms().abs_diff(time) > limits::CLOCK_SKEW_MS {
        return Err(ErrorCode::ClockSkew.into());
    }
    let limit = if parts.uri.path() == crate::api::ENTRIES_PATH { limits::APPEND_BYTES } else { limits::JSON_BYTES };
    let body = read_body(body, limit).await?;
    proof.check(parts, &cert.device_key, &body, app)?;
    let now = app.clock.now_ms();
    if let Some(code) = refuse(app, &cert, now) {
        return Err(code.into());
    }
    app.gate.check_device(device, nonce, now)?;
    Ok(Device { device: cert.device, account: cert.account, not_after: cert.not_after, body })
}

fn parse_proof(parts: &Parts) -> Result<Proof> {
    let text = |name: &str| parts.headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let proof = match (text(SESSION_HEADER), text(DEVICE_HEADER)) {
        (Some(value), _) => SessionProof::parse(value).map(Proof::OfSession),
        (None, Some(value)) => RequestProof::parse(value).map(Proof::Signed),
        (None, None) => return Err(ErrorCode::NotEnrolled.into()),
    };
    proof.ok_or_else(|| ErrorCode::Malformed.into())
}

fn find_device(app: &Shared, device: DeviceId) -> Result<DeviceCert> {
    let organisation = app.organisation.read();
    let cert = organisation.as_ref().and_then(|o| o.directory().device(&device)).cloned();
    cert.ok_or_else(|| ErrorCode::NotEnrolled.into())
}

fn refuse(app: &Shared, cert: &DeviceCert, now: u64) -> Option<ErrorCode> {
    app.organisation.read().as_ref().map_or(Some(ErrorCode::NotEnrolled), |o| o.refuse_device(cert, now))
}

fn check_address(parts: &Parts, app: &Shared) -> Result<()> {
    let Some(Peer(peer)) = parts.extensions.get::<Peer>() else { return Err(ErrorCode::Internal.into()) };
    Ok(app.gate.check_address(*peer)?)
}

/// Reads a body of at most `limit` bytes within its time.
///
/// # Errors
/// [`ErrorCode::TooLarge`], or [`ErrorCode::Malformed`] for one that breaks off or takes too long.
async fn read_body(body: axum::body::Body, limit: usize) -> Result<Bytes> {
    let read = tokio::time::timeout(BODY_TIME, Limited::new(body, limit).collect());
    match read.await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(ErrorCode::TooLarge.into()),
        Ok(Err(_)) | Err(_) => Err(ErrorCode::Malformed.into()),
    }
}
