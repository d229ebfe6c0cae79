//! What is asked of messages?

use sotto_client::view::{MessagePage, MessagePageRequest, SendMessageRequest};
use sotto_protocol::EntryId;
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// A page of a thread's log.
#[command]
pub(crate) async fn messages(desk: State<'_, Desk>, request: MessagePageRequest) -> Answer<MessagePage> {
    Ok(desk.session()?.messages(request).await?)
}

/// Takes a message. Answers its entry once it is safe in the outbox.
#[command]
pub(crate) async fn send_message(desk: State<'_, Desk>, request: SendMessageRequest) -> Answer<EntryId> {
    let thread = request.thread;
    let entry = desk.session()?.send_message(request).await?;
    desk.presence.drafted(thread, false);
    Ok(entry)
}

/// Sends a refused message again.
#[command]
pub(crate) async fn retry_message(desk: State<'_, Desk>, entry: EntryId) -> Answer<()> {
    Ok(desk.session()?.retry_message(entry).await?)
}

/// Forgets a refused message.
#[command]
pub(crate) async fn discard_message(desk: State<'_, Desk>, entry: EntryId) -> Answer<()> {
    Ok(desk.session()?.discard_message(entry).await?)
}
