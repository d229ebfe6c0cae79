//! Which feeds are open, and whose.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use sotto_protocol::{AccountId, DeviceId, ErrorCode};

use super::mailbox::Mailbox;
use tokio::sync::watch;

use crate::limits::FEEDS_PER_DEVICE;
use crate::metrics::Metrics;

/// An open feed.
#[derive(Debug)]
pub struct Feed {
    account: AccountId,
    device: DeviceId,
    not_after: u64,
    /// What waits for its reader.
    pub mailbox: Mailbox,
}

#[derive(Debug, Default)]
struct Open {
    by_account: HashMap<AccountId, Vec<Arc<Feed>>>,
    stopping: Option<ErrorCode>,
}

/// The open feeds.
#[derive(Debug)]
pub struct Registry {
    open: Mutex<Open>,
    heard: watch::Sender<Heard>,
    metrics: Arc<Metrics>,
}

/// What every control connection hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// The directory has this version.
    Version(u64),
    /// The server stops.
    Stop(ErrorCode),
}

/// An open feed of one reader; dropping it closes the feed.
#[derive(Debug)]
pub struct Subscription {
    registry: Arc<Registry>,
    feed: Arc<Feed>,
}

impl Subscription {
    /// What waits for the reader.
    pub fn mailbox(&self) -> &Mailbox {
        &self.feed.mailbox
    }

    /// Whose feed it is.
    pub fn account(&self) -> AccountId {
        self.feed.account
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut open = self.registry.lock();
        if let Some(feeds) = open.by_account.get_mut(&self.feed.account) {
            feeds.retain(|feed| !Arc::ptr_eq(feed, &self.feed));
            if feeds.is_empty() {
                open.by_account.remove(&self.feed.account);
            }
        }
        drop(open);
        self.registry.metrics.feeds.decrement(1.0);
    }
}

impl Registry {
    /// No feed open.
    pub fn new(metrics: Arc<Metrics>) -> Self {
        Self { open: Mutex::default(), heard: watch::Sender::new(Heard::Version(0)), metrics }
    }

    /// Opens a feed. From here on it gets everything that is committed for the account. A device's oldest feed ends if it has too many.
    pub fn subscribe(self: &Arc<Self>, account: AccountId, device: DeviceId, not_after: u64) -> Subscription {
        let feed = Arc::new(Feed { account, device, not_after, mailbox: Mailbox::default() });
        let mut open = self.lock();
        if let Some(code) = open.stopping {
            feed.mailbox.end(code);
        }
        let feeds = open.by_account.entry(account).or_default();
        let mine: Vec<&Arc<Feed>> = feeds.iter().filter(|feed| feed.device == device && feed.mailbox.ended().is_none()).collect();
        if let Some(oldest) = mine.first().filter(|_| mine.len() >= FEEDS_PER_DEVICE) {
            oldest.mailbox.end(ErrorCode::ServerBusy);
        }
        feeds.push(Arc::clone(&feed));
        drop(open);
        self.metrics.feeds.increment(1.0);
        Subscription { registry: Arc::clone(self), feed }
    }

    /// Begins to deliver a batch.
    pub fn deliver(&self) -> Delivery<'_> {
        Delivery { open: self.lock(), metrics: &self.metrics, delivered: 0, behind: 0 }
    }

    /// What control connections hear from here on.
    pub fn listen(&self) -> watch::Receiver<Heard> {
        self.heard.subscribe()
    }

    /// Tells every feed and every control connection the directory's version.
    pub fn announce(&self, version: u64) {
        self.heard.send_replace(Heard::Version(version));
        self.lock().all().for_each(|feed| feed.mailbox.announce(version));
    }

    /// The devices that have a feed open, each once.
    pub fn devices(&self) -> HashSet<DeviceId> {
        self.lock().all().filter(|feed| feed.mailbox.ended().is_none()).map(|feed| feed.device).collect()
    }

    /// Has an account's feeds look again at what they may send: nothing that waits is sent, and what follows is read from the store.
    pub fn look_again(&self, account: AccountId) {
        self.lock().all().filter(|feed| feed.account == account).for_each(|feed| feed.mailbox.look_again());
    }

    /// Ends a device's feeds.
    pub fn end_device(&self, device: DeviceId, code: ErrorCode) {
        self.lock().all().filter(|feed| feed.device == device).for_each(|feed| feed.mailbox.end(code));
    }

    /// Ends the feeds whose device's certificate is over.
    pub fn end_expired(&self, now: u64) {
        self.lock().all().filter(|feed| feed.not_after < now).for_each(|feed| feed.mailbox.end(ErrorCode::NotEnrolled));
    }

    /// Ends every feed and control connection, and each one that is opened from here on.
    pub fn stop(&self, code: ErrorCode) {
        self.heard.send_replace(Heard::Stop(code));
        let mut open = self.lock();
        open.stopping = Some(code);
        open.all().for_each(|feed| feed.mailbox.end(code));
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn all(&self) -> impl Iterator<Item = &Arc<Feed>> {
        self.by_account.values().flatten()
    }
}

