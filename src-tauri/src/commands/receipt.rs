//! What is told and asked of what became of messages?

use sotto_client::view::{AcknowledgeRequest, Reader};
use sotto_protocol::{EntryId, ThreadId};
use tauri::{AppHandle, State, command};

use super::Answer;
use crate::desk::Desk;
use crate::windows;

/// A part of a thread was on the screen for two seconds. Answers whether that counts: the window's own word for its focus is not taken for it.
#[command]
pub(crate) async fn displayed(app: AppHandle, desk: State<'_, Desk>, thread: ThreadId, from: u64, to: u64) -> Answer<bool> {
    let session = desk.session()?;
    if !windows::is_content_focused(&app) {
        return Ok(false);
    }
    session.note_displayed(thread, from, to).await?;
    Ok(true)
}

/// Takes note of somebody's message.
#[command]
pub(crate) async fn acknowledge(desk: State<'_, Desk>, request: AcknowledgeRequest) -> Answer<()> {
    Ok(desk.session()?.acknowledge(request.thread, request.message, request.answer).await?)
}

/// Who has a message, who had it on a screen, who acknowledged it.
#[command]
pub(crate) async fn readers(desk: State<'_, Desk>, thread: ThreadId, message: EntryId) -> Answer<Vec<Reader>> {
    Ok(desk.session()?.readers(thread, message).await?)
}
