//! `GET /v1/feed`: everything an account may see, from a position on, for as long as the connection holds.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream;
use serde::Deserialize;
use sotto_protocol::api::ErrorResponse;

use super::{Asked, frames};
use crate::auth::Device;
use crate::error::Result;
use crate::feed::Reader;
use crate::state::App;

/// Where to begin.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FeedQuery {
    /// The last position the asker has; 0 for everything.
    #[serde(default)]
    after: u64,
}

/// A stream of frames (docs/PROTOCOL.md): the directory's version, what was missed, `CaughtUp`, then what happens. After falling
/// behind, what was missed and `CaughtUp` come again. The last frame is `End` if the server ends it.
#[utoipa::path(get, path = "/v1/feed", tag = "log", params(FeedQuery), responses(
    (status = 200, content_type = "application/octet-stream", body = String),
    (status = 401, body = ErrorResponse),
))]
pub async fn open(State(app): State<App>, Asked(asked): Asked<FeedQuery>, device: Device) -> Result<Response> {
    let subscription = app.registry.subscribe(device.account, device.device, device.not_after);
    // Revoked after the proof was checked and before the feed was there to be ended: seen now.
    let now = app.clock.now_ms();
    let refusal = app.organisation.read().as_ref().and_then(|organisation| {
        let cert = organisation.directory().device(&device.device)?;
        organisation.refuse_device(cert, now)
    });
    if let Some(code) = refusal {
        return Err(code.into());
    }
    let reader = Box::new(Reader::new(app, subscription, asked.after));
    let stream = stream::unfold(reader, |mut reader| async move {
        let bytes = reader.next().await?;
        Some((Ok::<Bytes, Infallible>(bytes), reader))
    });
    Ok(frames(Body::from_stream(stream)))
}
