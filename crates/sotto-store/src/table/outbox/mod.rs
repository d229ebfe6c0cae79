//! What this person wrote and the server has not confirmed: entries in the order they were written, until each comes back in the feed.

mod change;
mod queue;
mod quiet;

pub use change::{complete, discard, fail, retry, seal, unseal};
pub use queue::{Queued, count, load, next, of_thread, queue, sent};
pub use quiet::{count_marks, queue_mark, queue_receipt};

use rusqlite::Row;
use rusqlite::types::Type;
use sotto_crypto::Secret32;
use sotto_protocol::entry::EntryKind;
use sotto_protocol::{AccountId, EntryId, ErrorCode, ThreadId};

use super::column;

/// How far an entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutboxState {
    /// Safe here; not sealed yet, or to be sealed anew for a newer epoch.
    Queued,
    /// Sealed; the same bytes are sent until an answer comes.
    Sealed,
    /// Will not be sent until somebody retries or discards it.
    Failed(ErrorCode),
}

/// An entry to be queued. No `Debug`: it holds text.
#[derive(Clone)]
pub struct NewOutboxRow {
    /// The thread.
    pub thread: ThreadId,
    /// The entry's id, chosen here.
    pub entry: EntryId,
    /// Key or event.
    pub kind: EntryKind,
    /// What it will say: the canonical CBOR of an event's content, or of a key entry's intent.
    pub content: Vec<u8>,
    /// Milliseconds since 1970.
    pub created_at: u64,
    /// The caller's own name for it: queueing the same name twice sends once.
    pub client_ref: Option<String>,
}

/// What sealing made of an entry.
#[derive(Clone)]
pub struct Sealing {
    /// The encoded entry.
    pub sealed: Vec<u8>,
    /// Of a key entry: each member's encoded box.
    pub boxes: Vec<(AccountId, Vec<u8>)>,
    /// Of a key entry: the key it starts with, until the entry has come back.
    pub key: Option<Secret32>,
    /// The epoch it is sealed for, or starts.
    pub epoch: u64,
}

/// An entry of the outbox. No `Debug`: it holds text.
#[derive(Clone)]
pub struct OutboxRow {
    /// Its place in the order.
    pub id: i64,
    /// The thread.
    pub thread: ThreadId,
    /// The entry.
    pub entry: EntryId,
    /// Key or event.
    pub kind: EntryKind,
    /// What it says.
    pub content: Vec<u8>,
    /// What sealing made of it; kept when it failed.
    pub sealing: Option<Sealing>,
    /// How far it has come.
    pub state: OutboxState,
    /// Milliseconds since 1970.
    pub created_at: u64,
    /// The caller's own name for it.
    pub client_ref: Option<String>,
}

/// The numbers of the states; the partial index `outbox_open` and the list's counts have them too.
const QUEUED: u8 = 0;
const SEALED: u8 = 1;
const FAILED: u8 = 2;

const COLUMNS: &str = "id, thread, entry, kind, content, sealed, boxes, key, epoch, state, code, created_at, client_ref";

fn parse(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
    let code = column::code(row, 10)?;
    Ok(OutboxRow {
        id: row.get(0)?,
        thread: column::bytes(row, 1)?,
        entry: column::bytes(row, 2)?,
        kind: column::known(row, 3, |number| EntryKind::try_from(number).ok())?,
        content: row.get(4)?,
        sealing: parse_sealing(row)?,
        state: column::known(row, 9, |number| match number {
            QUEUED => Some(OutboxState::Queued),
            SEALED => Some(OutboxState::Sealed),
            FAILED => Some(OutboxState::Failed(code.unwrap_or(ErrorCode::Internal))),
            _ => None,
        })?,
        created_at: column::unsigned(row, 11)?,
        client_ref: row.get(12)?,
    })
}

fn parse_sealing(row: &Row<'_>) -> rusqlite::Result<Option<Sealing>> {
    let Some(sealed) = row.get::<_, Option<Vec<u8>>>(5)? else { return Ok(None) };
    if row.get_ref(8)?.data_type() == Type::Null {
        return Err(rusqlite::Error::InvalidColumnType(8, "epoch".into(), Type::Null));
    }
    let boxes: Option<Vec<(AccountId, serde_bytes::ByteBuf)>> = column::parse_optional_cbor(row, 6)?;
    Ok(Some(Sealing {
        sealed,
        boxes: boxes.unwrap_or_default().into_iter().map(|(account, bytes)| (account, bytes.into_vec())).collect(),
        key: column::optional_secret(row, 7)?,
        epoch: column::unsigned(row, 8)?,
    }))
}

#[cfg(test)]
mod tests;
