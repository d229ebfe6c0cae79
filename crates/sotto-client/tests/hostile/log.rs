//! Lies about what was said: a log that differs from reader to reader, and a key that somebody is not given.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sotto_client::view::{MessageView, ThreadWarning};
use sotto_protocol::entry::{EntryKind, SealedEntry, Stamp};
use sotto_protocol::feed::Frame;
use sotto_protocol::key::Hash;
use sotto_protocol::{ThreadId, verify};

use super::server::Lie;
use super::support::{self, until};
use super::{SECRET, Scene, log};

/// Leaves out the first entry after the switch and numbers those after it anew, so that seq and chain fit.
struct Fork {
    switch: Arc<AtomicBool>,
    left_out: bool,
    chain: Hash,
}

impl Lie for Fork {
    fn frame(&mut self, _: &str, truth: Frame) -> Vec<Frame> {
        let Frame::Entry { stamp, entry, key_box } = truth else { return vec![truth] };
        if !self.switch.load(Ordering::SeqCst) {
            self.chain = stamp.chain;
        } else if !self.left_out {
            self.left_out = true;
            return Vec::new();
        } else {
            let seq = stamp.seq - 1;
            self.chain = verify::chain_hash(&self.chain, seq, stamp.received_at, &entry);
            return vec![Frame::Entry { stamp: Stamp { seq, chain: self.chain, ..stamp }, entry, key_box }];
        }
        vec![Frame::Entry { stamp, entry, key_box }]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forked_log_is_seen_by_the_next_message() {
    let scene = Scene::begin().await;
    let switch = Arc::new(AtomicBool::new(false));
    scene.hostile.tell(Fork { switch: Arc::clone(&switch), left_out: false, chain: Hash::from_bytes([0; 32]) });
    let thread = scene.thread().await;
    switch.store(true, Ordering::SeqCst);
    support::say(&scene.colleague, thread, "this one she must not see").await;
    until(&scene.colleague, async || (scene.colleague.status().await.unwrap().queued == 0).then_some(())).await;
    // What follows says what its author had seen: the message that is kept from her.
    support::say(&scene.colleague, thread, "give the insulin now").await;
    support::say(&scene.colleague, thread, "and call me").await;
    let view = until(&scene.nurse, async || scene.nurse.thread(thread).await.ok().filter(|view| view.row.preview == "and call me")).await;
    assert_eq!(view.warnings, [ThreadWarning::ForkedLog]);
    assert!(!scene.hostile.heard("insulin"));
    scene.end().await;
}

/// Keeps the key entries of a thread after the first from the reader.
struct NoKey(ThreadId);

impl Lie for NoKey {
    fn frame(&mut self, _: &str, truth: Frame) -> Vec<Frame> {
        if let Frame::Entry { entry, .. } = &truth
            && SealedEntry::parse(entry)
                .is_ok_and(|(_, header)| header.thread == self.0 && header.kind == EntryKind::Key && header.epoch > 1)
        {
            return Vec::new();
        }
        vec![truth]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withheld_key_is_a_gap_that_is_shown() {
    let scene = Scene::begin().await;
    let thread = scene.thread().await;
    scene.hostile.tell(NoKey(thread));
    let (_, late) = scene.clinic.enrol(&scene.ida, "Paul Late").await;
    until(&scene.colleague, async || scene.colleague.directory().await.unwrap().into_iter().find(|p| p.account == late)).await;
    scene.colleague.change_members(thread, vec![late], vec![]).await.unwrap();
    support::say(&scene.colleague, thread, "read this").await;
    let view = until(&scene.nurse, async || scene.nurse.thread(thread).await.ok().filter(|view| !view.warnings.is_empty())).await;
    assert_eq!(view.warnings, [ThreadWarning::MissingEntries]);
    until(&scene.nurse, async || {
        log(&scene.nurse, thread).await.iter().any(|line| matches!(line, MessageView::Tombstone { .. })).then_some(())
    })
    .await;
    assert!(log(&scene.nurse, thread).await.iter().any(|line| matches!(line, MessageView::Message { text, .. } if text == SECRET)));
    scene.end().await;
}
