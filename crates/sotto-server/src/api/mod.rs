//! Which routes there are, and what holds for all of them: the version, the clock's header, the form of a refusal.

mod commands;
mod control;
mod devices;
mod directory;
mod enrol;
mod entries;
mod feed;
mod files;
mod health;
mod openapi;
mod org;
mod range;
mod recovery;
mod registration;
mod server;
mod session;
mod share;
mod sign_in;
mod statements;
mod threads;
mod workstations;

pub use openapi::document;

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::de::DeserializeOwned;
use sotto_protocol::request::{TIME_HEADER, VERSION_HEADER};
use sotto_protocol::role::Permission;
use sotto_protocol::{AccountId, ErrorCode, PROTOCOL_VERSION, limits};
use tower_http::catch_panic::CatchPanicLayer;

use crate::error::{Refused, Result};
use crate::organisation::Organisation;
use crate::state::{App, Shared};

/// Where entries are appended: the one route whose body may be large.
pub const ENTRIES_PATH: &str = "/v1/entries";

/// Bytes that a proven request to this path may bring.
pub fn body_limit(path: &str) -> usize {
    match path {
        ENTRIES_PATH => limits::APPEND_BYTES,
        _ if path.starts_with("/v1/threads/") && path.contains("/files/") => limits::FILE_CHUNK_BYTES + limits::FILE_TAG_BYTES,
        _ => limits::JSON_BYTES,
    }
}

/// Routes that answer whatever version is asked for.
const UNVERSIONED: &[&str] = &["/healthz", "/readyz", "/v1/server", "/openapi.json"];

/// Everything that clients reach.
pub fn router(app: &App) -> Router {
    let routes = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/openapi.json", get(openapi::show))
        .route("/v1/server", get(server::show))
        .route("/v1/org", post(org::found))
        .route("/v1/workstations", post(workstations::admit).get(workstations::list))
        .route("/v1/control", get(control::open))
        .route("/v1/commands", get(commands::list))
        .route("/v1/commands/begun", post(commands::begin))
        .route("/v1/receipts", post(commands::receipt))
        .route("/v1/report", post(commands::report))
        .route("/v1/enrol", post(enrol::enrol))
        .route("/v1/devices", post(devices::add))
        .route("/v1/registration/start", post(registration::start))
        .route("/v1/registration/finish", post(registration::finish))
        .route("/v1/sign-in/start", post(sign_in::start))
        .route("/v1/sign-in/finish", post(sign_in::finish))
        .route("/v1/sign-ins", get(sign_in::list))
        .route("/v1/recovery/start", post(recovery::start))
        .route("/v1/directory", get(directory::list))
        .route("/v1/statements", post(statements::accept))
        .route("/v1/share", get(share::show))
        .route("/v1/session", post(session::begin))
        .route(ENTRIES_PATH, post(entries::append))
        .route("/v1/feed", get(feed::open))
        .route("/v1/threads", get(threads::read))
        .route("/v1/threads/{thread}/entries", get(range::read))
        .route("/v1/threads/{thread}/files/{file}", get(files::show).delete(files::withdraw))
        .route("/v1/threads/{thread}/files/{file}/chunks/{number}", get(files::read).put(files::store))
        .layer(from_fn(check_version));
    finish(routes, app)
}

/// Refuses who has none of these permissions.
fn require_any(app: &Shared, account: &AccountId, any: &[Permission]) -> Result<()> {
    let organisation = app.organisation.read();
    let permits = |organisation: &Organisation| any.iter().any(|permission| organisation.directory().permits(account, *permission));
    if organisation.as_ref().is_some_and(permits) { Ok(()) } else { Err(ErrorCode::NotPermitted.into()) }
}

/// What operators reach, without proof: never on an address that others reach.
pub fn ops_router(app: &App) -> Router {
    let routes =
        Router::new().route("/healthz", get(health::alive)).route("/readyz", get(health::ready)).route("/metrics", get(health::metrics));
    finish(routes, app)
}

fn finish(routes: Router<App>, app: &App) -> Router {
    routes
        .fallback(not_found)
        .method_not_allowed_fallback(not_found)
        .layer(CatchPanicLayer::custom(answer_panic))
        .layer(from_fn_with_state(Arc::clone(app), finish_response))
        .with_state(Arc::clone(app))
}

async fn not_found() -> Refused {
    ErrorCode::NotFound.into()
}

/// A panic is a bug; its text may hold anything, so it goes nowhere.
fn answer_panic(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request panicked");
    Refused::from(ErrorCode::Internal).into_response()
}

async fn check_version(request: Request, next: Next) -> Response {
    let asked = request.headers().get(VERSION_HEADER).and_then(|value| value.to_str().ok());
    let spoken = asked.and_then(|version| version.parse().ok()) == Some(PROTOCOL_VERSION);
    if spoken || UNVERSIONED.contains(&request.uri().path()) {
        next.run(request).await
    } else {
        Refused::from(ErrorCode::UpgradeRequired).into_response()
    }
}

/// Every answer tells the clock, is kept by no cache, and is counted if it refuses.
async fn finish_response(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(code) = response.extensions().get::<ErrorCode>() {
        app.metrics.refused(*code);
    }
    let headers = response.headers_mut();
    headers.insert(TIME_HEADER, HeaderValue::from(app.clock.now_ms()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What the query asks for.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let parsed: std::result::Result<Query<T>, QueryRejection> = Query::from_request_parts(parts, app).await;
        parsed.map(|Query(asked)| Self(asked)).map_err(|_| ErrorCode::Malformed.into())
    }
}

/// Reads a JSON body.
fn parse_json<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    serde_json::from_slice(body).map_err(|_| ErrorCode::Malformed.into())
}

/// An answer of frames: whole or as a stream.
fn frames(body: axum::body::Body) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    (StatusCode::OK, headers, body).into_response()
}
