//! What members say inside an entry: the events that a thread's state is folded from.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::directory::DirectoryHead;
use crate::entry::Anchor;
use crate::file::{ExportedFile, SharedFile};
use crate::key::Signature;
use crate::limits;
use crate::receipt::{Acknowledgement, Answer, Receipt, check_answers};

/// How pressing a message is, in four words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// For your information.
    #[default]
    Fyi,
    /// Something to do.
    Action,
    /// Call me.
    Concern,
    /// Now.
    Stat,
}

/// A message somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Plain text, at most [`limits::MESSAGE_CHARS`] characters.
    pub text: String,
    /// How pressing.
    pub priority: Priority,
    /// What its readers may answer by a button, at most [`limits::ANSWERS`].
    pub answers: Vec<Answer>,
}

/// The patient a thread is about: two identifiers and how to address them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// What they like to be called.
    pub preferred: Option<String>,
    /// Date of birth, `YYYY-MM-DD`.
    pub birth_date: String,
    /// Medical record number.
    pub mrn: String,
    /// Pronouns.
    pub pronouns: Option<String>,
    /// Spoken language.
    pub language: Option<String>,
}

/// What a thread is about. The newest one holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Description {
    /// A title, where neither patient nor members say enough.
    pub title: Option<String>,
    /// The patient who is the thread's subject.
    pub patient: Option<Patient>,
    /// The reason for contact, a word or two.
    pub reason: Option<String>,
}

/// Up to where a person has read. The greater one holds, by turn and then by place, in whichever order they come: so that all of their
/// workstations end up with the same, also after they read at two of them while neither was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct ReadMark {
    /// How often the person took something back ("unread from here"). The derived order needs it to come first.
    pub turn: u64,
    /// Everything up to and with this seq counts as read.
    pub upto: u64,
}

/// Everything that can happen in a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A message.
    Message(Message),
    /// The thread was described anew.
    Described(Description),
    /// The author has read up to here. It has no line and changes nothing for anybody else.
    Read(ReadMark),
    /// A file.
    File(SharedFile),
    /// Its author saved a file outside of Sotto.
    Exported(ExportedFile),
    /// How far a device has come.
    Receipt(Receipt),
    /// Somebody takes note of a message.
    Acknowledged(Acknowledgement),
}

/// Text that is longer than its limit, or empty where it must not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// Longer than the limit.
    #[error("a text is longer than its limit")]
    TooLarge,
    /// No text where some is needed.
    #[error("a text is missing")]
    Empty,
}

impl Event {
    /// Checks every length; authors call it before sealing and readers after opening.
    ///
    /// # Errors
    /// The first text that is too long or missing.
    pub fn check(&self) -> Result<(), EventError> {
        match self {
            Self::Message(message) => required(&message.text, limits::MESSAGE_CHARS).and_then(|()| check_answers(&message.answers)),
            Self::Described(description) => description.check(),
            Self::Read(_) => Ok(()),
            Self::File(file) => file.check(),
            Self::Exported(_) => Ok(()),
            Self::Receipt(receipt) => receipt.check(),
            Self::Acknowledged(acknowledgement) => acknowledgement.check(),
        }
    }
}

impl Description {
    fn check(&self) -> Result<(), EventError> {
        optional(self.title.as_deref(), limits::TITLE_CHARS)?;
        optional(self.reason.as_deref(), limits::FIELD_CHARS)?;
        let Some(p) = &self.patient else { return Ok(()) };
        for text in [&p.family, &p.given, &p.birth_date, &p.mrn] {
            required(text, limits::FIELD_CHARS)?;
        }
        for text in [&p.preferred, &p.pronouns, &p.language] {
            optional(text.as_deref(), limits::FIELD_CHARS)?;
        }
        Ok(())
    }
}

pub(crate) fn required(text: &str, limit: usize) -> Result<(), EventError> {
    if text.trim().is_empty() { Err(EventError::Empty) } else { optional(Some(text), limit) }
}

pub(crate) fn optional(text: Option<&str>, limit: usize) -> Result<(), EventError> {
    // Four bytes a character at most: the cheap test first, so a hostile length costs nothing.
    match text {
        Some(text) if text.len() > limit * 4 || text.chars().count() > limit => Err(EventError::TooLarge),
        _ => Ok(()),
    }
}

/// What an author signs: the event, when, and what they had seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The event.
    pub event: Event,
    /// The author's clock, milliseconds since 1970. The order is the log's, never this.
    pub sent_at: u64,
    /// The newest entry of the thread the author had seen.
    pub anchor: Anchor,
    /// The directory the author had verified.
    pub directory: DirectoryHead,
}

/// What is padded and sealed: the content's canonical bytes and the author's signature over header and content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedContent(pub ByteBuf, pub Signature);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_a_longest_and_a_shortest() {
        let message = |n: usize| Event::Message(Message { text: "ñ".repeat(n), priority: Priority::Fyi, answers: Vec::new() });
        assert_eq!(message(limits::MESSAGE_CHARS).check(), Ok(()));
        assert_eq!(message(limits::MESSAGE_CHARS + 1).check(), Err(EventError::TooLarge));
        assert_eq!(message(0).check(), Err(EventError::Empty));
    }

    #[test]
    fn a_later_turn_is_greater_wherever_it_stands() {
        assert!(ReadMark { turn: 1, upto: 3 } > ReadMark { turn: 0, upto: 90 });
        assert!(ReadMark { turn: 1, upto: 4 } > ReadMark { turn: 1, upto: 3 });
    }
}
