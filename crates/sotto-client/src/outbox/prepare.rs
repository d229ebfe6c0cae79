//! What of the outbox can be sent now? Begins epochs that are due, seals what is not sealed for the current one, holds back the rest.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use sotto_crypto::ThreadKey;
use sotto_protocol::entry::{Anchor, EntryKind};
use sotto_protocol::{EntryId, ErrorCode, ThreadId};
use sotto_store::table::epoch::{self, EpochRow};
use sotto_store::table::outbox::{self, OutboxRow, OutboxState, Sealing};
use sotto_store::table::thread::{self, ThreadRow};
use sotto_store::{Connection, StoreError};

use super::push::{Pushing, fail};
use super::queue::{KeyIntent, create_ref};
use super::rotate::{MemberChange, Rotated, rotate, take_back};
use super::rotation::{EpochWear, is_due};
use super::seal::{NewEpoch, SealingEpoch, make_epoch, seal};
use crate::error::Result;
use crate::session::{Core, People};

/// What can be sent, in order.
pub(super) struct Prepared {
    /// Rows with their bytes, which are in the vault.
    pub ready: Vec<(OutboxRow, Sealing)>,
    /// Whether something changed although nothing is ready.
    pub progressed: bool,
}

/// A thread with something in the outbox.
struct Place {
    thread: ThreadRow,
    /// The epoch in the vault; absent until the thread's first key entry came back.
    epoch: Option<EpochRow>,
    /// The key of a first epoch that was made here and has not come back.
    begun: Option<ThreadKey>,
    /// Whether that one failed: what follows waits for its retry or discard.
    failed: bool,
}

/// What a thread's rows are sealed in, or why they are not.
enum Ground {
    Sealed(SealingEpoch),
    Create(Anchor),
    Held,
    Refused(ErrorCode),
}

/// Prepares rows. Rows of a thread that waits for the feed stay out; rows that can never be sent are marked as failed.
pub(super) async fn prepare(core: &Arc<Core>, pushing: &mut Pushing, rows: Vec<OutboxRow>) -> Result<Prepared> {
    let overdue: Vec<ThreadId> = core.overdue().iter().copied().collect();
    let mut ids: Vec<ThreadId> = rows.iter().map(|row| row.thread).chain(overdue).collect();
    ids.sort_unstable();
    ids.dedup();
    let places =
        core.vault.read(move |vault| ids.into_iter().map(|id| load(vault, id)).collect::<std::result::Result<Vec<_>, _>>()).await?;
    let rows = take_back_overtaken(core, &places, rows).await?;
    let (rows, mut changes) = cut_at_changes(rows);
    let people = core.people();
    let mut grounds = HashMap::new();
    for place in places {
        let id = place.thread.id;
        let ground = ground(core, pushing, &people, place, changes.remove(&id)).await?;
        // Asked for once: what came of it is judged anew when the feed brings it.
        core.overdue().remove(&id);
        grounds.insert(id, ground);
    }
    let rows = rows.into_iter().filter(|row| !matches!(grounds.get(&row.thread), None | Some(Ground::Held))).collect();
    seal_rows(core, people, grounds, rows).await
}

/// Takes back key entries of epochs that somebody else began first; what they were for is judged anew.
async fn take_back_overtaken(core: &Core, places: &[Place], rows: Vec<OutboxRow>) -> Result<Vec<OutboxRow>> {
    let now = |row: &OutboxRow| places.iter().find(|place| place.thread.id == row.thread).map_or(0, |place| place.thread.epoch);
    let is_overtaken = |row: &OutboxRow| row.kind == EntryKind::Key && row.sealing.as_ref().is_some_and(|made| made.epoch <= now(row));
    let (overtaken, mut rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_overtaken);
    for row in overtaken {
        let asked = matches!(KeyIntent::parse(&row.content), Some(KeyIntent::Members { .. }));
        take_back(core, row.entry, asked).await?;
        if asked {
            rows.push(OutboxRow { sealing: None, state: OutboxState::Queued, ..row });
        }
    }
    rows.sort_by_key(|row| row.id);
    Ok(rows)
}

/// What was written before a change of members is for the members before it, and what was written after it waits for it. Gives the rows
/// that need not wait, and of each thread the change that comes next.
fn cut_at_changes(rows: Vec<OutboxRow>) -> (Vec<OutboxRow>, HashMap<ThreadId, MemberChange>) {
    let (mut kept, mut changes) = (Vec::new(), HashMap::new());
    let (mut cut, mut before) = (HashSet::new(), HashSet::new());
    for row in rows {
        let thread = row.thread;
        if cut.contains(&thread) {
            continue;
        }
        let intent = if row.kind == EntryKind::Key { KeyIntent::parse(&row.content) } else { None };
        let Some(KeyIntent::Members { add, remove }) = intent else {
            before.insert(thread);
            kept.push(row);
            continue;
        };
        cut.insert(thread);
        if !before.contains(&thread) {
            changes.insert(thread, MemberChange { entry: row.entry, add, remove, made: row.sealing });
        }
    }
    (kept, changes)
}

fn load(vault: &Connection, id: ThreadId) -> std::result::Result<Place, StoreError> {
    let thread = thread::load_required(vault, id)?;
    let epoch = if thread.epoch == 0 { None } else { epoch::load(vault, thread.row, thread.epoch)? };
    let made = outbox::sent(vault, &create_ref(id))?.map(|entry| outbox::load(vault, entry)).transpose()?.flatten();
    let failed = made.as_ref().is_some_and(|row| matches!(row.state, OutboxState::Failed(_)));
    let begun = made.and_then(|row| row.sealing?.key).map(ThreadKey);
    Ok(Place { thread, epoch, begun, failed })
}

