//! `GET /v1/control`: what a workstation hears while nobody is signed in there: the directory, and in it the commands.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream;
use serde::Deserialize;
use sotto_protocol::ErrorCode;
use sotto_protocol::api::ErrorResponse;

use super::{Asked, frames};
use crate::auth::Controlled;
use crate::error::Result;
use crate::feed::ControlReader;
use crate::limits::FEEDS_PER_DEVICE;
use crate::state::App;

/// Where to begin.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ControlQuery {
    /// How many statements the workstation has.
    #[serde(default)]
    after: u64,
}

/// A stream of frames (docs/PROTOCOL.md): the statements after the first `after` ones, `Directory` with their number, then what is added.
/// A workstation that is out hears them up to the last command to it. The last frame is `End` if the server ends it.
#[utoipa::path(get, path = "/v1/control", tag = "fleet", params(ControlQuery), responses(
    (status = 200, content_type = "application/octet-stream", body = String),
    (status = 401, body = ErrorResponse, description = "workstation_unknown, signature_invalid"),
    (status = 503, body = ErrorResponse, description = "server_busy: the workstation has too many open"),
))]
pub async fn open(State(app): State<App>, Asked(asked): Asked<ControlQuery>, by: Controlled) -> Result<Response> {
    if app.connected.count(by.workstation) as usize >= FEEDS_PER_DEVICE {
        return Err(ErrorCode::ServerBusy.into());
    }
    let reader = Box::new(ControlReader::new(app, by.workstation, asked.after));
    let stream = stream::unfold(reader, |mut reader| async move {
        let bytes = reader.next().await?;
        Some((Ok::<Bytes, Infallible>(bytes), reader))
    });
    Ok(frames(Body::from_stream(stream)))
}
