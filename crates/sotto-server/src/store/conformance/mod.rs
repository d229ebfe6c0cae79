//! What every backend must do: run [`conformance`] with a function that opens it, and it panics at the first broken promise.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::missing_panics_doc, reason = "a test suite, compiled for tests only")]

mod build;
mod model;
mod sign_in;
mod sign_in_model;

use std::collections::HashMap;
use std::path::Path;

use sotto_protocol::entry::{Alert, Stamp, ThreadClass};
use sotto_protocol::key::Hash;
use sotto_protocol::role::{Classes, Permission};
use sotto_protocol::verify::chain_hash;
use sotto_protocol::{DeviceId, ErrorCode};
use zeroize::Zeroizing;

use super::{DirectoryChange, NewEntry, NewEpoch, PageLimit, Refusal, Store, StoreError, StoredEntry, Verdict, Viewer};
use build::{account, device, event, key, root, thread, viewer};

/// Opens the backend whose files are in a folder, making it where there is none. Called again on the same folder after a close.
pub trait Open<S>: AsyncFn(&Path) -> S {}
impl<S, F: AsyncFn(&Path) -> S> Open<S> for F {}

/// Runs everything.
pub async fn conformance<S: Store>(open: impl Open<S>) {
    repeats_get_their_stamp(&fresh(&open).await.1).await;
    one_author_wins_an_epoch(&fresh(&open).await.1).await;
    concurrent_appends_leave_no_gap(&fresh(&open).await.1).await;
    a_member_sees_their_stretch(&fresh(&open).await.1).await;
    ranges_are_for_members(&fresh(&open).await.1).await;
    a_new_vault_begins_with_what_a_thread_is_and_its_newest_entries(&fresh(&open).await.1).await;
    a_class_is_closed_to_whose_role_does_not_open_it(&fresh(&open).await.1).await;
    the_directory_has_one_history(&fresh(&open).await.1).await;
    what_was_stored_is_there_after_reopening(&open).await;
    model::random_logs_read_as_they_were_written(&open).await;
    sign_ins(&open).await;
}

async fn sign_ins<S: Store>(open: &impl Open<S>) {
    sign_in::the_setup_is_made_once(&fresh(open).await.1).await;
    sign_in::a_registration_is_pending_for_its_time(&fresh(open).await.1).await;
    sign_in::a_registration_replaces_all_or_nothing(&fresh(open).await.1).await;
    sign_in::of_two_who_want_a_login_one_has_it(&fresh(open).await.1).await;
    sign_in::attempts_are_counted_and_taken_once(&fresh(open).await.1).await;
    sign_in::a_code_is_used_once(&fresh(open).await.1).await;
    sign_in::the_code_that_begins_a_recovery_may_end_it(&fresh(open).await.1).await;
    sign_in::a_closed_account_has_no_login(&fresh(open).await.1).await;
    sign_in::the_last_time_seen_never_goes_back(&fresh(open).await.1).await;
    sign_in_model::random_sign_ins_go_as_the_model_says(open).await;
}

async fn fresh<S>(open: &impl Open<S>) -> (tempfile::TempDir, S) {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    (dir, store)
}

async fn append<S: Store>(store: &S, entries: Vec<NewEntry>) -> Vec<Verdict> {
    store.append(1_000, entries.into()).await.unwrap()
}

fn stamp(verdict: &Verdict) -> Stamp {
    match verdict {
        Verdict::Stored { stamp, .. } | Verdict::Repeat(stamp) => *stamp,
        Verdict::Refused(refusal) => panic!("refused: {refusal:?}"),
    }
}

fn refused(code: ErrorCode, epoch: u64) -> Verdict {
    Verdict::Refused(Refusal { code, epoch })
}

/// Everything an account's feed holds after a position, read in small pages.
async fn feed<S: Store>(store: &S, viewer: Viewer, after: u64, limit: PageLimit) -> Vec<StoredEntry> {
    let account = viewer.account;
    let mut backlog = store.load_backlog(viewer, after).await.unwrap();
    let mut all = Vec::new();
    while !backlog.is_over() {
        let (page, rest) = store.load_page(account, backlog, limit).await.unwrap();
        assert!(!page.is_empty() && page.len() <= limit.entries);
        all.extend(page);
        backlog = rest;
    }
    all
}

