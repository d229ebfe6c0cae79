//! How do changes reach whoever listens? By a broadcast that never waits for a listener.

use std::collections::BTreeSet;

use sotto_protocol::ThreadId;
use tokio::sync::broadcast;

use crate::view::AppEvent;

/// Events a slow listener may be behind before it is told that it lagged.
const CAPACITY: usize = 1_024;
/// More changed threads than this are told as "the list as a whole".
const NAMED_THREADS: usize = 64;

/// The sending side.
#[derive(Debug, Clone)]
pub(crate) struct Events(broadcast::Sender<AppEvent>);

impl Default for Events {
    fn default() -> Self {
        Self(broadcast::Sender::new(CAPACITY))
    }
}

impl Events {
    /// Tells everybody; nobody listening is no failure.
    pub fn send(&self, event: AppEvent) {
        let _ = self.0.send(event);
    }

    /// One event for all threads of a batch.
    pub fn threads_changed(&self, threads: BTreeSet<ThreadId>) {
        if threads.is_empty() {
            return;
        }
        let named = (threads.len() <= NAMED_THREADS).then(|| threads.into_iter().collect());
        self.send(AppEvent::ThreadsChanged { threads: named });
    }

    /// One thread changed.
    pub fn thread_changed(&self, thread: ThreadId) {
        self.threads_changed(BTreeSet::from([thread]));
    }

    /// The sender itself, for subscriptions that outlive the session.
    pub fn sender(&self) -> broadcast::Sender<AppEvent> {
        self.0.clone()
    }
}
