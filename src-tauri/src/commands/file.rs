//! What is asked of files?

use sotto_client::view::{BeginFileRequest, FilePartRequest, FilePreview, OutgoingFile, SendFileRequest};
use sotto_protocol::{FileId, ThreadId};
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// Begins to take a file in.
#[command]
pub(crate) async fn begin_file(desk: State<'_, Desk>, request: BeginFileRequest) -> Answer<FileId> {
    Ok(desk.session()?.begin_file(request).await?)
}

/// Takes the next part in; sealed on the disk when it answers.
#[command]
pub(crate) async fn put_file_part(desk: State<'_, Desk>, request: FilePartRequest) -> Answer<()> {
    Ok(desk.session()?.put_file_part(request).await?)
}

/// Sends a file whose parts are all here.
#[command]
pub(crate) async fn send_file(desk: State<'_, Desk>, request: SendFileRequest) -> Answer<()> {
    Ok(desk.session()?.send_file(request).await?)
}

/// Sends a refused file again.
#[command]
pub(crate) async fn retry_file(desk: State<'_, Desk>, file: FileId) -> Answer<()> {
    Ok(desk.session()?.retry_file(file).await?)
}

/// Forgets a file that was not sent, or takes one back that is on its way.
#[command]
pub(crate) async fn discard_file(desk: State<'_, Desk>, file: FileId) -> Answer<()> {
    Ok(desk.session()?.discard_file(file).await?)
}

/// The files that wait or are on their way to a thread.
#[command]
pub(crate) async fn outgoing_files(desk: State<'_, Desk>, thread: ThreadId) -> Answer<Vec<OutgoingFile>> {
    Ok(desk.session()?.outgoing_files(thread).await?)
}

/// Brings a message's file into the vault, from where it stopped.
#[command]
pub(crate) async fn fetch_file(desk: State<'_, Desk>, thread: ThreadId, seq: u64) -> Answer<()> {
    Ok(desk.session()?.fetch_file(thread, seq).await?)
}

/// Ends that; what has come stays.
#[command]
pub(crate) async fn cancel_fetch(desk: State<'_, Desk>, thread: ThreadId, seq: u64) -> Answer<()> {
    Ok(desk.session()?.cancel_fetch(thread, seq).await?)
}

/// A message's image, as large as a screen shows it, or its PDF.
#[command]
pub(crate) async fn file_preview(desk: State<'_, Desk>, thread: ThreadId, seq: u64) -> Answer<FilePreview> {
    Ok(desk.session()?.file_preview(thread, seq).await?)
}