async fn ground(core: &Arc<Core>, pushing: &mut Pushing, people: &People, place: Place, change: Option<MemberChange>) -> Result<Ground> {
    let Place { thread, epoch, begun, failed } = place;
    let head = Anchor { seq: thread.last_seq, hash: thread.chain };
    if pushing.held.get(&thread.id).is_some_and(|least| thread.epoch < *least) {
        return Ok(Ground::Held);
    }
    pushing.held.remove(&thread.id);
    if !thread.joined {
        return Ok(Ground::Refused(ErrorCode::NotAMember));
    }
    let Some(epoch) = epoch else {
        if failed {
            return Ok(Ground::Held);
        }
        if change.is_some() {
            // There is no epoch to change yet.
            pushing.held.insert(thread.id, 1);
            return Ok(Ground::Held);
        }
        return Ok(begun.map_or(Ground::Create(head), |key| Ground::Sealed(SealingEpoch { number: 1, key, head })));
    };
    let wear = EpochWear { class: thread.class, members: &epoch.members, since: epoch.started_at, events: epoch.events };
    let due = epoch.key.is_none() || is_due(&wear, &people.directory, core.clock.wall_ms());
    if let (false, None, Some(key)) = (due, &change, &epoch.key) {
        return Ok(Ground::Sealed(SealingEpoch { number: epoch.epoch, key: ThreadKey(key.clone()), head }));
    }
    Ok(match rotate(core, &thread, &epoch, change).await? {
        Rotated::Awaited(number) => {
            pushing.held.insert(thread.id, number);
            Ground::Held
        }
        Rotated::Refused(code) => Ground::Refused(code),
    })
}

/// Seals what needs it in parallel and keeps the bytes in one transaction before anything is sent.
async fn seal_rows(core: &Arc<Core>, people: Arc<People>, grounds: HashMap<ThreadId, Ground>, rows: Vec<OutboxRow>) -> Result<Prepared> {
    let sealing = Arc::clone(core);
    let sealed = core.compute(move || seal_all(&sealing, &people, grounds, rows)).await?;
    let (mut ready, mut fresh, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for (row, result) in sealed {
        match result {
            Ok((sealing, false)) => ready.push((row, sealing)),
            Ok((sealing, true)) => {
                fresh.push((row.entry, sealing.clone()));
                ready.push((row, sealing));
            }
            Err(code) => failed.push((row.thread, row.entry, code)),
        }
    }
    let progressed = !failed.is_empty();
    fail(core, failed).await?;
    if !fresh.is_empty() {
        keep(core, fresh).await?;
    }
    Ok(Prepared { ready, progressed })
}

async fn keep(core: &Core, fresh: Vec<(EntryId, Sealing)>) -> Result<()> {
    let kept = core.vault.write(move |vault| fresh.iter().try_for_each(|(entry, sealing)| outbox::seal(vault, *entry, sealing)));
    Ok(kept.await?)
}

type Sealed = (OutboxRow, std::result::Result<(Sealing, bool), ErrorCode>);

/// Each row's bytes, and whether they are new.
fn seal_all(core: &Core, people: &People, mut grounds: HashMap<ThreadId, Ground>, rows: Vec<OutboxRow>) -> Vec<Sealed> {
    let (keys, events): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.kind == EntryKind::Key);
    // Key entries first: what follows in the same thread is sealed in the epoch they begin.
    let mut sealed: Vec<Sealed> = keys.into_iter().filter_map(|row| seal_key(core, people, &mut grounds, row)).collect();
    let one = |row: OutboxRow| {
        let result = match grounds.get(&row.thread) {
            Some(Ground::Sealed(epoch)) => seal_event_row(core, &row, epoch),
            Some(Ground::Refused(code)) => Err(*code),
            _ => return None,
        };
        Some((row, result))
    };
    sealed.extend(events.into_par_iter().filter_map(one).collect::<Vec<_>>());
    sealed.sort_by_key(|(row, _)| row.id);
    sealed
}

fn seal_event_row(core: &Core, row: &OutboxRow, epoch: &SealingEpoch) -> std::result::Result<(Sealing, bool), ErrorCode> {
    match &row.sealing {
        // The same bytes as long as the epoch holds: the server knows a repeat by them.
        Some(sealing) if sealing.epoch == epoch.number => Ok((sealing.clone(), false)),
        _ => seal(core, row, epoch).map(|sealing| (sealing, true)),
    }
}

/// A thread's first key entry. Key entries of later epochs are [`rotate`]'s and stay out.
fn seal_key(core: &Core, people: &People, grounds: &mut HashMap<ThreadId, Ground>, row: OutboxRow) -> Option<Sealed> {
    let Some(KeyIntent::Create { class, members }) = KeyIntent::parse(&row.content) else { return None };
    if let Some(sealing) = row.sealing.clone() {
        return Some((row, Ok((sealing, false))));
    }
    let Some(Ground::Create(head)) = grounds.get(&row.thread) else { return None };
    let head = *head;
    let new = NewEpoch { thread: row.thread, entry: row.entry, class, number: 1, members, previous: None, head, now: row.created_at };
    let made = make_epoch(core, people, new);
    if let Ok(Sealing { key: Some(key), .. }) = &made {
        grounds.insert(row.thread, Ground::Sealed(SealingEpoch { number: 1, key: ThreadKey(key.clone()), head }));
    }
    Some((row, made.map(|sealing| (sealing, true))))
}
