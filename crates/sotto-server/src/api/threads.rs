//! `GET /v1/threads`: what a new vault needs of every thread first, for who is in it now.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use serde::Deserialize;
use sotto_protocol::api::ErrorResponse;
use sotto_protocol::feed::Frame;
use sotto_protocol::{AccountId, ThreadId};

use super::{Asked, frames};
use crate::auth::Device;
use crate::error::Result;
use crate::feed::encode_page;
use crate::limits::{OUTLINE_NEWEST, PAGE_BYTES, PAGE_ENTRIES};
use crate::state::App;
use crate::store::{PageLimit, Store, StoredEntry, Viewer};

const PAGE: PageLimit = PageLimit { entries: PAGE_ENTRIES, bytes: PAGE_BYTES };

/// How much of each thread.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ThreadsQuery {
    /// How many of its newest entries, 200 at most.
    #[serde(default = "newest")]
    newest: u64,
}

const fn newest() -> u64 {
    50
}

struct Threads {
    app: App,
    account: AccountId,
    newest: u64,
    position: u64,
    /// Those that are still to be read, the last one first.
    left: Vec<ThreadId>,
    /// The next seq of the thread that is being read.
    from: u64,
}

/// A stream of frames (docs/PROTOCOL.md): `CaughtUp` with the position from which a feed goes on; then thread after thread, the one with the
/// newest entry first, its key entries, the events of alert 0 and its newest entries, in their order; then `CaughtUp` once more.
#[utoipa::path(get, path = "/v1/threads", tag = "log", params(ThreadsQuery), responses(
    (status = 200, content_type = "application/octet-stream", body = String),
    (status = 401, body = ErrorResponse),
))]
pub async fn read(State(app): State<App>, Asked(asked): Asked<ThreadsQuery>, device: Device) -> Result<Response> {
    let viewer = Viewer { account: device.account, classes: app.organisation.classes_of(&device.account) };
    let (position, mut left) = app.store.list_threads(viewer).await?;
    left.reverse();
    let threads = Threads { app, account: device.account, newest: asked.newest.clamp(1, OUTLINE_NEWEST), position, left, from: 1 };
    let first = threads.frame();
    let rest = stream::unfold(Some(threads), |state| async move {
        let mut threads = state?;
        match threads.load().await {
            Ok(Some(page)) => Some((encode_page(page), Some(threads))),
            Ok(None) => Some((threads.frame(), None)),
            Err(refused) => Some((Frame::End { code: refused.code }.encode(), None)),
        }
    });
    let all = stream::iter([first]).chain(rest);
    Ok(frames(Body::from_stream(all.map(|bytes| Ok::<Bytes, Infallible>(bytes.into())))))
}

impl Threads {
    /// The next page, `None` at the end. Asks for membership and role each time: who is removed or narrowed meanwhile reads no further.
    async fn load(&mut self) -> Result<Option<Vec<StoredEntry>>> {
        while let Some(thread) = self.left.last() {
            let viewer = Viewer { account: self.account, classes: self.app.organisation.classes_of(&self.account) };
            let page = self.app.store.load_outline(viewer, *thread, self.newest, self.from, PAGE).await?;
            let page = page.unwrap_or_default();
            if let Some(last) = page.last() {
                self.from = last.stamp.seq + 1;
                return Ok(Some(page));
            }
            self.from = 1;
            self.left.pop();
        }
        Ok(None)
    }

    fn frame(&self) -> Vec<u8> {
        Frame::CaughtUp { position: self.position }.encode()
    }
}
