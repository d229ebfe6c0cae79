//! What a thread's log reads like: messages, changes and tombstones, each at its seq.
//!
//! [`insert`] folds a message into the thread's row (preview, time, unread) and into the search index, in the caller's transaction.

mod drop;
mod insert;
mod oldest;
mod page;
mod read;

pub use drop::{Dropped, drop_read, drop_read_of};
pub use insert::insert;
pub use page::{Page, load, load_by_position, page_after, page_before};
pub use read::{first_unread, load_mark, mark_read, mark_unread, take_mark};

use rusqlite::Row;
use sotto_protocol::event::Priority;
use sotto_protocol::{AccountId, EntryId};

use super::column;
use super::{seq_of, thread_of};

/// What a line of the thread is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// Somebody's message.
    Message,
    /// The thread changed.
    Change(Change),
    /// An entry that could not be shown, and why.
    Tombstone(Tombstone),
}

/// How a thread changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It was made.
    Created,
    /// Its members changed.
    Members,
    /// It was described anew.
    Described,
    /// Its key was rotated.
    Rotated,
    /// A file of it was saved outside of Sotto.
    Exported,
}

/// Why an entry could not be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tombstone {
    /// The author's signature does not fit.
    BadSignature,
    /// The directory does not know the author.
    UnknownAuthor,
    /// It does not decrypt, or its epoch's key is not here.
    CannotDecrypt,
    /// Its content does not parse or keeps no limit.
    Malformed,
    /// The author was no member.
    NotAMember,
    /// A newer build wrote it.
    UnknownKind,
}

impl MessageKind {
    /// The two numbers a kind is stored as; never changed.
    const fn numbers(self) -> (u8, u8) {
        match self {
            Self::Message => (0, 0),
            Self::Change(Change::Created) => (1, 0),
            Self::Change(Change::Members) => (1, 1),
            Self::Change(Change::Described) => (1, 2),
            Self::Change(Change::Rotated) => (1, 3),
            Self::Change(Change::Exported) => (1, 20),
            Self::Tombstone(Tombstone::BadSignature) => (2, 0),
            Self::Tombstone(Tombstone::UnknownAuthor) => (2, 1),
            Self::Tombstone(Tombstone::CannotDecrypt) => (2, 2),
            Self::Tombstone(Tombstone::Malformed) => (2, 3),
            Self::Tombstone(Tombstone::NotAMember) => (2, 4),
            Self::Tombstone(Tombstone::UnknownKind) => (2, 5),
        }
    }

    const fn from_numbers(kind: u8, detail: u8) -> Option<Self> {
        Some(match (kind, detail) {
            (0, _) => Self::Message,
            (1, 0) => Self::Change(Change::Created),
            (1, 1) => Self::Change(Change::Members),
            (1, 2) => Self::Change(Change::Described),
            (1, 3) => Self::Change(Change::Rotated),
            (1, 20) => Self::Change(Change::Exported),
            (2, 0) => Self::Tombstone(Tombstone::BadSignature),
            (2, 1) => Self::Tombstone(Tombstone::UnknownAuthor),
            (2, 2) => Self::Tombstone(Tombstone::CannotDecrypt),
            (2, 3) => Self::Tombstone(Tombstone::Malformed),
            (2, 4) => Self::Tombstone(Tombstone::NotAMember),
            (2, 5) => Self::Tombstone(Tombstone::UnknownKind),
            _ => return None,
        })
    }
}

/// A line of a thread. No `Debug`: it holds text.
#[derive(Clone, PartialEq, Eq)]
pub struct MessageRow {
    /// The thread's row.
    pub thread_row: i64,
    /// Its seq.
    pub seq: u64,
    /// The organisation position.
    pub position: u64,
    /// The entry.
    pub entry: EntryId,
    /// Who wrote it.
    pub author: AccountId,
    /// When the server received it, milliseconds since 1970.
    pub at: u64,
    /// What it is.
    pub kind: MessageKind,
    /// How pressing; [`Priority::Fyi`] for all but messages.
    pub priority: Priority,
    /// The text; empty for all but messages.
    pub text: String,
    /// Whether the vault's person wrote it.
    pub mine: bool,
}

const COLUMNS: &str = "id, position, entry, author, at, kind, priority, text, detail, mine";

fn parse(row: &Row<'_>) -> rusqlite::Result<MessageRow> {
    let id: i64 = row.get(0)?;
    let detail: u8 = row.get(8)?;
    Ok(MessageRow {
        thread_row: thread_of(id),
        seq: seq_of(id),
        position: column::unsigned(row, 1)?,
        entry: column::bytes(row, 2)?,
        author: column::bytes(row, 3)?,
        at: column::unsigned(row, 4)?,
        kind: column::known(row, 5, |kind| MessageKind::from_numbers(kind, detail))?,
        priority: column::known(row, 6, column::priority)?,
        text: row.get(7)?,
        mine: row.get(9)?,
    })
}

#[cfg(test)]
mod oldest_tests;
#[cfg(test)]
mod read_tests;
#[cfg(test)]
mod tests;
