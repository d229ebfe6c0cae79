//! Which device sent a request.

use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use sotto_protocol::key::VerifyKey;
use sotto_protocol::request::RequestProof;
use sotto_protocol::session::{SESSION_HEADER, SessionProof};
use sotto_protocol::statement::DeviceCert;
use sotto_protocol::{AccountId, DeviceId, ErrorCode};

use super::Gate;
use super::gate::Asker;
use super::proof::{Known, prove};
use crate::error::{Refused, Result};
use crate::organisation::Organisation;
use crate::state::App;

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

impl FromRequest<App> for Device {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let of_session = request.headers().contains_key(SESSION_HEADER);
        let (cert, body) =
            if of_session { prove::<SessionProof>(request, app).await? } else { prove::<RequestProof<DeviceId>>(request, app).await? };
        app.seen.note(cert.workstation, app.clock.now_ms());
        Ok(Self { device: cert.device, account: cert.account, not_after: cert.not_after, body })
    }
}

impl Known for DeviceId {
    type Cert = DeviceCert;

    const UNKNOWN: ErrorCode = ErrorCode::NotEnrolled;

    fn find(&self, organisation: &Organisation) -> Option<(DeviceCert, VerifyKey)> {
        organisation.directory().device(self).map(|cert| (cert.clone(), cert.device_key))
    }

    fn refuse(cert: &DeviceCert, organisation: &Organisation, now: u64) -> Option<ErrorCode> {
        organisation.refuse_device(cert, now)
    }

    fn gate(gate: &Gate) -> &Asker<Self> {
        &gate.devices
    }
}
