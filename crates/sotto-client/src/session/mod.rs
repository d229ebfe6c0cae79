//! What is an unlocked session? The one owner of everything secret; locking consumes it, and every call after that answers `locked`.

mod core;
mod directory_warning;
mod filling;
mod open;
mod people;
mod replace_keys;
mod status;

use std::sync::{Arc, Mutex, PoisonError, Weak};

use sotto_protocol::AccountId;
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

pub(crate) use self::core::{Arrival, Core};
pub(crate) use self::open::open;
pub(crate) use self::people::People;
pub(crate) use self::replace_keys::Replacement;
pub use self::status::{OutboxCounts, SessionStatus};
use crate::error::{ClientError, Result};
use crate::view::{AppEvent, ErrorCode};

/// A person's open vault with its running tasks. Clones are the same session; all of them are locked together.
#[derive(Clone)]
pub struct Session {
    shared: Arc<Shared>,
}

struct Shared {
    /// Empty after the lock.
    core: Mutex<Option<Arc<Core>>>,
    /// Every call and task that holds the core.
    running: TaskTracker,
    /// Tells them to let go.
    stop: CancellationToken,
    /// The lock is complete.
    closed: CancellationToken,
    events: broadcast::Sender<AppEvent>,
    /// Why the server takes nothing from this device any more; also after the lock.
    shut_out: watch::Receiver<Option<ErrorCode>>,
}

/// A session that somebody else keeps.
#[derive(Clone)]
pub(crate) struct WeakSession {
    account: AccountId,
    shared: Weak<Shared>,
}

impl WeakSession {
    /// The session, if it is still there and open.
    pub fn open(&self) -> Option<Session> {
        self.shared.upgrade().map(|shared| Session { shared }).filter(|session| !session.is_locked())
    }

    /// Whose it is.
    pub const fn account(&self) -> AccountId {
        self.account
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session(..)")
    }
}

/// A call inside the session: the lock waits until it is dropped, and tells it to end.
pub(crate) struct Call {
    // Declared first, so dropped before the token says that nobody holds the core.
    core: Arc<Core>,
    stop: CancellationToken,
    _running: TaskTrackerToken,
}

impl Call {
    /// Does it, unless the lock comes first.
    pub async fn run<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Err(ClientError::LOCKED),
            done = work => done,
        }
    }

    /// What the session owns.
    pub const fn core(&self) -> &Arc<Core> {
        &self.core
    }
}

impl Session {
    /// A session around `core`, and the stop path of its tasks.
    fn new(core: Arc<Core>) -> Self {
        let (running, stop, events) = (core.running.clone(), core.stop.clone(), core.events.sender());
        let (closed, shut_out) = (CancellationToken::new(), core.watch_shut_out());
        Self { shared: Arc::new(Shared { core: Mutex::new(Some(core)), running, stop, closed, events, shut_out }) }
    }

    /// Locks the session when the server shuts it out. Ends with the session.
    async fn end_when_shut_out(self) {
        let mut shut_out = self.shared.shut_out.clone();
        // `wait_for` gives a guard on the channel, which is dropped at the end of this statement. While it lives, `send_replace` blocks its
        // thread: feed and outbox both come to `Core::set_shut_out` where the server refuses both, and the lock waits for both.
        let is_out = shut_out.wait_for(Option::is_some).await.is_ok();
        if is_out && let Err(error) = self.lock().await {
            tracing::warn!(%error, "locked, but not all of what the lock screen shows was kept");
        }
    }

    /// Why the server takes nothing from this device any more, if it does not. The session is locked then, or about to be.
    #[must_use]
    pub fn shut_out(&self) -> Option<ErrorCode> {
        *self.shared.shut_out.borrow()
    }

    /// The session without keeping it.
    pub(crate) fn downgrade(&self, account: AccountId) -> WeakSession {
        WeakSession { account, shared: Arc::downgrade(&self.shared) }
    }

    /// Enters the session for one call.
    ///
    /// # Errors
    /// `locked` after the lock.
    pub(crate) fn enter(&self) -> Result<Call> {
        let running = self.shared.running.token();
        let core = self.shared.core.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(ClientError::LOCKED)?;
        Ok(Call { core, stop: self.shared.stop.clone(), _running: running })
    }

    /// Takes the core out: from here on every call answers `locked`. `None` if it was taken before.
    pub(crate) fn take_core(&self) -> Option<Arc<Core>> {
        self.shared.core.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Ends calls and tasks and waits until none of them holds the core.
    pub(crate) async fn wait_until_idle(&self) {
        self.shared.stop.cancel();
        self.shared.running.close();
        self.shared.running.wait().await;
    }

    /// Returns when a lock that somebody else began is complete.
    pub async fn wait_closed(&self) {
        self.shared.closed.cancelled().await;
    }

    /// Whether nobody holds what the session owned any more: its keys are zeroized. So after a lock, unless a call outlived the lock's
    /// patience; then from the moment on when that call ends.
    #[must_use]
    pub fn is_zeroized(&self) -> bool {
        // The core has the other end.
        self.shared.shut_out.has_changed().is_err()
    }

    /// The lock is complete.
    pub(crate) fn set_closed(&self) {
        self.shared.closed.cancel();
    }

    /// What happens from now on. A receiver that falls 1,024 events behind is told so (`Lagged`) and asks for everything anew.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<AppEvent> {
        self.shared.events.subscribe()
    }

    /// Whether the session is locked.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.shared.core.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }
}

/// Runs work that computes for long, before there is a core.
async fn compute_blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| ClientError::new(ErrorCode::Internal, "compute"))
}
