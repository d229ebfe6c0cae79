//! Which workstation sent a request, before anybody is signed in there.

use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use sotto_protocol::key::VerifyKey;
use sotto_protocol::request::RequestProof;
use sotto_protocol::statement::WorkstationCert;
use sotto_protocol::{ErrorCode, WorkstationId};

use super::Gate;
use super::gate::Asker;
use super::proof::{Known, prove};
use crate::error::{Refused, Result};
use crate::organisation::Organisation;
use crate::state::App;

/// A proven request of an enrolled workstation that is not out.
#[derive(Debug, Clone)]
pub struct Workstation {
    /// The workstation.
    pub workstation: WorkstationId,
    /// The body that the proof covers.
    pub body: Bytes,
}

impl FromRequest<App> for Workstation {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let Controlled { workstation, body } = Controlled::from_request(request, app).await?;
        let out = app.organisation.read().as_ref().is_none_or(|organisation| organisation.directory().workstation_revoked(&workstation));
        if out { Err(ErrorCode::WorkstationRevoked.into()) } else { Ok(Self { workstation, body }) }
    }
}

/// A proven request of a workstation that may be out: it still hears the commands that are for it, and nothing else.
#[derive(Debug, Clone)]
pub struct Controlled {
    /// The workstation.
    pub workstation: WorkstationId,
    /// The body that the proof covers.
    pub body: Bytes,
}

impl FromRequest<App> for Controlled {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (cert, body) = prove::<RequestProof<WorkstationId>>(request, app).await?;
        app.seen.note(cert.workstation, app.clock.now_ms());
        Ok(Self { workstation: cert.workstation, body })
    }
}

impl Known for WorkstationId {
    type Cert = WorkstationCert;

    const UNKNOWN: ErrorCode = ErrorCode::WorkstationUnknown;

    fn find(&self, organisation: &Organisation) -> Option<(WorkstationCert, VerifyKey)> {
        organisation.directory().workstation(self).map(|cert| (cert.clone(), cert.workstation_key))
    }

    /// Nobody: whether one that is out is heard, each route says by what it asks for.
    fn refuse(_: &WorkstationCert, _: &Organisation, _: u64) -> Option<ErrorCode> {
        None
    }

    fn gate(gate: &Gate) -> &Asker<Self> {
        &gate.workstations
    }
}