async fn repeats_get_their_stamp<S: Store>(store: &S) {
    let (first, second) = (key(1, 1, 1, &[1, 2]), event(1, 2, 1, 1));
    let made = append(store, vec![first.clone(), second.clone()]).await;
    let again = append(store, vec![second.clone(), first, event(1, 3, 1, 2)]).await;
    assert_eq!((&again[0], &again[1]), (&Verdict::Repeat(stamp(&made[1])), &Verdict::Repeat(stamp(&made[0]))));
    assert_eq!(stamp(&again[2]).position, 3, "a repeat takes no position");
    let other = NewEntry { bytes: "other".into(), request: 1, ..second.clone() };
    let stranger = NewEntry { author: account(9), request: 2, ..other.clone() };
    let elsewhere = NewEntry { thread: thread(2), ..second };
    let verdicts = append(store, vec![other, stranger, elsewhere]).await;
    assert_eq!(verdicts[0], refused(ErrorCode::Conflict, 1));
    assert_eq!(verdicts[1..], [refused(ErrorCode::NotAMember, 0), refused(ErrorCode::NotAMember, 0)]);
}

async fn one_author_wins_an_epoch<S: Store>(store: &S) {
    append(store, vec![key(1, 1, 1, &[1, 2])]).await;
    let rivals = (10..18).map(|id| {
        tokio::spawn({
            let store = store.clone();
            async move { append(&store, vec![key(1, id, 2, &[1, 2, id])]).await.remove(0) }
        })
    });
    let mut verdicts = Vec::new();
    for rival in rivals {
        verdicts.push(rival.await.unwrap());
    }
    let won = verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Stored { .. })).count();
    let lost = verdicts.iter().filter(|verdict| **verdict == refused(ErrorCode::StaleEpoch, 2)).count();
    assert_eq!((won, lost), (1, 7));
}

async fn concurrent_appends_leave_no_gap<S: Store>(store: &S) {
    append(store, (1..=4).map(|n| key(n, n, 1, &[1])).collect()).await;
    let writers = (1u8..=8).map(|writer| {
        tokio::spawn({
            let store = store.clone();
            async move {
                for id in 0..20u8 {
                    let id = 10 + writer * 20 + id;
                    append(&store, vec![event(1 + id % 4, id, 1, 1)]).await;
                }
            }
        })
    });
    for writer in writers {
        writer.await.unwrap();
    }
    let all = feed(store, viewer(1), 0, PageLimit { entries: 7, bytes: 9_999 }).await;
    assert!(all.iter().map(|entry| entry.stamp.position).eq(1..=164));
    let mut chains: HashMap<Vec<u8>, (u64, Hash)> = HashMap::new();
    for StoredEntry { stamp, bytes, .. } in all {
        let (seq, chain) = chains.entry(bytes[..16].to_vec()).or_insert((0, Hash::from_bytes([0; 32])));
        *seq += 1;
        *chain = chain_hash(chain, *seq, stamp.received_at, &bytes);
        assert_eq!((stamp.seq, stamp.chain), (*seq, *chain));
    }
}

