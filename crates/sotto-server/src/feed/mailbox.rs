//! What waits for one feed's reader: a bounded queue that never makes the writer wait.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use sotto_protocol::ErrorCode;
use tokio::sync::Notify;

use crate::limits::{FEED_BYTES, FEED_FRAMES};

/// What a reader finds.
#[derive(Debug, Default)]
pub struct Mail {
    /// Frames with their positions, rising.
    pub frames: VecDeque<(u64, Bytes)>,
    /// Frames were dropped: what follows the last one sent is in the store.
    pub behind: bool,
    /// The directory's version, if it changed.
    pub directory: Option<u64>,
    /// The feed is to end, and why.
    pub end: Option<ErrorCode>,
}

impl Mail {
    fn is_empty(&self) -> bool {
        self.frames.is_empty() && !self.behind && self.directory.is_none() && self.end.is_none()
    }
}

#[derive(Debug, Default)]
struct State {
    mail: Mail,
    bytes: usize,
}

/// A queue with one reader. Costs nothing while it is empty.
#[derive(Debug, Default)]
pub struct Mailbox {
    state: Mutex<State>,
    ready: Notify,
}

impl Mailbox {
    /// Puts a frame in, or, when the mailbox is full, drops all of them and notes it; `false` then.
    pub fn push(&self, position: u64, frame: Bytes) -> bool {
        let kept = self.change(|state| {
            if state.mail.behind {
                return true;
            }
            state.bytes += frame.len();
            state.mail.frames.push_back((position, frame));
            let full = state.mail.frames.len() > FEED_FRAMES || state.bytes > FEED_BYTES;
            if full {
                // The positions are in the store; the frames only took memory.
                state.mail.frames = VecDeque::new();
                state.mail.behind = true;
            }
            !full
        });
        self.ready.notify_one();
        kept
    }

    /// Drops what waits and notes that it is to be read from the store, with the rights of then.
    pub fn look_again(&self) {
        self.change(|state| {
            state.mail.frames = VecDeque::new();
            state.mail.behind = true;
        });
        self.ready.notify_one();
    }

    /// Tells the directory's version.
    pub fn announce(&self, version: u64) {
        self.change(|state| state.mail.directory = Some(version));
        self.ready.notify_one();
    }

    /// Ends the feed. The first reason stays.
    pub fn end(&self, code: ErrorCode) {
        self.change(|state| *state.mail.end.get_or_insert(code));
        self.ready.notify_one();
    }

    /// Takes everything, waiting for something. Dropping the future loses nothing.
    pub async fn take(&self) -> Mail {
        loop {
            if let Some(mail) = self.try_take() {
                return mail;
            }
            self.ready.notified().await;
        }
    }

    /// The reason to end, if there is one; leaves everything in place.
    pub fn ended(&self) -> Option<ErrorCode> {
        self.change(|state| state.mail.end)
    }

    fn try_take(&self) -> Option<Mail> {
        self.change(|state| {
            if state.mail.is_empty() {
                return None;
            }
            state.bytes = 0;
            // The reason stays: a feed that was ended is ended for every later look.
            let end = state.mail.end;
            Some(std::mem::replace(&mut state.mail, Mail { end, ..Mail::default() }))
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_full_mailbox_says_so_and_takes_part_again_once_read() {
        let mailbox = Mailbox::default();
        for position in 0..FEED_FRAMES as u64 {
            assert!(mailbox.push(position, Bytes::from_static(b"x")));
        }
        assert!(!mailbox.push(FEED_FRAMES as u64, Bytes::from_static(b"x")));
        let mail = mailbox.take().await;
        assert!(mail.behind && mail.frames.is_empty());
        assert!(mailbox.push(900, Bytes::from_static(b"x")));
        assert_eq!(mailbox.take().await.frames.len(), 1);
    }

    #[tokio::test]
    async fn bytes_are_bounded_too() {
        let mailbox = Mailbox::default();
        let large = Bytes::from(vec![0; FEED_BYTES / 2 + 1]);
        assert!(mailbox.push(1, large.clone()));
        assert!(!mailbox.push(2, large));
    }

    #[tokio::test]
    async fn an_end_stays_with_its_first_reason() {
        let mailbox = Mailbox::default();
        mailbox.end(ErrorCode::DeviceRevoked);
        mailbox.end(ErrorCode::ServerBusy);
        assert_eq!(mailbox.take().await.end, Some(ErrorCode::DeviceRevoked));
        assert_eq!(mailbox.take().await.end, Some(ErrorCode::DeviceRevoked));
    }
}
