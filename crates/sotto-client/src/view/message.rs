//! What is a row of a thread's log on a screen? A message with what is known of its way, a change, or a tombstone.

use serde::{Deserialize, Serialize};
use sotto_protocol::{AccountId, EntryId, ThreadId};

use super::{Answer, ErrorCode, FileView, MessageReceipts, Priority};

/// How far a message has come, and no further than is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MessageState {
    /// Safe in this vault, on its way.
    Queued,
    /// Refused; stays until somebody retries or discards it.
    Failed {
        /// Why.
        code: ErrorCode,
    },
    /// One of ours that came back in the log.
    OnServer,
    /// Somebody else's.
    Received,
}

/// Why an entry of the log cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TombstoneReason {
    /// A signature does not fit.
    BadSignature,
    /// The directory does not know its author's keys.
    UnknownAuthor,
    /// No key opens it.
    CannotDecrypt,
    /// It does not parse or breaks a limit.
    Malformed,
    /// Its author was not in the thread at that time.
    NotAMember,
    /// This version does not know what it says.
    UnknownKind,
}

/// What changed about a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It began.
    Created,
    /// Somebody joined or left.
    Members,
    /// Its title, patient or reason.
    Described,
    /// Its key, with the same members.
    Rotated,
    /// A file of it was saved outside of Sotto.
    Exported,
}

/// One row of a thread's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MessageView {
    /// A message.
    Message {
        /// Its entry.
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        entry: EntryId,
        /// Its place in the thread; absent until the server has it.
        #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
        seq: Option<u64>,
        /// Who wrote it.
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        author: AccountId,
        /// How they are called.
        author_name: String,
        /// Whether that is the signed-in person.
        mine: bool,
        /// Milliseconds since 1970: the server's clock, or the author's until the server has it.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        at: u64,
        /// The text.
        text: String,
        /// How pressing.
        priority: Priority,
        /// How far it has come.
        state: MessageState,
        /// Its file, if it has one.
        file: Option<FileView>,
        /// How far it has come from there.
        receipts: MessageReceipts,
    },
    /// A change of the thread itself.
    Change {
        /// Its entry.
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        entry: EntryId,
        /// Its place in the thread.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        seq: u64,
        /// Who made it.
        author_name: String,
        /// Milliseconds since 1970.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        at: u64,
        /// What changed.
        change: Change,
    },
    /// An entry that cannot be shown.
    Tombstone {
        /// Its entry.
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        entry: EntryId,
        /// Its place in the thread.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        seq: u64,
        /// Milliseconds since 1970.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        at: u64,
        /// Why.
        reason: TombstoneReason,
    },
}

/// Asks for a part of a thread's log. Both bounds are exclusive; with neither, the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MessagePageRequest {
    /// The thread.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub thread: ThreadId,
    /// Only what is older than this seq.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub before: Option<u64>,
    /// Only what is newer than this seq.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub after: Option<u64>,
    /// Rows at most; more than 200 gives 200.
    pub limit: u32,
}

/// A part of a thread's log, oldest first. Queued and failed rows come last, with the newest page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MessagePage {
    /// The rows.
    pub messages: Vec<MessageView>,
    /// Whether older rows exist here.
    pub has_before: bool,
    /// Whether newer rows exist here.
    pub has_after: bool,
    /// Whether what is older than these rows is not kept on this workstation, by a rule; false while `has_before`.
    pub not_kept: bool,
}

/// Sends a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SendMessageRequest {
    /// To which thread.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub thread: ThreadId,
    /// What.
    pub text: String,
    /// How pressing.
    pub priority: Priority,
    /// What readers may answer by a button, at most six, of 40 characters each.
    #[serde(default)]
    pub answers: Vec<Answer>,
}

/// What a person has written and not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DraftView {
    /// The text.
    pub text: String,
    /// How pressing it is going to be.
    pub priority: Priority,
}
