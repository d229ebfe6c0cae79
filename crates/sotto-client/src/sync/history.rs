//! How does somebody who joined midway read what came before? Its keys hang on the link of the epoch they joined in.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use sotto_crypto::ThreadKey;
use sotto_crypto::key_entry::{open_link, verify_key_entry};
use sotto_protocol::ThreadId;
use sotto_protocol::entry::EntryKind;
use sotto_protocol::event::ReadMark;
use sotto_store::table::{entry, epoch, message, thread};
use sotto_store::{Connection, StoreError};

use super::apply::{Part, ThreadBatch, apply, lacks_history};
use super::arrival::Arrived;
use super::batch::KnownKeys;
use super::range;
use super::verify::{Reader, ThreadFold, judge};
use crate::error::Result;
use crate::session::{Core, People};

/// Fetches and folds what came before the person joined, once a session. What the policy keeps from them stays unread and unfetched.
pub(super) async fn run(core: Arc<Core>, id: ThreadId) {
    if !core.history_asked.lock().unwrap_or_else(PoisonError::into_inner).insert(id) {
        return;
    }
    if let Err(error) = fetch(&core, id).await {
        tracing::info!(thread = %id, %error, "the thread's earlier entries are not here");
        core.history_asked.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }
}

/// Does it for every thread that lacks it: an earlier session may have ended before it was through. Part of catching up, so that whoever
/// waits for that reads whole threads.
///
/// # Errors
/// Those of the vault. What the server does not give is asked for again in time.
pub(super) async fn catch_up(core: &Arc<Core>) -> Result<()> {
    if !core.people().directory.policy().is_some_and(|policy| policy.history_for_new_members) {
        return Ok(());
    }
    for id in core.vault.read(thread::without_history).await? {
        run(Arc::clone(core), id).await;
    }
    Ok(())
}

async fn fetch(core: &Arc<Core>, id: ThreadId) -> Result<()> {
    let keep_from = core.keep_from();
    let joined = core.vault.read(move |vault| load(vault, id, keep_from)).await?;
    let Some((first_seq, Some(key), number)) = joined else { return Ok(()) };
    let arrived = range::fetch(core, id, 1, first_seq).await?;
    let people = core.people();
    let judging = Arc::clone(core);
    let batch = core.compute(move || judge_history(&judging, &people, id, arrived, first_seq, (number, key))).await?;
    let Some(batch) = batch else { return Ok(()) };
    let me = core.account;
    core.vault.write(move |vault| store(vault, me, batch, keep_from)).await?;
    core.events.threads_changed(BTreeSet::from([id]));
    Ok(())
}

type Joined = Option<(u64, Option<ThreadKey>, u64)>;

/// The first entry here, and the key and number of the epoch it begins; none where what came before is too old to be kept. Where every epoch is here, the past comes by [`super::fill`].
fn load(vault: &Connection, id: ThreadId, keep_from: u64) -> std::result::Result<Joined, StoreError> {
    let Some(row) = thread::load(vault, id)?.filter(lacks_history) else { return Ok(None) };
    if entry::load(vault, row.row, row.first_seq)?.is_some_and(|first| first.stamp.received_at < keep_from) {
        return Ok(None);
    }
    let first = epoch::load_all(vault, row.row)?.into_iter().next().filter(|first| first.epoch > 1);
    Ok(first.map(|first| (row.first_seq, first.key.map(ThreadKey), first.epoch)))
}

/// Judges the entries from 1 to the one before `first_seq`; the last of `arrived` is the key entry at `first_seq`, whose chain hash proves
/// that what was fetched is what the log goes on from. `None` if there is no link to read it by.
fn judge_history(
    core: &Core,
    people: &People,
    id: ThreadId,
    arrived: Vec<Arrived>,
    first_seq: u64,
    joined: (u64, ThreadKey),
) -> Option<ThreadBatch> {
    let whole = arrived.len() as u64 == first_seq && arrived.iter().zip(1..).all(|(entry, seq)| entry.stamp.seq == seq);
    let known = whole.then(|| follow_links(people, id, &arrived, joined)).filter(|known| known.len() > 1)?;
    let find = |thread, epoch| known.get(&(thread, epoch)).cloned();
    let reader = Reader { directory: &people.directory, account: core.account, pairs: &core.keys.pairs, known: &find };
    let mut fold = ThreadFold::new(id);
    let mut judged = judge(&mut fold, arrived, &reader);
    let last = judged.pop()?;
    if let Some(before) = judged.last_mut() {
        before.warnings.extend(last.warnings);
    }
    Some(ThreadBatch { thread: id, class: fold.class, judged, part: Part::Past })
}

/// The keys of earlier epochs, from the newest back, as far as the links go.
pub(super) fn follow_links(people: &People, id: ThreadId, arrived: &[Arrived], (mut number, mut key): (u64, ThreadKey)) -> KnownKeys {
    let mut known = KnownKeys::from([((id, number), key.clone())]);
    for entry in arrived.iter().rev().filter(|entry| entry.header.kind == EntryKind::Key && !entry.broken) {
        let header = &entry.header;
        let author = people.directory.account(&header.author).and_then(|account| account.generation(header.generation));
        let body = author.and_then(|cert| verify_key_entry(&entry.entry, header, &cert.signing_key).ok());
        let Some(body) = body.filter(|_| header.epoch == number) else { break };
        let Ok(Some(previous)) = open_link(&body, header, &key) else { break };
        number -= 1;
        known.insert((id, number), previous.clone());
        key = previous;
    }
    known
}

/// Stores the past as far as it is kept, and counts it as read: nobody has to act on what came before them.
fn store(vault: &Connection, me: sotto_protocol::AccountId, batch: ThreadBatch, keep_from: u64) -> std::result::Result<(), StoreError> {
    let id = batch.thread;
    apply(vault, me, batch)?;
    let row = thread::load_required(vault, id)?;
    thread::set_first_seq(vault, row.row, 1)?;
    message::take_mark(vault, row.row, ReadMark { turn: 0, upto: row.joined_seq })?;
    message::drop_read_of(vault, row.row, keep_from, u32::MAX).map(drop)
}
