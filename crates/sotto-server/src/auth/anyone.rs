//! What may be asked without a proof: little, and within the address's rate.

use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use sotto_protocol::limits;

use super::proof::{check_address, read_body};
use crate::error::{Refused, Result};
use crate::state::App;

/// A request without proof, within its address's rate.
#[derive(Debug, Clone)]
pub struct Anyone {
    /// The body.
    pub body: Bytes,
}

impl FromRequest<App> for Anyone {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (parts, body) = request.into_parts();
        check_address(&parts, app)?;
        Ok(Self { body: read_body(body, limits::JSON_BYTES).await? })
    }
}
