//! How does a new vault get the rest? From what it has, backwards, a stretch at a time, the newest thread first; interrupted, it goes on.
//!
//! Each stretch ends with the first entry that is here, so that the chain proves that both belong together.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use sotto_crypto::random::make_bytes;
use sotto_crypto::{OsRandom, ThreadKey};
use sotto_protocol::entry::{Anchor, ThreadClass};
use sotto_protocol::key::Hash;
use sotto_protocol::{AccountId, ErrorCode, ThreadId};
use sotto_store::table::entry;
use sotto_store::table::epoch::{self, EpochRow};
use sotto_store::table::message;
use sotto_store::table::meta::{self, Meta};
use sotto_store::table::thread::{self, ThreadRow, warning};
use sotto_store::{Connection, StoreError};
use tokio::time::Instant;

use super::apply::{Part, ThreadBatch, apply};
use super::arrival::Arrived;
use super::arrive::Eyes;
use super::backoff::Backoff;
use super::batch::learn_authors;
use super::range;
use super::verify::{EpochState, Judged, ThreadFold, judge};
use crate::error::{ClientError, Result};
use crate::session::{Arrival, Core};
use crate::view::{AppEvent, FillingView, ThreadWarning};

/// Entries of one stretch.
const STRETCH: u64 = 400;
/// How often progress is told, at most.
const TELL: Duration = Duration::from_millis(250);

/// A thread whose past is on the server, and how far down it goes for this person.
pub(super) struct Unfilled {
    pub thread: ThreadId,
    pub first_seq: u64,
    pub floor: u64,
}

/// Takes the past in. Ends when everything is here that can be read; otherwise only by being dropped.
pub(crate) async fn run(core: Arc<Core>) {
    if core.arrival.subscribe().wait_for(|arrival| *arrival == Arrival::Here).await.is_err() {
        return;
    }
    let mut backoff = Backoff::default();
    while let Err(error) = fill_all(&core, &mut backoff).await {
        tracing::info!(%error, "the past waits");
        if error.code.shuts_out() || error.code == ErrorCode::Locked {
            return;
        }
        let wait = backoff.next(u32::from_be_bytes(make_bytes(&mut OsRandom::new()))).max(error.retry_after.unwrap_or_default());
        tokio::time::sleep(wait).await;
    }
    if let Some(FillingView { total, .. }) = core.set_filling(None) {
        core.events.send(AppEvent::Filling { done: total, total });
    }
}

/// How much is here and how much there is to be, of what the server received from `keep_from` on; `None` where nothing is missing.
pub(crate) fn look(vault: &Connection, keep_from: u64) -> std::result::Result<Option<FillingView>, StoreError> {
    let missing = find_unfilled(vault, keep_from)?.iter().map(|unfilled| unfilled.first_seq - unfilled.floor).sum::<u64>();
    let done = thread::count_entries(vault)?;
    // While threads still arrive, nobody knows how many there are; there is more than what is here.
    let arriving = meta::load(vault, Meta::Arriving)?;
    let missing = missing.max(arriving);
    Ok((missing > 0).then_some(FillingView { done, total: done + missing }))
}

/// The threads whose past is to come. What the server received before `keep_from` is not kept here, so that nothing older is asked for.
pub(super) fn find_unfilled(vault: &Connection, keep_from: u64) -> std::result::Result<Vec<Unfilled>, StoreError> {
    let mut unfilled = Vec::new();
    for row in thread::load_unfilled(vault)? {
        let kept = first_at(vault, &row)?.is_none_or(|at| at >= keep_from);
        let floor = floor_below(vault, &row)?.filter(|_| kept);
        unfilled.extend(floor.map(|floor| Unfilled { thread: row.id, first_seq: row.first_seq, floor }));
    }
    Ok(unfilled)
}

/// Whether there is more of a thread that is not fetched, since what is here goes back to before `keep_from`.
///
/// # Errors
/// Those of reading.
pub(crate) fn stops_at(vault: &Connection, row: &ThreadRow, keep_from: u64) -> std::result::Result<bool, StoreError> {
    if keep_from == 0 || row.first_seq <= 1 {
        return Ok(false);
    }
    let old = first_at(vault, row)?.is_some_and(|at| at < keep_from);
    Ok(old && floor_below(vault, row)?.is_some())
}

