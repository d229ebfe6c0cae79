//! How do files go through a terminal? Sent from a path; fetched into the vault, sealed; saved in the clear with the password once more.

use std::io::Read as _;
use std::path::Path;

use serde::Serialize;
use sotto_client::view::{
    AppEvent, BeginFileRequest, ErrorCode, FilePartRequest, MessagePageRequest, MessageView, OutgoingFileState, Password, Priority,
    SendFileRequest,
};
use sotto_client::{ClientError, Session};
use sotto_protocol::api::Base64;
use sotto_protocol::{FileId, ThreadId, limits};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::{Context, find};
use crate::args::{FileGetArgs, FilePlaceArgs};
use crate::failure::{Failure, Outcome};

#[derive(Serialize)]
struct Fetched<'a> {
    /// How the file is called.
    name: &'a str,
    /// Bytes of its content.
    bytes: u64,
}

/// Takes a file in and sends it; it is safe in the vault on return.
///
/// # Errors
/// `not_found` for no such file; those of taking it in and of sending it.
pub(super) async fn send(session: &Session, thread: ThreadId, path: &Path, text: String, priority: Priority) -> Outcome<FileId> {
    let missing = |_| Failure::new(ErrorCode::NotFound);
    let mut from = std::fs::File::open(path).map_err(missing)?;
    let bytes = from.metadata().map_err(missing)?.len();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = session.begin_file(BeginFileRequest { thread, name, bytes }).await?;
    let mut left = bytes;
    for number in 0.. {
        let length = left.min(limits::FILE_CHUNK_BYTES as u64);
        if length == 0 {
            break;
        }
        let mut part = Vec::with_capacity(limits::FILE_CHUNK_BYTES);
        from.by_ref().take(length).read_to_end(&mut part).map_err(|_| Failure::new(ErrorCode::FileDamaged))?;
        session.put_file_part(FilePartRequest { file, number, data: Base64(part) }).await?;
        left -= length;
    }
    session.send_file(SendFileRequest { file, text, priority }).await?;
    Ok(file)
}

/// Waits until the server has all of a file.
///
/// # Errors
/// The code it was refused with.
pub(super) async fn wait_until_brought(session: &Session, thread: ThreadId, events: &mut Receiver<AppEvent>) -> Outcome {
    loop {
        let outgoing = session.outgoing_files(thread).await?;
        if let Some(code) =
            outgoing.iter().find_map(|one| if let OutgoingFileState::Failed { code } = one.state { Some(code) } else { None })
        {
            return Err(Failure::new(code));
        }
        if outgoing.iter().all(|one| one.state != OutgoingFileState::Sending) {
            return Ok(());
        }
        match events.recv().await {
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return Err(Failure::new(ErrorCode::Locked)),
        }
    }
}

/// Brings a message's file into the vault, from where it stopped.
///
/// # Errors
/// `not_found`; those of [`Session::fetch_file`].
pub async fn fetch(args: FilePlaceArgs, context: &Context) -> Outcome {
    let thread = find::thread(&context.session, &args.thread).await?;
    bring(&context.session, thread, args.seq).await?;
    let (name, bytes) = file_of(&context.session, thread, args.seq).await?;
    context.output.value(&Fetched { name: &name, bytes }, |fetched| format!("{} ({} bytes)", fetched.name, fetched.bytes)).await
}

/// Saves a message's file, in the clear and by whoever typed the password: the thread says so.
///
/// # Errors
/// Those of [`fetch`] and of [`Session::export_file`]; `conflict` where there is a file of that name.
pub async fn get(args: FileGetArgs, password: &Password, context: &Context) -> Outcome {
    let thread = find::thread(&context.session, &args.place.thread).await?;
    bring(&context.session, thread, args.place.seq).await?;
    let (name, bytes) = file_of(&context.session, thread, args.place.seq).await?;
    let path = context.folder.join(args.out.unwrap_or_else(|| name.clone().into()));
    let events = context.session.events();
    let mut to = std::fs::File::create_new(&path).map_err(|error| {
        Failure::new(if error.kind() == std::io::ErrorKind::AlreadyExists { ErrorCode::Conflict } else { ErrorCode::NotFound })
    })?;
    if let Err(error) = context.session.export_file(thread, args.place.seq, password, &mut to).await {
        // Half of a file in the clear helps nobody.
        let _ = std::fs::remove_file(&path);
        return Err(error.into());
    }
    super::send::wait_until_sent(&context.session, thread, events).await?;
    context.output.value(&Fetched { name: &name, bytes }, |_| path.display().to_string()).await
}

async fn bring(session: &Session, thread: ThreadId, seq: u64) -> Result<(), ClientError> {
    session.fetch_file(thread, seq).await
}

async fn file_of(session: &Session, thread: ThreadId, seq: u64) -> Outcome<(String, u64)> {
    let request = MessagePageRequest { thread, before: Some(seq + 1), after: None, limit: 1 };
    match session.messages(request).await?.messages.pop() {
        Some(MessageView::Message { file: Some(file), .. }) => Ok((file.name, file.bytes)),
        _ => Err(Failure::new(ErrorCode::NotFound)),
    }
}