async fn a_member_sees_their_stretch<S: Store>(store: &S) {
    let log =
        vec![key(1, 1, 1, &[1, 2]), event(1, 2, 1, 1), key(1, 3, 2, &[1]), event(1, 4, 2, 1), key(1, 5, 3, &[1, 2, 3]), event(1, 6, 3, 1)];
    let verdicts = append(store, log).await;
    let Verdict::Stored { readers, .. } = &verdicts[2] else { panic!("refused") };
    assert_eq!(readers[..], [account(1), account(2)], "who is removed sees it");
    let limit = PageLimit { entries: 2, bytes: 9_999 };
    for (reader, expected) in [(1, vec![1, 2, 3, 4, 5, 6]), (2, vec![1, 2, 3, 5, 6]), (3, vec![5, 6]), (9, vec![])] {
        for after in 0..=6 {
            let seen = feed(store, viewer(reader), after, limit).await;
            let expected = expected.iter().copied().filter(|position| *position > after);
            assert!(seen.iter().map(|entry| entry.stamp.position).eq(expected), "account {reader} after {after}");
        }
    }
    let boxes = feed(store, viewer(2), 0, limit).await.into_iter().map(|entry| entry.key_box);
    let own = |id| Some(build::key_box(id, account(2)).to_vec());
    assert!(boxes.eq([own(1), None, None, own(5), None]), "each reader gets their own box and no other");
}

async fn ranges_are_for_members<S: Store>(store: &S) {
    append(store, vec![key(1, 1, 1, &[1]), event(1, 2, 1, 1), key(1, 3, 2, &[1, 2]), event(1, 4, 2, 2)]).await;
    let range = async |reader, from, to| {
        let limit = PageLimit { entries: 3, bytes: 9_999 };
        let read = store.load_range(viewer(reader), thread(1), from, to, limit).await.unwrap();
        read.map(|entries| entries.iter().map(|entry| entry.stamp.seq).collect::<Vec<_>>())
    };
    assert_eq!(range(2, 1, u64::MAX).await, Some(vec![1, 2, 3]), "also what came before");
    assert_eq!(range(2, 2, 2).await, Some(vec![2]));
    assert_eq!(range(2, 5, 9).await, Some(vec![]));
    assert_eq!(range(3, 1, 9).await, None);
    append(store, vec![key(1, 5, 3, &[1])]).await;
    assert_eq!(range(2, 1, 9).await, None, "no more after the removal");
}

async fn a_new_vault_begins_with_what_a_thread_is_and_its_newest_entries<S: Store>(store: &S) {
    let quiet = |id| NewEntry { alert: Alert::None, ..event(1, id, 1, 1) };
    append(store, vec![key(1, 1, 1, &[1]), quiet(2), event(1, 3, 1, 1), event(1, 4, 1, 1), key(1, 5, 2, &[1, 2])]).await;
    append(store, vec![event(1, 6, 2, 1), event(1, 7, 2, 1), event(1, 8, 2, 1), key(2, 9, 1, &[1, 2]), key(3, 10, 1, &[2])]).await;
    let (position, threads) = store.list_threads(viewer(1)).await.unwrap();
    assert_eq!((position, threads), (10, vec![thread(2), thread(1)]), "the newest first, and none of others");
    let outline = async |reader, newest, entries| {
        let (mut seqs, mut from) = (Vec::new(), 1);
        loop {
            let limit = PageLimit { entries, bytes: 9_999 };
            let page = store.load_outline(viewer(reader), thread(1), newest, from, limit).await.unwrap()?;
            let Some(last) = page.last() else { return Some(seqs) };
            from = last.stamp.seq + 1;
            seqs.extend(page.iter().map(|entry| entry.stamp.seq));
        }
    };
    for entries in [1, 2, 9] {
        assert_eq!(outline(1, 2, entries).await, Some(vec![1, 2, 5, 7, 8]));
        assert_eq!(outline(2, 4, entries).await, Some(vec![1, 2, 5, 6, 7, 8]), "also from before one joined");
        assert_eq!(outline(1, 99, entries).await, Some((1..=8).collect()));
        assert_eq!(outline(3, 99, entries).await, None);
    }
    let receipt = |id| NewEntry { alert: Alert::Quiet, ..event(1, id, 2, 1) };
    append(store, vec![receipt(12), receipt(13)]).await;
    assert_eq!(outline(1, 2, 9).await, Some(vec![1, 2, 5, 7, 8, 9, 10]), "receipts come with what they are about, and count for nothing");
    append(store, vec![key(1, 11, 3, &[1])]).await;
    assert_eq!(outline(2, 9, 9).await, None, "no more after the removal");
    assert_eq!(store.list_threads(viewer(2)).await.unwrap().1, [thread(3), thread(2)]);
}

