//! How is one batch of the feed taken in? Known authors first, gaps filled, everything judged in parallel, then one transaction.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use sotto_crypto::ThreadKey;
use sotto_protocol::entry::{Anchor, EntryKind};
use sotto_protocol::role::Classes;
use sotto_protocol::{EntryId, ThreadId};
use sotto_store::table::meta::{self, Meta};
use sotto_store::table::{epoch, outbox, thread};
use sotto_store::{Connection, StoreError};

use super::apply::{Part, ThreadBatch, apply, lacks_history};
use super::arrival::Arrived;
use super::verify::{EpochState, Judged, Reader, ThreadFold, judge};
use super::{directory, history, range, witness};
use crate::error::Result;
use crate::session::{Core, People};
use crate::view;

/// Keys that are known without opening a box.
pub(super) type KnownKeys = HashMap<(ThreadId, u64), ThreadKey>;

/// Takes entries in and moves the cursor to `cursor`, in one transaction; tells what changed after it is on disk.
///
/// # Errors
/// Those of the vault; nothing is changed then. What the server refuses to fill in becomes a warning, not an error.
pub(super) async fn take_in(core: &Arc<Core>, arrived: Vec<Arrived>, cursor: u64) -> Result<()> {
    learn_authors(core, &arrived).await?;
    let mut threads = by_thread(arrived);
    let (ids, own_keys) = questions(core, &threads);
    let (folds, known) = core.vault.read(move |vault| load_state(vault, &ids, &own_keys)).await?;
    for (fold, (_, arrived)) in folds.iter().zip(&mut threads) {
        arrived.retain(|entry| entry.stamp.seq > fold.head.seq);
        fill_gaps(core, fold, arrived).await;
    }
    let work = folds.into_iter().zip(threads.into_iter().map(|(_, arrived)| arrived)).collect();
    let people = core.people();
    let judging = Arc::clone(core);
    let batches = core.compute(move || judge_all(&judging, &people, work, &known)).await?;
    let changed: BTreeSet<ThreadId> = batches.iter().filter(|b| !b.judged.is_empty()).map(|b| b.thread).collect();
    let heads = witness::heads(batches.iter().flat_map(|batch| &batch.judged));
    let (me, asked, classes) = (core.account, changed.clone(), core.classes());
    let lacking = core.vault.write(move |vault| store(vault, me, batches, cursor, &asked, classes)).await?;
    core.events.threads_changed(changed);
    // Before the vault has caught up, that is the last step of catching up.
    for thread in lacking.into_iter().filter(|_| core.connection() == view::Connection::Online) {
        core.spawn(history::run(Arc::clone(core), thread));
    }
    witness::compare(core, heads).await
}

/// Asks for newer statements once if an author is not known yet: entries and directory travel apart.
pub(super) async fn learn_authors(core: &Arc<Core>, arrived: &[Arrived]) -> Result<()> {
    let people = core.people();
    let unknown = |entry: &Arrived| {
        let account = people.directory.account(&entry.header.author);
        account.is_none_or(|account| account.generation(entry.header.generation).is_none())
            || people.directory.device(&entry.header.device).is_none()
    };
    if arrived.iter().any(unknown) { directory::refresh(core).await } else { Ok(()) }
}

/// Groups by thread, in the order in which threads first appear.
fn by_thread(arrived: Vec<Arrived>) -> Vec<(ThreadId, Vec<Arrived>)> {
    let mut places: HashMap<ThreadId, usize> = HashMap::new();
    let mut threads: Vec<(ThreadId, Vec<Arrived>)> = Vec::new();
    for entry in arrived {
        let thread = entry.header.thread;
        let place = *places.entry(thread).or_insert_with(|| {
            threads.push((thread, Vec::new()));
            threads.len() - 1
        });
        if let Some((_, entries)) = threads.get_mut(place) {
            entries.push(entry);
        }
    }
    threads
}

/// What to ask the vault: the threads, and the key entries that this device made.
fn questions(core: &Core, threads: &[(ThreadId, Vec<Arrived>)]) -> (Vec<ThreadId>, Vec<EntryId>) {
    let own = |entry: &&Arrived| entry.header.kind == EntryKind::Key && entry.header.device == core.device;
    let own_keys = threads.iter().flat_map(|(_, entries)| entries).filter(own).map(|entry| entry.header.entry).collect();
    (threads.iter().map(|(thread, _)| *thread).collect(), own_keys)
}

