//! What was written and not sent?

use sotto_client::view::DraftView;
use sotto_protocol::ThreadId;
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// The thread's draft.
#[command]
pub(crate) async fn draft(desk: State<'_, Desk>, thread: ThreadId) -> Answer<Option<DraftView>> {
    Ok(desk.session()?.draft(thread).await?)
}

/// Keeps a draft, or forgets it. Also during the first moments of a lock.
#[command]
pub(crate) async fn save_draft(desk: State<'_, Desk>, thread: ThreadId, draft: Option<DraftView>) -> Answer<()> {
    let session = desk.session_to_save()?;
    desk.presence.drafted(thread, draft.as_ref().is_some_and(|draft| !draft.text.is_empty()));
    Ok(session.save_draft(thread, draft).await?)
}
