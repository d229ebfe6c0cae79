//! `/healthz`, `/readyz` and `/metrics`: what operators' tools ask.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use sotto_protocol::api::ErrorResponse;

use crate::error::Result;
use crate::state::App;
use crate::store::Store;

/// The process answers.
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 204)))]
pub async fn alive() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// The database answers, readers and writer.
#[utoipa::path(get, path = "/readyz", tag = "operation", responses((status = 204), (status = 503, body = ErrorResponse)))]
pub async fn ready(State(app): State<App>) -> Result<StatusCode> {
    app.store.check().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The counters, in the text form that Prometheus reads. On the operators' listener only.
pub async fn metrics(State(app): State<App>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics.render())
}
