//! `/v1/threads/{thread}/files/…`: sealed chunks of files, for who is in the thread now.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sotto_protocol::api::{ErrorResponse, FileStored};
use sotto_protocol::{ErrorCode, FileId, ThreadId, file, limits};

use super::{Asked, frames};
use crate::auth::Device;
use crate::error::Result;
use crate::state::App;
use crate::store::Viewer;
use crate::store::file::{FileStore, NewChunk};

/// How many chunks the file has.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChunkQuery {
    /// The same with every chunk of it.
    chunks: u32,
}

/// Keeps a chunk. What is answered as stored is durable; the same bytes again change nothing.
#[utoipa::path(put, path = "/v1/threads/{thread}/files/{file}/chunks/{number}", tag = "files",
    params(("thread" = ThreadId, Path, description = "the thread"), ("file" = FileId, Path, description = "the file"),
        ("number" = u32, Path, description = "which chunk, from 0"), ChunkQuery),
    request_body(content = String, content_type = "application/octet-stream", description = "the sealed chunk (docs/PROTOCOL.md)"),
    responses(
        (status = 204),
        (status = 400, body = ErrorResponse, description = "malformed: no chunk is as long"),
        (status = 403, body = ErrorResponse, description = "not_a_member: of a thread that is not there as well"),
        (status = 409, body = ErrorResponse, description = "conflict: other bytes, another number of chunks, or somebody else's file"),
        (status = 429, body = ErrorResponse, description = "throttled: too many files that are not complete"),
        (status = 507, body = ErrorResponse, description = "disk_full"),
    ))]
pub async fn store(
    State(app): State<App>,
    Path(place): Path<(String, String, String)>,
    Asked(asked): Asked<ChunkQuery>,
    device: Device,
) -> Result<StatusCode> {
    let (thread, file, number) = parse_chunk(&place)?;
    if asked.chunks > limits::FILE_CHUNKS {
        return Err(ErrorCode::TooLarge.into());
    }
    if !file::fits(device.body.len(), number, asked.chunks) {
        return Err(ErrorCode::Malformed.into());
    }
    require_member(&app, &device, thread).await?;
    let (now, quota) = (app.clock.now_ms(), app.file_quota);
    let chunk = NewChunk { thread, file, account: device.account, chunks: asked.chunks, number, bytes: device.body, now, quota };
    app.store.store_chunk(chunk).await??;
    Ok(StatusCode::NO_CONTENT)
}

/// Which chunks there are, so that an upload goes on where it stopped.
#[utoipa::path(get, path = "/v1/threads/{thread}/files/{file}", tag = "files",
    params(("thread" = ThreadId, Path, description = "the thread"), ("file" = FileId, Path, description = "the file")),
    responses(
        (status = 200, body = FileStored),
        (status = 403, body = ErrorResponse, description = "not_a_member"),
        (status = 404, body = ErrorResponse, description = "nobody began it"),
    ))]
pub async fn show(State(app): State<App>, Path(place): Path<(String, String)>, device: Device) -> Result<Json<FileStored>> {
    let (thread, file) = parse_file(&place.0, &place.1)?;
    require_member(&app, &device, thread).await?;
    Ok(Json(app.store.load_file(thread, file).await?.ok_or(ErrorCode::NotFound)?))
}

/// A sealed chunk.
#[utoipa::path(get, path = "/v1/threads/{thread}/files/{file}/chunks/{number}", tag = "files",
    params(("thread" = ThreadId, Path, description = "the thread"), ("file" = FileId, Path, description = "the file"),
        ("number" = u32, Path, description = "which chunk, from 0")),
    responses(
        (status = 200, content_type = "application/octet-stream", body = String),
        (status = 403, body = ErrorResponse, description = "not_a_member"),
        (status = 404, body = ErrorResponse, description = "it is not there, or not yet"),
    ))]
pub async fn read(State(app): State<App>, Path(place): Path<(String, String, String)>, device: Device) -> Result<Response> {
    let (thread, file, number) = parse_chunk(&place)?;
    require_member(&app, &device, thread).await?;
    let bytes = app.store.load_chunk(thread, file, number).await?.ok_or(ErrorCode::NotFound)?;
    Ok(frames(Body::from(bytes)))
}

/// Withdraws a file that the asking account began and did not complete. A complete one belongs to the record and stays.
#[utoipa::path(delete, path = "/v1/threads/{thread}/files/{file}", tag = "files",
    params(("thread" = ThreadId, Path, description = "the thread"), ("file" = FileId, Path, description = "the file")),
    responses(
        (status = 204, description = "it is gone, or never was"),
        (status = 403, body = ErrorResponse, description = "not_permitted: somebody else began it"),
        (status = 409, body = ErrorResponse, description = "conflict: it is complete"),
    ))]
pub async fn withdraw(State(app): State<App>, Path(place): Path<(String, String)>, device: Device) -> Result<StatusCode> {
    let (thread, file) = parse_file(&place.0, &place.1)?;
    app.store.withdraw_file(thread, file, device.account).await??;
    Ok(StatusCode::NO_CONTENT)
}

fn parse_file(thread: &str, file: &str) -> Result<(ThreadId, FileId)> {
    Ok((thread.parse().map_err(|_| ErrorCode::Malformed)?, file.parse().map_err(|_| ErrorCode::Malformed)?))
}

fn parse_chunk((thread, file, number): &(String, String, String)) -> Result<(ThreadId, FileId, u32)> {
    let (thread, file) = parse_file(thread, file)?;
    Ok((thread, file, number.parse().map_err(|_| ErrorCode::Malformed)?))
}

async fn require_member(app: &App, device: &Device, thread: ThreadId) -> Result<()> {
    let viewer = Viewer { account: device.account, classes: app.organisation.classes_of(&device.account) };
    if app.store.sees_thread(viewer, thread).await? { Ok(()) } else { Err(ErrorCode::NotAMember.into()) }
}
