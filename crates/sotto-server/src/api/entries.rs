//! `POST /v1/entries`: appends entries to their threads.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use sotto_protocol::api::ErrorResponse;
use sotto_protocol::feed::AppendResponse;
use sotto_protocol::{ErrorCode, cbor};

use crate::auth::Device;
use crate::commit::{Author, Checked, check_request};
use crate::error::Result;
use crate::limits::INLINE_CHECK_BYTES;
use crate::state::App;

/// The media type of CBOR (RFC 8949).
const CBOR: HeaderValue = HeaderValue::from_static("application/cbor");

/// Appends entries in their order. One outcome an entry: stored, or refused and why. What is answered as stored is durable.
#[utoipa::path(post, path = "/v1/entries", tag = "log",
    request_body(content = String, content_type = "application/cbor", description = "AppendRequest (docs/PROTOCOL.md)"),
    responses(
        (status = 200, content_type = "application/cbor", body = String, description = "AppendResponse (docs/PROTOCOL.md)"),
        (status = 400, body = ErrorResponse, description = "malformed"),
        (status = 413, body = ErrorResponse, description = "too_large"),
        (status = 503, body = ErrorResponse, description = "server_busy: nothing of it was stored"),
        (status = 507, body = ErrorResponse, description = "disk_full: nothing of it was stored"),
    ))]
pub async fn append(State(app): State<App>, headers: HeaderMap, device: Device) -> Result<Response> {
    if headers.get(CONTENT_TYPE) != Some(&CBOR) {
        return Err(ErrorCode::Malformed.into());
    }
    let entries = check(&app, device).await?;
    let outcomes = app.commits.append(entries).await?;
    Ok(([(CONTENT_TYPE, CBOR)], cbor::encode(&AppendResponse(outcomes))).into_response())
}

async fn check(app: &App, device: Device) -> Result<Vec<Checked>> {
    let author = Author { account: device.account, device: device.device };
    if device.body.len() <= INLINE_CHECK_BYTES {
        return check_request(&app.organisation, author, &device.body);
    }
    // Hundreds of signatures and hashes would keep other connections of this thread waiting.
    let organisation = Arc::clone(&app.organisation);
    let checked = tokio::task::spawn_blocking(move || check_request(&organisation, author, &device.body)).await;
    checked.map_err(|_| ErrorCode::Internal)?
}