/// Where what the person can read begins, if that is before the first entry that is here.
fn floor_below(vault: &Connection, row: &ThreadRow) -> std::result::Result<Option<u64>, StoreError> {
    Ok(floor(&epoch::load_all(vault, row.row)?).filter(|floor| *floor < row.first_seq))
}

/// When the server received the first entry that is here.
fn first_at(vault: &Connection, row: &ThreadRow) -> std::result::Result<Option<u64>, StoreError> {
    Ok(entry::load(vault, row.row, row.first_seq)?.map(|first| first.stamp.received_at))
}

/// Where what the person can read begins: with the first epoch whose key they have. `None` where not every epoch is known: that is a thread
/// joined while this vault was there, whose past comes by [`super::history`].
fn floor(epochs: &[EpochRow]) -> Option<u64> {
    epochs.first().filter(|first| first.epoch == 1)?;
    epochs.iter().find(|epoch| epoch.key.is_some()).map(|epoch| epoch.seq)
}

async fn fill_all(core: &Arc<Core>, backoff: &mut Backoff) -> Result<()> {
    let keep_from = core.keep_from();
    let found = core.vault.read(move |vault| Ok((find_unfilled(vault, keep_from)?, look(vault, keep_from)?)));
    let (unfilled, view) = found.await?;
    let mut telling =
        Telling { core, view: view.unwrap_or(FillingView { done: 0, total: 0 }), changed: BTreeSet::new(), last: Instant::now() };
    for unfilled in unfilled {
        loop {
            let taken = fill_one(core, &unfilled).await?;
            if taken == 0 {
                break;
            }
            backoff.reset();
            telling.note(unfilled.thread, taken);
        }
    }
    Ok(())
}

/// What is told of the progress, not too often; the rest when it is dropped.
struct Telling<'a> {
    core: &'a Core,
    view: FillingView,
    changed: BTreeSet<ThreadId>,
    last: Instant,
}

impl Telling<'_> {
    fn note(&mut self, thread: ThreadId, taken: u64) {
        self.view.done = self.view.total.min(self.view.done + taken);
        self.changed.insert(thread);
        self.core.set_filling(Some(self.view));
        if self.last.elapsed() >= TELL {
            self.last = Instant::now();
            self.core.events.threads_changed(std::mem::take(&mut self.changed));
            // The end is told when there is no more to do.
            let FillingView { done, total } = self.view;
            self.core.events.send(AppEvent::Filling { done: done.min(total.saturating_sub(1)), total });
        }
    }
}

impl Drop for Telling<'_> {
    fn drop(&mut self) {
        self.core.events.threads_changed(std::mem::take(&mut self.changed));
    }
}

/// What a stretch is judged by.
pub(super) struct Ground {
    pub row: ThreadRow,
    /// Its first seq; its last is the first entry that is here, with this chain hash.
    pub from: u64,
    chain: Hash,
    /// When the server received that one.
    at: u64,
    epochs: Vec<EpochRow>,
}

