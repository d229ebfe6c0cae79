//! How do `acknowledge` and `readers` go? Both name a message by its seq, as `read` prints it.

use serde::Serialize;
use sotto_client::view::{Answer, ErrorCode, MessagePageRequest, MessageView, Reader};
use sotto_protocol::{EntryId, ThreadId};

use super::{Context, find};
use crate::args::{AcknowledgeArgs, ReadersArgs};
use crate::failure::{Failure, Outcome};
use crate::show;

#[derive(Serialize)]
struct Acknowledged {
    message: EntryId,
}

/// Acknowledges a message and waits until the server has it.
///
/// # Errors
/// `not_found`, and those of [`sotto_client::Session::acknowledge`].
pub async fn acknowledge(args: AcknowledgeArgs, context: &Context) -> Outcome {
    let thread = find::thread(&context.session, &args.thread).await?;
    let message = at(context, thread, args.seq).await?;
    let events = context.session.events();
    context.session.acknowledge(thread, message, args.answer).await?;
    super::send::wait_until_sent(&context.session, thread, events).await?;
    context.output.value(&Acknowledged { message }, |_| String::new()).await
}

/// Tells of each recipient how far a message has come with them.
///
/// # Errors
/// `locked`, `not_found`.
pub async fn readers(args: ReadersArgs, context: &Context) -> Outcome {
    let thread = find::thread(&context.session, &args.thread).await?;
    let message = at(context, thread, args.seq).await?;
    let readers = context.session.readers(thread, message).await?;
    context.output.value(&readers, |readers| readers.iter().map(line).collect::<Vec<_>>().join("\n")).await
}

/// The message at a seq.
async fn at(context: &Context, thread: ThreadId, seq: u64) -> Outcome<EntryId> {
    let request = MessagePageRequest { thread, before: seq.checked_add(1), after: None, limit: 1 };
    let page = context.session.messages(request).await?;
    let found = page.messages.into_iter().find_map(|line| match line {
        MessageView::Message { entry, seq: Some(at), .. } if at == seq => Some(entry),
        MessageView::Message { .. } | MessageView::Change { .. } | MessageView::Tombstone { .. } => None,
    });
    found.ok_or(Failure::new(ErrorCode::NotFound))
}

/// What is known of a recipient, the furthest first.
fn line(reader: &Reader) -> String {
    let mut known = Vec::new();
    if let Some(at) = reader.acknowledged_at {
        let answer = reader.answer.as_ref().map(|answer| format!(": {}", say(answer))).unwrap_or_default();
        known.push(format!("acknowledged {}{answer}", show::time(at)));
    }
    for device in &reader.devices {
        let place = if device.workstation.is_empty() { "a device" } else { &device.workstation };
        known.extend(device.displayed_at.map(|at| format!("displayed at {place} {}", show::time(at))));
        known.extend(device.stored_at.map(|at| format!("stored at {place} {}", show::time(at))));
    }
    let known = if known.is_empty() { "nothing known yet".to_owned() } else { known.join("; ") };
    format!("{}: {known}", reader.name)
}

/// An answer in words.
fn say(answer: &Answer) -> &str {
    match answer {
        Answer::Agree => "agrees",
        Answer::NeedToTalk => "needs to talk",
        Answer::Text(text) => text,
    }
}
