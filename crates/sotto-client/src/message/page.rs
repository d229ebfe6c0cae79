//! Which part of a thread's log is on the screen? A range of seqs, and with the newest page what waits here to be sent.

use std::collections::HashMap;

use sotto_protocol::entry::EntryKind;
use sotto_protocol::event::{Content, Event};
use sotto_protocol::role::Classes;
use sotto_protocol::{AccountId, cbor, limits};
use sotto_store::table::file::{self, FileRow, chunk};
use sotto_store::table::message::{self, MessageKind, MessageRow, Page};
use sotto_store::table::outbox::{self, OutboxRow, OutboxState};
use sotto_store::table::thread::{self, ThreadRow};
use sotto_store::{Connection, StoreError};

use super::receipts::Known;
use crate::error::{Attempt as _, Result};
use crate::file::{said_of, view_shared};
use crate::session::{People, Session};
use crate::sync::fill;
use crate::thread::load_permitted;
use crate::view::{Change, MessagePage, MessagePageRequest, MessageState, MessageView, Priority, TombstoneReason};

/// Rows of a page, at most; also of those that wait.
const LIMIT: u32 = 200;

struct Found {
    messages: Vec<MessageRow>,
    /// The files of those, by seq, each with how many of its parts are here.
    files: HashMap<u64, (FileRow, u32)>,
    known: Known,
    waiting: Vec<OutboxRow>,
    has_before: bool,
    has_after: bool,
    not_kept: bool,
}

impl Session {
    /// A page of a thread.
    ///
    /// # Errors
    /// `locked`, `not_found`.
    pub async fn messages(&self, request: MessagePageRequest) -> Result<MessagePage> {
        let call = self.enter()?;
        let core = call.core();
        let (classes, keep_from) = (core.classes(), core.keep_from());
        let found = call
            .run(async { core.vault.read(move |vault| find(vault, classes, request, keep_from)).await.attempting("read the thread") })
            .await?;
        let (people, me) = (core.people(), core.account);
        let line = |row: MessageRow| view(found.files.get(&row.seq), row, &people, &found.known, me);
        let mut messages: Vec<MessageView> = found.messages.into_iter().map(line).collect();
        messages.extend(found.waiting.into_iter().filter_map(|row| view_waiting(&row, &people, me)));
        Ok(MessagePage { messages, has_before: found.has_before, has_after: found.has_after, not_kept: found.not_kept })
    }
}

fn find(vault: &Connection, classes: Classes, request: MessagePageRequest, keep_from: u64) -> std::result::Result<Found, StoreError> {
    let thread = load_permitted(vault, classes, request.thread)?;
    let limit = request.limit.clamp(1, LIMIT);
    let (page, has_before, has_after) = match request.after {
        Some(after) => {
            let page = message::page_after(vault, thread.row, after, limit)?;
            let more = page.more;
            (page, after > 0, more)
        }
        None => {
            let page = message::page_before(vault, thread.row, request.before, limit)?;
            let more = page.more;
            (page, more, request.before.is_some_and(|before| before <= thread.last_seq))
        }
    };
    let Page { messages, .. } = page;
    let waiting = outbox::of_thread(vault, request.thread)?;
    let known = Known::load(vault, thread.row, &messages, &waiting)?;
    let waiting = if has_after || request.before.is_some() { Vec::new() } else { waiting };
    let not_kept = !has_before && lacks_older(vault, &thread, keep_from)?;
    let files = load_files(vault, thread.row, &messages)?;
    Ok(Found { messages, files, known, waiting, has_before, has_after, not_kept })
}

/// Whether older lines were here, or would be, if a rule let this workstation keep them. Not every entry has a line, so a gap proves nothing.
fn lacks_older(vault: &Connection, thread: &ThreadRow, keep_from: u64) -> std::result::Result<bool, StoreError> {
    let dropped = thread::dropped_seq(vault, thread.row)? >= thread.first_seq;
    Ok(dropped || fill::stops_at(vault, thread, keep_from)?)
}

fn load_files(vault: &Connection, row: i64, lines: &[MessageRow]) -> std::result::Result<HashMap<u64, (FileRow, u32)>, StoreError> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Ok(HashMap::new()) };
    let mut files = HashMap::new();
    for file in file::of_lines(vault, row, first.seq, last.seq)? {
        let here = chunk::count(vault, file.row)?;
        if let Some(seq) = file.seq {
            files.insert(seq, (file, here));
        }
    }
    Ok(files)
}

fn view(file: Option<&(FileRow, u32)>, row: MessageRow, people: &People, known: &Known, me: AccountId) -> MessageView {
    let receipts = known.receipts(&row, me);
    let (entry, seq, at) = (row.entry, row.seq, row.at);
    match row.kind {
        MessageKind::Message => MessageView::Message {
            entry,
            seq: Some(seq),
            author: row.author,
            author_name: people.name(&row.author),
            mine: row.mine,
            at,
            text: if file.is_some() { said_of(&row.text) } else { row.text },
            priority: row.priority,
            state: if row.mine { MessageState::OnServer } else { MessageState::Received },
            file: file.map(|(file, here)| crate::file::view(file, *here)),
            receipts,
        },
        MessageKind::Change(change) => {
            MessageView::Change { entry, seq, author_name: people.name(&row.author), at, change: change_of(change) }
        }
        MessageKind::Tombstone(reason) => MessageView::Tombstone { entry, seq, at, reason: reason_of(reason) },
    }
}

/// A message that waits or failed. Other entries of the outbox have no line of their own, unless they failed.
fn view_waiting(row: &OutboxRow, people: &People, me: AccountId) -> Option<MessageView> {
    let state = match row.state {
        OutboxState::Queued | OutboxState::Sealed => MessageState::Queued,
        OutboxState::Failed(code) => MessageState::Failed { code },
    };
    let said = match row.kind {
        EntryKind::Event => cbor::parse::<Content>(&row.content, limits::BODY_BYTES).ok().map(|content| content.event),
        EntryKind::Key => None,
    };
    let (text, priority, answers, file) = match said {
        Some(Event::Message(message)) => (message.text, message.priority, message.answers, None),
        Some(Event::File(shared)) => (shared.text.clone(), shared.priority, Vec::new(), Some(view_shared(&shared, 0))),
        _ if matches!(state, MessageState::Failed { .. }) => (String::new(), Priority::Fyi, Vec::new(), None),
        _ => return None,
    };
    let (entry, at, author_name) = (row.entry, row.created_at, people.name(&me));
    let receipts = Known::nobody(answers);
    Some(MessageView::Message { entry, seq: None, author: me, author_name, mine: true, at, text, priority, state, file, receipts })
}

const fn change_of(change: message::Change) -> Change {
    match change {
        message::Change::Created => Change::Created,
        message::Change::Members => Change::Members,
        message::Change::Described => Change::Described,
        message::Change::Rotated => Change::Rotated,
        message::Change::Exported => Change::Exported,
    }
}

const fn reason_of(reason: message::Tombstone) -> TombstoneReason {
    match reason {
        message::Tombstone::BadSignature => TombstoneReason::BadSignature,
        message::Tombstone::UnknownAuthor => TombstoneReason::UnknownAuthor,
        message::Tombstone::CannotDecrypt => TombstoneReason::CannotDecrypt,
        message::Tombstone::Malformed => TombstoneReason::Malformed,
        message::Tombstone::NotAMember => TombstoneReason::NotAMember,
        message::Tombstone::UnknownKind => TombstoneReason::UnknownKind,
    }
}