/// A batch on its way to the feeds. Counts when it is dropped.
#[derive(Debug)]
pub struct Delivery<'r> {
    open: MutexGuard<'r, Open>,
    metrics: &'r Metrics,
    delivered: u64,
    behind: u64,
}

impl Delivery<'_> {
    /// Puts an entry before its readers that are here and, as `sees` says, may see it; `frame` makes what a reader gets, and is asked only
    /// for those.
    pub fn push(
        &mut self,
        readers: &[AccountId],
        sees: &dyn Fn(&AccountId) -> bool,
        position: u64,
        frame: &mut dyn FnMut(AccountId) -> Bytes,
    ) {
        for reader in readers {
            let Some(feeds) = self.open.by_account.get(reader).filter(|_| sees(reader)) else { continue };
            let frame = frame(*reader);
            for feed in feeds {
                self.delivered += 1;
                self.behind += u64::from(!feed.mailbox.push(position, frame.clone()));
            }
        }
    }
}

impl Drop for Delivery<'_> {
    fn drop(&mut self) {
        self.metrics.deliveries.increment(self.delivered);
        self.metrics.feeds_behind.increment(self.behind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry() -> Arc<Registry> {
        Arc::new(Registry::new(Arc::new(Metrics::new().unwrap())))
    }

    fn subscribe(registry: &Arc<Registry>, n: u8) -> Subscription {
        registry.subscribe(AccountId::from_bytes([n; 16]), DeviceId::from_bytes([n; 16]), 1_000)
    }

    #[tokio::test]
    async fn only_readers_that_are_here_get_a_frame_and_it_is_made_once_for_each() {
        let registry = registry();
        let (one, two) = (subscribe(&registry, 1), subscribe(&registry, 1));
        let mut made = 0;
        let readers = [1, 2].map(|n| AccountId::from_bytes([n; 16]));
        registry.deliver().push(&readers, &|_| true, 7, &mut |_| {
            made += 1;
            Bytes::from_static(b"frame")
        });
        assert_eq!(made, 1);
        for feed in [&one, &two] {
            assert_eq!(feed.mailbox().take().await.frames, [(7, Bytes::from_static(b"frame"))]);
        }
    }

    #[test]
    fn the_oldest_feed_of_a_device_gives_way() {
        let registry = registry();
        let feeds: Vec<_> = (0..=FEEDS_PER_DEVICE).map(|_| subscribe(&registry, 1)).collect();
        let ended: Vec<bool> = feeds.iter().map(|feed| feed.mailbox().ended().is_some()).collect();
        assert_eq!(ended.iter().filter(|ended| **ended).count(), 1);
        assert!(ended[0]);
    }

    #[test]
    fn feeds_end_by_device_by_time_and_at_the_stop() {
        let registry = registry();
        let (one, two) = (subscribe(&registry, 1), subscribe(&registry, 2));
        registry.end_device(DeviceId::from_bytes([1; 16]), ErrorCode::DeviceRevoked);
        assert_eq!((one.mailbox().ended(), two.mailbox().ended()), (Some(ErrorCode::DeviceRevoked), None));
        registry.end_expired(1_001);
        assert_eq!(two.mailbox().ended(), Some(ErrorCode::NotEnrolled));
        registry.stop(ErrorCode::ServerBusy);
        assert_eq!(subscribe(&registry, 3).mailbox().ended(), Some(ErrorCode::ServerBusy));
    }

    #[tokio::test]
    async fn a_reader_whose_role_changed_gets_nothing_that_waited_and_reads_on_from_the_store() {
        let registry = registry();
        let (narrowed, other) = (subscribe(&registry, 1), subscribe(&registry, 2));
        let readers = [1, 2].map(|n| AccountId::from_bytes([n; 16]));
        registry.deliver().push(&readers, &|_| true, 7, &mut |_| Bytes::from_static(b"before"));
        registry.look_again(readers[0]);
        registry.deliver().push(&readers, &|reader| *reader != readers[0], 8, &mut |_| Bytes::from_static(b"after"));
        let mail = narrowed.mailbox().take().await;
        assert!(mail.behind && mail.frames.is_empty());
        assert_eq!(other.mailbox().take().await.frames.len(), 2);
    }

    #[test]
    fn a_dropped_feed_leaves_nothing_behind() {
        let registry = registry();
        drop(subscribe(&registry, 1));
        assert!(registry.lock().by_account.is_empty());
    }
}
