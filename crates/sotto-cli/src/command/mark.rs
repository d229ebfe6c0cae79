//! How does `mark` answer? With the thread's row, in which the count of unread messages is another one.

use sotto_client::Session;
use sotto_client::view::{AppEvent, Connection, ErrorCode};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::{Context, find};
use crate::args::MarkArgs;
use crate::failure::{Failure, Outcome};
use crate::show;

/// Marks a thread as read or as unread, and waits until the server has it, unless it cannot be reached: then it goes out with the next session.
///
/// # Errors
/// `locked`, `not_found`.
pub async fn run(args: MarkArgs, context: &Context) -> Outcome {
    let thread = find::thread(&context.session, &args.thread).await?;
    let events = context.session.events();
    if let Some(seq) = args.read_to {
        context.session.mark_read(thread, seq).await?;
    }
    if let Some(seq) = args.unread_from {
        context.session.mark_unread(thread, seq).await?;
    }
    wait_until_told(&context.session, events).await?;
    let row = context.session.thread(thread).await?.row;
    context.output.value(&row, show::thread).await
}

async fn wait_until_told(session: &Session, mut events: Receiver<AppEvent>) -> Outcome {
    while session.waiting_marks().await? > 0 && session.status().await?.session.connection == Connection::Online {
        match events.recv().await {
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return Err(Failure::new(ErrorCode::Locked)),
        }
    }
    Ok(())
}