fn load_state(
    vault: &Connection,
    threads: &[ThreadId],
    own_keys: &[EntryId],
) -> std::result::Result<(Vec<ThreadFold>, KnownKeys), StoreError> {
    let folds = threads.iter().map(|thread| load_fold(vault, *thread)).collect::<std::result::Result<_, _>>()?;
    let mut known = KnownKeys::new();
    for entry in own_keys {
        let row = outbox::load(vault, *entry)?;
        let made = row.and_then(|row| row.sealing.and_then(|sealing| Some(((row.thread, sealing.epoch), ThreadKey(sealing.key?)))));
        known.extend(made);
    }
    Ok((folds, known))
}

/// Where a thread's log stands in the vault.
pub(super) fn load_fold(vault: &Connection, id: ThreadId) -> std::result::Result<ThreadFold, StoreError> {
    let Some(row) = thread::load(vault, id)? else { return Ok(ThreadFold::new(id)) };
    let epoch = if row.epoch == 0 { None } else { epoch::load(vault, row.row, row.epoch)? };
    Ok(ThreadFold {
        thread: id,
        head: Anchor { seq: row.last_seq, hash: row.chain },
        class: Some(row.class),
        epoch: epoch.map(|epoch| EpochState { number: epoch.epoch, members: epoch.members.into(), key: epoch.key.map(ThreadKey) }),
    })
}

/// Fetches what is missing between the vault and the batch, or inside it. What cannot be had stays a gap, which judging reports.
async fn fill_gaps(core: &Core, fold: &ThreadFold, arrived: &mut Vec<Arrived>) {
    let mut missing = Vec::new();
    let mut head = fold.head.seq;
    for entry in arrived.iter() {
        if head > 0 && entry.stamp.seq > head + 1 {
            missing.push((head + 1, entry.stamp.seq - 1));
        }
        head = entry.stamp.seq;
    }
    for (from, to) in missing {
        match range::fetch(core, fold.thread, from, to).await {
            Ok(entries) => arrived.extend(entries),
            Err(error) => tracing::warn!(thread = %fold.thread, from, to, %error, "a gap stays"),
        }
    }
    arrived.sort_by_key(|entry| entry.stamp.seq);
    arrived.dedup_by_key(|entry| entry.stamp.seq);
}

fn judge_all(core: &Core, people: &People, work: Vec<(ThreadFold, Vec<Arrived>)>, known: &KnownKeys) -> Vec<ThreadBatch> {
    let find = |thread, epoch| known.get(&(thread, epoch)).cloned();
    let reader = Reader { directory: &people.directory, account: core.account, pairs: &core.keys.pairs, known: &find };
    let one = |(mut fold, arrived): (ThreadFold, Vec<Arrived>)| {
        let judged: Vec<Judged> = judge(&mut fold, arrived, &reader);
        ThreadBatch { thread: fold.thread, class: fold.class, judged, part: Part::Next }
    };
    work.into_par_iter().map(one).collect()
}

/// Stores the batches and the cursor. Gives the threads whose earlier entries are still to be fetched.
fn store(
    vault: &Connection,
    me: sotto_protocol::AccountId,
    batches: Vec<ThreadBatch>,
    cursor: u64,
    changed: &BTreeSet<ThreadId>,
    classes: Classes,
) -> std::result::Result<Vec<ThreadId>, StoreError> {
    let closed = batches.iter().any(|batch| batch.class.is_none_or(|class| !classes.contains(class)));
    for batch in batches {
        apply(vault, me, batch)?;
    }
    if closed {
        // A server that sends what the person's role does not allow opens nothing by it.
        thread::open_classes(vault, classes)?;
    }
    meta::store(vault, Meta::Cursor, cursor)?;
    let mut lacking = Vec::new();
    for id in changed {
        if thread::load(vault, *id)?.is_some_and(|thread| lacks_history(&thread)) {
            lacking.push(*id);
        }
    }
    Ok(lacking)
}
