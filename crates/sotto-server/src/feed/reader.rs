//! What a feed sends, and in which order: the backlog from the store, then what is delivered, without a gap and nothing twice.
//!
//! The feed is subscribed before the store is asked. Whatever commits before the store's head is read is in the store; whatever
//! commits after it is in the mailbox; what is in both has a position that was sent and is dropped.

use std::sync::Arc;

use bytes::Bytes;
use sotto_protocol::ErrorCode;
use sotto_protocol::feed::Frame;
use sotto_protocol::role::Classes;

use super::mailbox::Mail;
use super::registry::Subscription;
use crate::limits::{PAGE_BYTES, PAGE_ENTRIES};
use crate::state::Shared;
use crate::store::backlog::Backlog;
use crate::store::{PageLimit, Store, StoreError, StoredEntry, Viewer};

/// The pages that feeds and ranges are read in.
const PAGE: PageLimit = PageLimit { entries: PAGE_ENTRIES, bytes: PAGE_BYTES };

#[derive(Debug)]
enum Phase {
    /// The directory's version goes first.
    Opening,
    /// The store is to be asked for what follows the last position sent.
    Behind,
    /// The store's pages, looked up with the rights of then.
    Backlog(Backlog, Classes),
    /// What is delivered.
    Live,
    /// The last frame was sent.
    Over,
}

/// One feed's reader.
#[derive(Debug)]
pub struct Reader {
    app: Arc<Shared>,
    subscription: Subscription,
    sent: u64,
    phase: Phase,
}

impl Reader {
    /// A feed of whatever follows the position `after`.
    pub const fn new(app: Arc<Shared>, subscription: Subscription, after: u64) -> Self {
        Self { app, subscription, sent: after, phase: Phase::Opening }
    }

    /// The next frames, waiting for them; `None` when the feed is over.
    pub async fn next(&mut self) -> Option<Bytes> {
        loop {
            if !matches!(self.phase, Phase::Live | Phase::Over)
                && let Some(code) = self.subscription.mailbox().ended()
            {
                return Some(self.end(code));
            }
            let frames = match std::mem::replace(&mut self.phase, Phase::Over) {
                Phase::Over => return None,
                Phase::Opening => {
                    self.phase = Phase::Behind;
                    self.directory_frame()
                }
                Phase::Behind => self.open_backlog().await,
                // A role that changed meanwhile: what is left is looked up anew.
                Phase::Backlog(_, classes) if classes != self.viewer().classes => {
                    self.phase = Phase::Behind;
                    continue;
                }
                Phase::Backlog(backlog, classes) => self.send_page(backlog, classes).await,
                Phase::Live => {
                    self.phase = Phase::Live;
                    let mail = self.subscription.mailbox().take().await;
                    self.send_mail(mail)
                }
            };
            if !frames.is_empty() {
                return Some(frames);
            }
        }
    }

    fn directory_frame(&self) -> Bytes {
        let version = self.app.organisation.read().as_ref().map_or(0, |organisation| organisation.version());
        Frame::Directory { version }.encode().into()
    }

    /// Whose feed it is, with the rights of now.
    fn viewer(&self) -> Viewer {
        let account = self.subscription.account();
        Viewer { account, classes: self.app.organisation.classes_of(&account) }
    }

    async fn open_backlog(&mut self) -> Bytes {
        let viewer = self.viewer();
        match self.app.store.load_backlog(viewer, self.sent).await {
            Ok(backlog) => {
                self.phase = Phase::Backlog(backlog, viewer.classes);
                Bytes::new()
            }
            Err(error) => self.fail(error),
        }
    }

    async fn send_page(&mut self, backlog: Backlog, classes: Classes) -> Bytes {
        let (page, rest) = match self.app.store.load_page(self.subscription.account(), backlog, PAGE).await {
            Ok(read) => read,
            Err(error) => return self.fail(error),
        };
        let mut frames = encode_page(page);
        if rest.is_over() {
            // A cursor above the head is of a log that was rolled back: the client learns where the log is now.
            self.sent = rest.head();
            frames.extend_from_slice(&Frame::CaughtUp { position: self.sent }.encode());
            self.phase = Phase::Live;
        } else {
            self.phase = Phase::Backlog(rest, classes);
        }
        frames.into()
    }

    fn send_mail(&mut self, mail: Mail) -> Bytes {
        let mut fresh = mail.frames.into_iter().filter(|(position, _)| *position > self.sent).peekable();
        let mut frames = Vec::new();
        let mut last = self.sent;
        let mut alone = None;
        while let Some((position, frame)) = fresh.next() {
            last = position;
            if frames.is_empty() && fresh.peek().is_none() {
                // The common case: one frame, shared by all its readers and not copied.
                alone = Some(frame);
            } else {
                frames.extend_from_slice(&frame);
            }
        }
        drop(fresh);
        self.sent = last;
        if mail.behind {
            self.phase = Phase::Behind;
        }
        let more = self.notices(mail.directory, mail.end);
        match alone {
            Some(frame) if more.is_empty() => frame,
            alone => [alone.as_deref().unwrap_or_default(), &frames, &more].concat().into(),
        }
    }

    fn notices(&mut self, directory: Option<u64>, end: Option<ErrorCode>) -> Vec<u8> {
        let mut frames = directory.map(|version| Frame::Directory { version }.encode()).unwrap_or_default();
        if let Some(code) = end {
            frames.extend_from_slice(&self.end(code));
        }
        frames
    }

    fn fail(&mut self, error: StoreError) -> Bytes {
        self.end(error.code())
    }

    fn end(&mut self, code: ErrorCode) -> Bytes {
        self.phase = Phase::Over;
        Frame::End { code }.encode().into()
    }
}

/// The frames of stored entries, one after another.
pub fn encode_page(page: Vec<StoredEntry>) -> Vec<u8> {
    let mut frames = Vec::with_capacity(page.iter().map(|entry| entry.bytes.len() + 128).sum());
    for StoredEntry { stamp, bytes, key_box } in page {
        frames.extend_from_slice(&Frame::Entry { stamp, entry: bytes, key_box }.encode());
    }
    frames
}