async fn a_class_is_closed_to_whose_role_does_not_open_it<S: Store>(store: &S) {
    let staff = |entry: NewEntry| NewEntry { key: entry.key.map(|key| NewEpoch { class: ThreadClass::Staff, ..key }), ..entry };
    append(store, vec![key(1, 1, 1, &[1, 2]), staff(key(2, 2, 1, &[1, 2])), event(1, 3, 1, 1), event(2, 4, 1, 1)]).await;
    let limit = PageLimit { entries: 9, bytes: 9_999 };
    let narrow = Viewer { classes: Classes::of(&[Permission::Staff]), ..viewer(2) };
    let positions = feed(store, narrow, 0, limit).await.into_iter().map(|entry| entry.stamp.position);
    assert!(positions.eq([2, 4]), "the feed");
    assert_eq!(store.list_threads(narrow).await.unwrap().1, [thread(2)], "the threads");
    for (n, sees) in [(1, false), (2, true)] {
        assert_eq!(store.load_range(narrow, thread(n), 1, 9, limit).await.unwrap().is_some(), sees, "a range");
        assert_eq!(store.load_outline(narrow, thread(n), 9, 1, limit).await.unwrap().is_some(), sees, "an outline");
    }
    let verdicts = append(store, vec![NewEntry { classes: narrow.classes, ..event(1, 5, 1, 2) }]).await;
    assert_eq!(verdicts, [refused(ErrorCode::NotPermitted, 0)], "an append");
}

async fn the_directory_has_one_history<S: Store>(store: &S) {
    assert_eq!(store.load_org().await.unwrap(), None);
    store.store_org(root(), vec![vec![1], vec![2; 50]]).await.unwrap();
    assert_eq!(store.store_org(root(), vec![]).await, Err(StoreError::VersionConflict));
    let share = Zeroizing::new([7; 32]);
    let change =
        DirectoryChange { expected: 2, statements: vec![vec![3]], made: vec![(device(1), share.clone())], ..DirectoryChange::default() };
    store.store_change(change.clone()).await.unwrap();
    assert_eq!(store.store_change(change).await, Err(StoreError::VersionConflict));
    let page = async |after, entries, bytes| store.load_statements(after, PageLimit { entries, bytes }).await.unwrap();
    assert_eq!(page(0, 2, 99).await, [vec![1], vec![2; 50]]);
    assert_eq!(page(1, 9, 1).await, [vec![2; 50]], "one at least");
    assert_eq!(page(3, 9, 99).await, Vec::<Vec<u8>>::new());
    let shares = async |n: u8| store.load_share(DeviceId::from_bytes([n; 16])).await.unwrap();
    assert_eq!((shares(1).await, shares(2).await), (Some(share), None));
    let out = DirectoryChange { expected: 3, destroyed: vec![device(1)], ..DirectoryChange::default() };
    store.store_change(out).await.unwrap();
    assert_eq!(shares(1).await, None);
}

async fn what_was_stored_is_there_after_reopening<S: Store>(open: &impl Open<S>) {
    let (dir, store) = fresh(open).await;
    store.store_org(root(), vec![vec![1]]).await.unwrap();
    let made = append(&store, vec![key(1, 1, 1, &[1, 2]), event(1, 2, 1, 2)]).await;
    store.close().await;
    assert_eq!(store.check().await, Err(StoreError::Closed));
    let store = open(dir.path()).await;
    assert_eq!(store.load_org().await.unwrap().unwrap().statements, [vec![1]]);
    let again = append(&store, vec![event(1, 2, 1, 2), event(1, 3, 1, 1)]).await;
    assert_eq!(again[0], Verdict::Repeat(stamp(&made[1])));
    assert_eq!((stamp(&again[1]).position, stamp(&again[1]).seq), (3, 3));
    let backlog = store.load_backlog(viewer(2), 1).await.unwrap();
    assert_eq!(backlog.head(), 3);
    store.close().await;
}
