//! What is kept of something to be sent? The event as the author meant it, or the intent of a key entry, before anything is sealed.

use serde::{Deserialize, Serialize};
use sotto_protocol::directory::DirectoryHead;
use sotto_protocol::entry::{Anchor, EntryKind, ThreadClass};
use sotto_protocol::event::{Content, Event, EventError};
use sotto_protocol::{AccountId, EntryId, ErrorCode, ThreadId, cbor, limits};
use sotto_store::table::outbox::NewOutboxRow;

use crate::error::{ClientError, Result};

/// What a key entry is for. Its members and keys are looked up when it is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum KeyIntent {
    /// Begins a thread.
    Create {
        /// Its class.
        class: ThreadClass,
        /// Everybody in it, the author included.
        members: Vec<AccountId>,
    },
    /// Begins the epoch after the current one, with the members that are left.
    Rotate,
    /// Begins the epoch after the current one, whatever that is by then, with other members.
    Members {
        /// Who comes in.
        add: Vec<AccountId>,
        /// Who goes out.
        remove: Vec<AccountId>,
    },
}

/// The outbox's own name for the key entry that begins a thread.
pub(crate) fn create_ref(thread: ThreadId) -> String {
    format!("sotto/create/{thread}")
}

/// The outbox's own name for the key entry that begins an epoch: a device tries each once.
pub(crate) fn rotate_ref(thread: ThreadId, epoch: u64) -> String {
    format!("sotto/rotate/{thread}/{epoch}")
}

impl KeyIntent {
    /// The intent in an outbox row's content.
    pub fn parse(content: &[u8]) -> Option<Self> {
        cbor::parse(content, limits::ENTRY_BYTES).ok()
    }
}

/// An event for the outbox. Its anchor is set when it is sealed.
///
/// # Errors
/// `too_large` or `malformed` for a text that every reader would refuse.
pub(crate) fn event_row(thread: ThreadId, entry: EntryId, event: Event, now: u64, client_ref: Option<String>) -> Result<NewOutboxRow> {
    event.check().map_err(|error| {
        let code = if error == EventError::TooLarge { ErrorCode::TooLarge } else { ErrorCode::Malformed };
        ClientError::new(code, "take the message")
    })?;
    Ok(NewOutboxRow { client_ref, ..quiet_row(thread, entry, event, now) })
}

/// An event for the outbox that no person wrote, and whose limits hold by the way it is made.
pub(crate) fn quiet_row(thread: ThreadId, entry: EntryId, event: Event, now: u64) -> NewOutboxRow {
    let content = cbor::encode(&Content { event, sent_at: now, anchor: Anchor::START, directory: DirectoryHead::START });
    NewOutboxRow { thread, entry, kind: EntryKind::Event, content, created_at: now, client_ref: None }
}

/// A key entry for the outbox.
pub(crate) fn key_row(thread: ThreadId, entry: EntryId, intent: &KeyIntent, now: u64, client_ref: Option<String>) -> NewOutboxRow {
    NewOutboxRow { thread, entry, kind: EntryKind::Key, content: cbor::encode(intent), created_at: now, client_ref }
}
