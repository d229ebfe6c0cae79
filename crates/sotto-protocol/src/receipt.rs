//! What do members say about the messages of others? How far a device has come, and what a person answers.

use serde::{Deserialize, Serialize};

use crate::EntryId;
use crate::event::{EventError, required};
use crate::limits;

/// How far the device that wrote this entry has come in the thread. Two high-water marks: each stands for every entry up to it, so one
/// receipt says it of as many messages as there are. What an older one says of more still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Receipt {
    /// The seq up to which the entries are in the device's vault.
    pub stored: u64,
    /// The seq up to which messages were on its screen: focused, unlocked, two seconds at least. Never more than `stored`.
    pub displayed: u64,
}

/// An answer that a sender offers as a button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// I agree.
    Agree,
    /// I need to talk.
    NeedToTalk,
    /// In the sender's words, at most [`limits::ANSWER_CHARS`] characters.
    Text(String),
}

/// A person takes note of a message, which is more than having seen it. The newest one of a person holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// Which message.
    pub message: EntryId,
    /// One of the answers that the message offers; readers take any other as none.
    pub answer: Option<Answer>,
}

/// Checks what a message offers.
///
/// # Errors
/// More than [`limits::ANSWERS`], or a text that is too long or missing.
pub(crate) fn check_answers(answers: &[Answer]) -> Result<(), EventError> {
    if answers.len() > limits::ANSWERS {
        return Err(EventError::TooLarge);
    }
    answers.iter().try_for_each(Answer::check)
}

impl Receipt {
    /// Nobody has on the screen what is not in the vault.
    pub(crate) const fn check(self) -> Result<(), EventError> {
        if self.stored == 0 || self.displayed > self.stored { Err(EventError::Empty) } else { Ok(()) }
    }
}

impl Acknowledgement {
    pub(crate) fn check(&self) -> Result<(), EventError> {
        self.answer.as_ref().map_or(Ok(()), Answer::check)
    }
}

impl Answer {
    fn check(&self) -> Result<(), EventError> {
        match self {
            Self::Agree | Self::NeedToTalk => Ok(()),
            Self::Text(text) => required(text, limits::ANSWER_CHARS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_few_and_short() {
        let text = |n: usize| Answer::Text("ñ".repeat(n));
        assert_eq!(check_answers(&[Answer::Agree, Answer::NeedToTalk, text(limits::ANSWER_CHARS)]), Ok(()));
        assert_eq!(check_answers(&[text(limits::ANSWER_CHARS + 1)]), Err(EventError::TooLarge));
        assert_eq!(check_answers(&[text(0)]), Err(EventError::Empty));
        assert_eq!(check_answers(&vec![Answer::Agree; limits::ANSWERS + 1]), Err(EventError::TooLarge));
    }

    #[test]
    fn what_was_displayed_was_stored() {
        assert_eq!(Receipt { stored: 7, displayed: 7 }.check(), Ok(()));
        assert_eq!(Receipt { stored: 7, displayed: 8 }.check(), Err(EventError::Empty));
        assert_eq!(Receipt::default().check(), Err(EventError::Empty));
    }
}
