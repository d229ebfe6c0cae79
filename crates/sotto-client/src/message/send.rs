//! How is a message sent? It is safe in the outbox before anything is said to the person; the rest happens by itself.

use sotto_protocol::event::{Event, Message, Priority};
use sotto_protocol::receipt::Answer;
use sotto_protocol::role::Classes;
use sotto_protocol::{EntryId, ErrorCode, ThreadId};
use sotto_store::table::outbox::{self, NewOutboxRow, Queued};
use sotto_store::table::{draft, thread};
use sotto_store::{Connection, StoreError};

use crate::error::{Attempt as _, ClientError, Result};
use crate::outbox::queue::event_row;
use crate::session::{Core, Session};
use crate::thread::load_permitted;
use crate::view::SendMessageRequest;

/// One of many messages to be sent.
#[derive(Clone)]
pub struct OutgoingLine {
    /// The text.
    pub text: String,
    /// The caller's own name for it: the same name again sends nothing.
    pub reference: Option<String>,
    /// What readers may answer by a button.
    pub answers: Vec<Answer>,
}

/// What became of one of many messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// Its entry.
    pub entry: EntryId,
    /// Whether it was queued now, and not by an earlier call with the same name.
    pub new: bool,
}

impl std::fmt::Debug for OutgoingLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OutgoingLine(..)")
    }
}

impl Session {
    /// Sends a message. On return it is on the disk and goes out by itself, whatever crashes. A draft with the same text is removed in the
    /// same transaction.
    ///
    /// # Errors
    /// `locked`, `not_found`, `not_a_member`, `too_large`, `malformed` for no text, `vault_rolled_back`, `disk_full`.
    pub async fn send_message(&self, request: SendMessageRequest) -> Result<EntryId> {
        let line = OutgoingLine { text: request.text, reference: None, answers: request.answers };
        let sent = self.send_messages(request.thread, request.priority, vec![line]).await?;
        sent.first().map(|sent| sent.entry).ok_or(ClientError::new(ErrorCode::Internal, "send the message"))
    }

    /// Sends messages in this order: all of them are on the disk on return, or none.
    ///
    /// # Errors
    /// As [`Self::send_message`].
    pub async fn send_messages(&self, thread: ThreadId, priority: Priority, lines: Vec<OutgoingLine>) -> Result<Vec<Sent>> {
        let call = self.enter()?;
        let core = call.core();
        core.check_may_send()?;
        let (now, classes) = (core.clock.wall_ms(), core.classes());
        let rows: Vec<NewOutboxRow> = lines
            .into_iter()
            .map(|line| {
                let event = Event::Message(Message { text: line.text, priority, answers: line.answers });
                event_row(thread, Core::make_id(EntryId::from_bytes), event, now, line.reference)
            })
            .collect::<Result<_>>()?;
        let queued = core.vault.write(move |vault| queue(vault, classes, thread, now, rows));
        let sent = call.run(async { queued.await.attempting("send the message") }).await?;
        let sent = sent.ok_or(ClientError::new(ErrorCode::NotAMember, "send the message"))?;
        core.outbox_wake.notify_one();
        core.events.thread_changed(thread);
        Ok(sent)
    }
}

/// Queues rows in order; `None` if the person is not in the thread.
fn queue(
    vault: &Connection,
    classes: Classes,
    id: ThreadId,
    now: u64,
    rows: Vec<NewOutboxRow>,
) -> std::result::Result<Option<Vec<Sent>>, StoreError> {
    let thread = load_permitted(vault, classes, id)?;
    if !thread.joined {
        return Ok(None);
    }
    let mut sent = Vec::with_capacity(rows.len());
    for row in &rows {
        sent.push(match outbox::queue(vault, row)? {
            Queued::New => Sent { entry: row.entry, new: true },
            Queued::Before(entry) => Sent { entry, new: false },
        });
    }
    thread::touch(vault, thread.row, now)?;
    // A draft that says the same has become this message; anything else was written meanwhile and stays.
    let became = |draft: &draft::DraftRow| rows.iter().any(|row| says(row, &draft.text));
    if draft::load(vault, id)?.is_some_and(|draft| became(&draft)) {
        draft::delete(vault, id)?;
    }
    Ok(Some(sent))
}

fn says(row: &NewOutboxRow, text: &str) -> bool {
    let content = sotto_protocol::cbor::parse::<sotto_protocol::event::Content>(&row.content, row.content.len());
    matches!(content.map(|content| content.event), Ok(Event::Message(message)) if message.text.trim() == text.trim())
}
