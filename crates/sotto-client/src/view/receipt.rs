//! What is known of what became of a message? Counts beside the message, and each person and device for whoever asks who has read it.

use serde::{Deserialize, Serialize};
use sotto_protocol::receipt::Answer;
use sotto_protocol::{AccountId, DeviceId, EntryId, ThreadId};

/// What the signed-in person answered a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct OwnAnswer {
    /// One of the answers that were offered; absent for a plain acknowledgement.
    pub answer: Option<Answer>,
    /// Whether the server has it.
    pub on_server: bool,
}

/// How many gave one of the answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AnswerCount {
    /// The answer that the sender offers.
    pub answer: Answer,
    /// By how many it was given.
    pub count: u32,
}

/// How far a message has come beyond the server. A person counts once, with the device of theirs that has come furthest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MessageReceipts {
    /// Whom it was for: the others who were in the thread when it was sealed.
    pub recipients: u32,
    /// How many of them have it in a vault.
    pub stored: u32,
    /// How many of them had it on a screen: focused, unlocked, two seconds at least.
    pub displayed: u32,
    /// How many of them took note of it.
    pub acknowledged: u32,
    /// What may be answered by a button, and how often it was.
    pub answers: Vec<AnswerCount>,
    /// What the signed-in person answered.
    pub mine: Option<OwnAnswer>,
}

/// A device of a recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ReaderDevice {
    /// The device.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub device: DeviceId,
    /// The workstation it is at; empty where nobody knows its name.
    pub workstation: String,
    /// When it said that the message is in its vault, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub stored_at: Option<u64>,
    /// When it said that the message was on its screen, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub displayed_at: Option<u64>,
}

/// A recipient of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Reader {
    /// The account.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// How they are called.
    pub name: String,
    /// What they do.
    pub title: String,
    /// Their initials.
    pub initials: String,
    /// Those of their devices that have it.
    pub devices: Vec<ReaderDevice>,
    /// When they acknowledged it, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub acknowledged_at: Option<u64>,
    /// What they answered, of what was offered.
    pub answer: Option<Answer>,
}

/// Acknowledges a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AcknowledgeRequest {
    /// In which thread.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub thread: ThreadId,
    /// Which message.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub message: EntryId,
    /// One of the answers that it offers, or a plain acknowledgement.
    pub answer: Option<Answer>,
}
