//! `GET /v1/threads/{thread}/entries`: a stretch of one thread, for who is in it now.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use serde::Deserialize;
use sotto_protocol::api::ErrorResponse;
use sotto_protocol::feed::Frame;
use sotto_protocol::{AccountId, ErrorCode, ThreadId};

use super::{Asked, frames};
use crate::auth::Device;
use crate::error::Result;
use crate::feed::encode_page;
use crate::limits::{PAGE_BYTES, PAGE_ENTRIES};
use crate::state::App;
use crate::store::{PageLimit, Store, StoredEntry, Viewer};

const PAGE: PageLimit = PageLimit { entries: PAGE_ENTRIES, bytes: PAGE_BYTES };

/// Which stretch.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RangeQuery {
    /// The first seq.
    #[serde(default = "first")]
    from: u64,
    /// The last seq; the thread's last if absent.
    to: Option<u64>,
}

const fn first() -> u64 {
    1
}

struct Range {
    app: App,
    account: AccountId,
    thread: ThreadId,
    next: u64,
    to: u64,
    position: u64,
}

/// A stream of frames (docs/PROTOCOL.md) that ends with `CaughtUp`, which names the last entry's position. Earlier epochs are among
/// them as they are: who holds no key to them reads nothing.
#[utoipa::path(get, path = "/v1/threads/{thread}/entries", tag = "log",
    params(("thread" = ThreadId, Path, description = "the thread"), RangeQuery),
    responses(
        (status = 200, content_type = "application/octet-stream", body = String),
        (status = 403, body = ErrorResponse, description = "not_a_member: of a thread that is not there as well"),
    ))]
pub async fn read(State(app): State<App>, Path(thread): Path<String>, Asked(asked): Asked<RangeQuery>, device: Device) -> Result<Response> {
    let thread = thread.parse().map_err(|_| ErrorCode::Malformed)?;
    let to = asked.to.unwrap_or(u64::MAX);
    let mut range = Range { app, account: device.account, thread, next: asked.from.max(1), to, position: 0 };
    let first = range.load().await?;
    let rest = stream::unfold(Some((range, first)), |state| async move {
        let (mut range, page) = state?;
        if page.is_empty() {
            return Some((range.last_frame(), None));
        }
        let frames = encode_page(page);
        match range.load().await {
            Ok(page) => Some((frames, Some((range, page)))),
            Err(refused) => Some(([frames, Frame::End { code: refused.code }.encode()].concat(), None)),
        }
    });
    Ok(frames(Body::from_stream(rest.map(|bytes| Ok::<Bytes, Infallible>(bytes.into())))))
}

impl Range {
    /// The next page, empty at the end. Asks for membership and role each time: who is removed or narrowed meanwhile reads no further.
    async fn load(&mut self) -> Result<Vec<StoredEntry>> {
        let viewer = Viewer { account: self.account, classes: self.app.organisation.classes_of(&self.account) };
        let read = self.app.store.load_range(viewer, self.thread, self.next, self.to, PAGE);
        let page = read.await?.ok_or(ErrorCode::NotAMember)?;
        if let Some(last) = page.last() {
            (self.next, self.position) = (last.stamp.seq + 1, last.stamp.position);
        }
        Ok(page)
    }

    fn last_frame(&self) -> Vec<u8> {
        Frame::CaughtUp { position: self.position }.encode()
    }
}
