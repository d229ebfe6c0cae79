//! How does `send` go? Everything is safe in the vault first; then, unless told otherwise, it waits until the server has it.

use std::io::Read as _;

use serde::Serialize;
use sotto_client::view::{ErrorCode, Priority};
use sotto_client::{OutgoingLine, Session};
use sotto_protocol::{EntryId, FileId, ThreadId};
use tokio::sync::broadcast::error::RecvError;

use super::{Context, find};
use crate::args::SendArgs;
use crate::failure::{Failure, Outcome};

/// Lines of one transaction.
const BATCH: usize = 250;

#[derive(Serialize)]
struct Sent {
    /// The entry of a single message.
    entry: Option<EntryId>,
    /// The file that was taken in.
    file: Option<FileId>,
    /// How many were queued now.
    queued: usize,
    /// How many an earlier run with the same `--ref` had queued.
    before: usize,
    /// Whether the server has them.
    on_server: bool,
}

/// Sends a message or many.
///
/// # Errors
/// The code of the first message that was refused, and those of queueing.
pub async fn run(args: SendArgs, context: &Context) -> Outcome {
    let thread = find::thread(&context.session, &args.thread).await?;
    // Subscribed before queueing: no echo is missed.
    let mut events = context.session.events();
    let mut sent = Sent { entry: None, file: None, queued: 0, before: 0, on_server: false };
    let mut lines = lines(&args, thread, context)?;
    if let Some(path) = &args.file {
        let said = lines.pop().map_or_else(String::new, |line| line.text);
        let path = context.folder.join(path);
        sent.file = Some(super::file::send(&context.session, thread, &path, said, args.priority.into()).await?);
        sent.queued = 1;
        if !args.no_wait {
            super::file::wait_until_brought(&context.session, thread, &mut events).await?;
        }
    }
    queue(&context.session, thread, args.priority.into(), lines, &mut sent).await?;
    if !args.no_wait {
        wait_until_sent(&context.session, thread, events).await?;
        sent.on_server = true;
    }
    context.output.value(&sent, |_| String::new()).await
}

fn lines(args: &SendArgs, thread: ThreadId, context: &Context) -> Outcome<Vec<OutgoingLine>> {
    let Some(path) = &args.lines else {
        let text = match (args.text.as_deref(), &context.input) {
            (Some("-"), Some(input)) => input.clone(),
            (Some("-"), None) => read_input()?,
            (text, _) => text.unwrap_or_default().to_owned(),
        };
        return Ok(vec![OutgoingLine { text, reference: None, answers: args.answers.clone() }]);
    };
    let text = std::fs::read_to_string(context.folder.join(path)).map_err(|_| Failure::new(ErrorCode::NotFound))?;
    let reference = |number: usize| args.reference.as_ref().map(|name| format!("{thread}/{name}:{number}"));
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let line = |(at, line): (usize, &str)| {
        let (text, reference) = (line.to_owned(), reference(at + 1));
        OutgoingLine { text, reference, answers: args.answers.clone() }
    };
    Ok(numbered.map(line).collect())
}

fn read_input() -> Outcome<String> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|_| Failure::new(ErrorCode::Malformed))?;
    Ok(text)
}

async fn queue(session: &Session, thread: ThreadId, priority: Priority, lines: Vec<OutgoingLine>, sent: &mut Sent) -> Outcome {
    let mut rest = lines.into_iter().peekable();
    while rest.peek().is_some() {
        let batch = rest.by_ref().take(BATCH).collect();
        for queued in session.send_messages(thread, priority, batch).await? {
            sent.entry = Some(queued.entry);
            sent.queued += usize::from(queued.new);
            sent.before += usize::from(!queued.new);
        }
    }
    Ok(())
}

/// Waits until nothing of the vault is on its way any more; a message that was refused ends the command with its code.
pub(super) async fn wait_until_sent(
    session: &Session,
    thread: ThreadId,
    mut events: tokio::sync::broadcast::Receiver<sotto_client::view::AppEvent>,
) -> Outcome {
    loop {
        if session.status().await?.queued == 0 {
            break;
        }
        match events.recv().await {
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return Err(Failure::new(ErrorCode::Locked)),
        }
    }
    match session.outbox(thread).await?.code {
        Some(code) => Err(Failure::new(code)),
        None => Ok(()),
    }
}
