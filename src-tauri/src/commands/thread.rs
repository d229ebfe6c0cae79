//! What is asked of threads?

use sotto_client::view::{CreateThreadRequest, ThreadListRequest, ThreadPage, ThreadView};
use sotto_protocol::ThreadId;
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// A page of the list.
#[command]
pub(crate) async fn threads(desk: State<'_, Desk>, request: ThreadListRequest) -> Answer<ThreadPage> {
    Ok(desk.session()?.threads(request).await?)
}

/// An open thread without its log.
#[command]
pub(crate) async fn thread(desk: State<'_, Desk>, thread: ThreadId) -> Answer<ThreadView> {
    let view = desk.session()?.thread(thread).await?;
    desk.presence.opened(thread);
    Ok(view)
}

/// Begins a thread.
#[command]
pub(crate) async fn create_thread(desk: State<'_, Desk>, request: CreateThreadRequest) -> Answer<ThreadView> {
    Ok(desk.session()?.create_thread(request).await?)
}

/// Everything up to and with `seq` counts as read; nothing is taken back by it.
#[command]
pub(crate) async fn mark_read(desk: State<'_, Desk>, thread: ThreadId, seq: u64) -> Answer<()> {
    Ok(desk.session()?.mark_read(thread, seq).await?)
}

/// Everything from `seq` on counts as unread.
#[command]
pub(crate) async fn mark_unread(desk: State<'_, Desk>, thread: ThreadId, seq: u64) -> Answer<()> {
    Ok(desk.session()?.mark_unread(thread, seq).await?)
}
