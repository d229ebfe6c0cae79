//! How are entries got that the feed did not bring? By asking for a range of the thread; it ends with a frame that says so.

use sotto_protocol::ThreadId;
use sotto_protocol::feed::Frame;

use super::arrival::{Arrived, parse_frame};
use crate::error::{Attempt as _, Result};
use crate::session::Core;

/// The entries of a thread from seq `from` to `to`, both included; fewer where the server does not give them.
///
/// # Errors
/// Those of the connection, and the server's refusal.
pub(crate) async fn fetch(core: &Core, thread: ThreadId, from: u64, to: u64) -> Result<Vec<Arrived>> {
    let target = format!("/v1/threads/{thread}/entries?from={from}&to={to}");
    let mut stream = core.http.fetch_frames(&target, &core.signer).await.attempting("fetch a thread's earlier entries")?;
    let mut entries = Vec::new();
    while let Some(frame) = stream.next().await? {
        if matches!(frame, Frame::CaughtUp { .. } | Frame::End { .. }) {
            break;
        }
        entries.extend(parse_frame(frame).filter(|a| a.header.thread == thread && (from..=to).contains(&a.stamp.seq)));
    }
    entries.sort_by_key(|arrived| arrived.stamp.seq);
    entries.dedup_by_key(|arrived| arrived.stamp.seq);
    Ok(entries)
}
