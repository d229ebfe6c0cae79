//! Is somebody at our window? What the page reports: movement, and that a message is being composed.

use std::sync::{Mutex, PoisonError};

use sotto_protocol::ThreadId;
use tokio::sync::Notify;

/// What the idle watch is told by the page. Where the operating system gives no idle time, this is all there is.
#[derive(Debug, Default)]
pub(crate) struct Presence {
    looking: Mutex<Looking>,
    moved: Notify,
}

/// Which thread is on the screen, and whether there is a draft in its box.
#[derive(Debug, Default)]
struct Looking {
    thread: Option<ThreadId>,
    composing: bool,
}

impl Presence {
    /// Somebody moved.
    pub fn touch(&self) {
        self.moved.notify_one();
    }

    /// Completes when somebody has moved since the last time.
    pub async fn moved(&self) {
        self.moved.notified().await;
    }

    /// A draft in `thread` was saved: with text somebody composes, without they are done. The draft of a thread that was left is
    /// saved after the next one is opened, and is not being composed.
    pub fn drafted(&self, thread: ThreadId, has_text: bool) {
        self.look(|looking| {
            if looking.thread.is_none_or(|open| open == thread) {
                *looking = Looking { thread: Some(thread), composing: has_text };
            }
        });
        self.touch();
    }

    /// Another thread is looked at: the draft left behind is not being composed.
    pub fn opened(&self, thread: ThreadId) {
        self.look(|looking| {
            if looking.thread != Some(thread) {
                *looking = Looking { thread: Some(thread), composing: false };
            }
        });
    }

    /// Whether a message is being composed.
    pub fn is_composing(&self) -> bool {
        self.look(|looking| looking.composing)
    }

    /// The session ended: nobody composes.
    pub fn clear(&self) {
        self.look(|looking| *looking = Looking::default());
    }

    fn look<T>(&self, at: impl FnOnce(&mut Looking) -> T) -> T {
        at(&mut self.looking.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_composed_until_it_is_sent_or_left() {
        let (ward, pharmacy) = (ThreadId::from_bytes([1; 16]), ThreadId::from_bytes([2; 16]));
        let presence = Presence::default();
        presence.drafted(ward, true);
        presence.opened(ward);
        assert!(presence.is_composing());
        presence.drafted(ward, false);
        assert!(!presence.is_composing(), "sent");
        presence.drafted(ward, true);
        presence.opened(pharmacy);
        assert!(!presence.is_composing(), "left for another thread");
        presence.drafted(ward, true);
        assert!(!presence.is_composing(), "saved after it was left");
        presence.drafted(pharmacy, true);
        presence.clear();
        assert!(!presence.is_composing(), "locked");
    }
}
