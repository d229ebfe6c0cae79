//! Is somebody at our window? What the page reports: movement, and that a message is being composed.

use std::sync::{Mutex, PoisonError};

use sotto_protocol::ThreadId;
use tokio::sync::Notify;

/// What the idle watch is told by the page. Where the operating system gives no idle time, this is all there is.
#[derive(Debug, Default)]
pub(crate) struct Presence {
    composing: Mutex<Option<ThreadId>>,
    moved: Notify,
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

    /// A draft in `thread` was saved: with text somebody composes, without they are done.
    pub fn drafted(&self, thread: ThreadId, has_text: bool) {
        let mut composing = self.composing.lock().unwrap_or_else(PoisonError::into_inner);
        if has_text {
            *composing = Some(thread);
        } else if *composing == Some(thread) {
            *composing = None;
        }
        drop(composing);
        self.touch();
    }

    /// Another thread is looked at: the draft left behind is not being composed.
    pub fn opened(&self, thread: ThreadId) {
        let mut composing = self.composing.lock().unwrap_or_else(PoisonError::into_inner);
        if *composing != Some(thread) {
            *composing = None;
        }
    }

    /// Whether a message is being composed.
    pub fn is_composing(&self) -> bool {
        self.composing.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// The session ended: nobody composes.
    pub fn clear(&self) {
        *self.composing.lock().unwrap_or_else(PoisonError::into_inner) = None;
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
        presence.clear();
        assert!(!presence.is_composing(), "locked");
    }
}