/// Takes in one more stretch of a thread and says how many entries that were; none where there is none to take.
async fn fill_one(core: &Arc<Core>, unfilled: &Unfilled) -> Result<u64> {
    let (id, floor) = (unfilled.thread, unfilled.floor);
    let keep_from = core.keep_from();
    let ground = core.vault.read(move |vault| load(vault, id, floor, STRETCH)).await?;
    let Some(ground) = ground.filter(|ground| ground.at >= keep_from) else { return Ok(0) };
    let (from, to) = (ground.from, ground.row.first_seq);
    let arrived = match range::fetch(core, id, from, to).await {
        Ok(arrived) => arrived,
        // Left meanwhile: the feed tells.
        Err(error) if matches!(error.code, ErrorCode::NotAMember | ErrorCode::NotFound) => return Ok(0),
        Err(error) => return Err(error),
    };
    let whole = arrived.len() as u64 == to - from + 1 && arrived.iter().zip(from..).all(|(entry, seq)| entry.stamp.seq == seq);
    if !whole {
        tracing::warn!(thread = %id, from, to, "the server does not give what stands before");
        let row = ground.row.row;
        core.vault.write(move |vault| thread::warn(vault, row, warning::MISSING_ENTRIES)).await?;
        return Ok(0);
    }
    learn_authors(core, &arrived).await?;
    let (judging, people, me) = (Arc::clone(core), core.people(), core.account);
    let judged = core.compute(move || {
        let eyes = Eyes { account: judging.account, pairs: &judging.keys.pairs, people: &people };
        judge_stretch(&eyes, ground, arrived)
    });
    let batch = judged.await?;
    let batch = batch.ok_or(ClientError::new(ErrorCode::Internal, "read the past"))?;
    core.vault.write(move |vault| store_kept(vault, me, from, batch, keep_from)).await?;
    Ok(to - from)
}

pub(super) fn load(vault: &Connection, id: ThreadId, floor: u64, stretch: u64) -> std::result::Result<Option<Ground>, StoreError> {
    let Some(row) = thread::load(vault, id)?.filter(|row| row.joined && row.first_seq > floor) else { return Ok(None) };
    let Some(first) = entry::load(vault, row.row, row.first_seq)? else { return Ok(None) };
    let from = row.first_seq.saturating_sub(stretch).max(floor);
    Ok(Some(Ground { from, chain: first.stamp.chain, at: first.stamp.received_at, epochs: epoch::load_all(vault, row.row)?, row }))
}

/// Judges a stretch in the epoch that holds at its beginning. Its last entry is the one that is here; what it shows to be wrong belongs to the
/// one before.
pub(super) fn judge_stretch(eyes: &Eyes<'_>, ground: Ground, arrived: Vec<Arrived>) -> Option<ThreadBatch> {
    let Ground { row, from, chain, epochs, .. } = ground;
    let find = |_, number: u64| epochs.iter().find(|epoch| epoch.epoch == number).and_then(|epoch| epoch.key.clone()).map(ThreadKey);
    let mut fold = fold_at(row.id, row.class, from, &epochs);
    let mut judged: Vec<Judged> = judge(&mut fold, arrived, &eyes.with(&find));
    let last = judged.pop()?;
    let before = judged.last_mut()?;
    before.warnings.extend(last.warnings.iter().filter(|warning| **warning == ThreadWarning::ForkedLog));
    if last.arrived.stamp.chain != chain {
        before.warnings.push(ThreadWarning::ForkedLog);
    }
    Some(ThreadBatch { thread: row.id, class: Some(row.class), judged, part: Part::Past })
}

fn fold_at(thread: ThreadId, class: ThreadClass, from: u64, epochs: &[EpochRow]) -> ThreadFold {
    let epoch = epochs.iter().rev().find(|epoch| epoch.seq < from).map(|epoch| EpochState {
        number: epoch.epoch,
        members: epoch.members.clone().into(),
        key: epoch.key.clone().map(ThreadKey),
    });
    ThreadFold { thread, head: Anchor::START, class: Some(class), epoch }
}

/// The stretch without what is too old to be kept, in one transaction: such lines never reach a committed vault.
fn store_kept(vault: &Connection, me: AccountId, from: u64, batch: ThreadBatch, keep_from: u64) -> std::result::Result<(), StoreError> {
    let id = batch.thread;
    store(vault, me, from, batch)?;
    let row = thread::load_required(vault, id)?;
    message::drop_read_of(vault, row.row, keep_from, u32::MAX).map(drop)
}

/// The stretch and how far down the thread is here now, in one transaction.
pub(super) fn store(vault: &Connection, me: AccountId, from: u64, batch: ThreadBatch) -> std::result::Result<(), StoreError> {
    let id = batch.thread;
    apply(vault, me, batch)?;
    let row = thread::load_required(vault, id)?;
    thread::set_first_seq(vault, row.row, from)
}
