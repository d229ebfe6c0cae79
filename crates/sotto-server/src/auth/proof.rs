//! Whether a request is by whom it says: reads the body, checks the proof over it, and refuses whoever is out. One way for devices and
//! workstations.

use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use sotto_protocol::key::{Hash, Salt, VerifyKey};
use sotto_protocol::request::{Prover, RequestProof, request_bytes};
use sotto_protocol::{ErrorCode, limits, verify};

use super::Gate;
use super::gate::Asker;
use crate::error::{Refused, Result};
use crate::limits::BODY_TIME;
use crate::organisation::Organisation;
use crate::state::{App, Peer, Shared};

/// Whose certificate the organisation has. A type of id for each, so that nobody's proof is taken for another's.
pub trait Known: Prover + std::hash::Hash + Eq {
    /// The certificate.
    type Cert;

    /// The code for an id without a certificate, or for no proof at all.
    const UNKNOWN: ErrorCode;

    /// The certificate, also of somebody who is out, and its key.
    fn find(&self, organisation: &Organisation) -> Option<(Self::Cert, VerifyKey)>;

    /// The code that refuses a certificate, if one does at `now`.
    fn refuse(cert: &Self::Cert, organisation: &Organisation, now: u64) -> Option<ErrorCode>;

    /// Who remembers the nonces and the rate of this kind.
    fn gate(gate: &Gate) -> &Asker<Self>;
}

/// A proof as a header carries it: a signature, or a MAC of a session's.
pub trait Claim: Sized {
    /// Who it says asks.
    type By: Known;

    /// The header it is in.
    const HEADER: &'static str;

    /// Reads an untrusted header's value.
    fn parse(value: &str) -> Option<Self>;

    /// Who asks, their clock and the nonce.
    fn claims(&self) -> (Self::By, u64, &Salt);

    /// Whether it fits method, target and body's hash.
    ///
    /// # Errors
    /// [`ErrorCode::SignatureInvalid`].
    fn check(&self, request: (&str, &str, &Hash), key: &VerifyKey, app: &Shared) -> Result<(), ErrorCode>;
}

impl<P: Known> Claim for RequestProof<P> {
    type By = P;

    const HEADER: &'static str = P::HEADER;

    fn parse(value: &str) -> Option<Self> {
        Self::parse(value)
    }

    fn claims(&self) -> (P, u64, &Salt) {
        (self.by, self.time, &self.nonce)
    }

    fn check(&self, (method, target, hash): (&str, &str, &Hash), key: &VerifyKey, _: &Shared) -> Result<(), ErrorCode> {
        let signed = request_bytes(self.by, self.time, &self.nonce, method, target, hash);
        verify::signature(key, &signed, &self.signature).map_err(|_| ErrorCode::SignatureInvalid)
    }
}

/// Checks a request's proof and returns the certificate and the body that it covers.
///
/// # Errors
/// Why it is refused. Failed proofs count for the address.
pub async fn prove<C: Claim>(request: Request, app: &App) -> Result<(<C::By as Known>::Cert, Bytes)> {
    let (parts, body) = request.into_parts();
    let proven = prove_parts::<C>(&parts, body, app).await;
    if let Err(Refused { code, .. }) = &proven
        && (*code == ErrorCode::SignatureInvalid || *code == C::By::UNKNOWN)
    {
        check_address(&parts, app)?;
    }
    proven
}

async fn prove_parts<C: Claim>(parts: &Parts, body: Body, app: &Shared) -> Result<(<C::By as Known>::Cert, Bytes)> {
    let value = parts.headers.get(C::HEADER).ok_or(C::By::UNKNOWN)?;
    let claim = value.to_str().ok().and_then(C::parse).ok_or(ErrorCode::Malformed)?;
    let (by, time, nonce) = claim.claims();
    // What costs nothing comes before the body is read.
    let (cert, key) = find(app, &by)?;
    if app.clock.now_ms().abs_diff(time) > limits::CLOCK_SKEW_MS {
        return Err(ErrorCode::ClockSkew.into());
    }
    let body = read_body(body, crate::api::body_limit(parts.uri.path())).await?;
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    claim.check((parts.method.as_str(), target, &verify::sha256(&[&body])), &key, app)?;
    let now = app.clock.now_ms();
    let refuse = |organisation: &Organisation| C::By::refuse(&cert, organisation, now);
    if let Some(code) = app.organisation.read().as_ref().map_or(Some(C::By::UNKNOWN), refuse) {
        return Err(code.into());
    }
    C::By::gate(&app.gate).check(by, nonce, now)?;
    Ok((cert, body))
}

fn find<P: Known>(app: &Shared, by: &P) -> Result<(P::Cert, VerifyKey)> {
    let organisation = app.organisation.read();
    organisation.as_ref().and_then(|organisation| by.find(organisation)).ok_or_else(|| P::UNKNOWN.into())
}

/// Counts a request without proof, or with one that failed, for its address.
///
/// # Errors
/// [`ErrorCode::Throttled`].
pub fn check_address(parts: &Parts, app: &Shared) -> Result<()> {
    let Some(Peer(peer)) = parts.extensions.get::<Peer>() else { return Err(ErrorCode::Internal.into()) };
    Ok(app.gate.check_address(*peer)?)
}

/// Reads a body of at most `limit` bytes within its time.
///
/// # Errors
/// [`ErrorCode::TooLarge`], or [`ErrorCode::Malformed`] for one that breaks off or takes too long.
pub async fn read_body(body: Body, limit: usize) -> Result<Bytes> {
    let read = tokio::time::timeout(BODY_TIME, Limited::new(body, limit).collect());
    match read.await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(ErrorCode::TooLarge.into()),
        Ok(Err(_)) | Err(_) => Err(ErrorCode::Malformed.into()),
    }
}
