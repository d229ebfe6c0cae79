//! How a batch becomes rows: every entry decided and written in its order, in one transaction.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, TransactionBehavior};
use sotto_protocol::entry::Stamp;
use sotto_protocol::key::Hash;
use sotto_protocol::{AccountId, ThreadId};
use sotto_sqlcipher::Result;

use super::{entry, key_box, membership, meta, roster, thread};
use crate::store::order::{Decision, Ordering};
use crate::store::{NewEntry, NewEpoch, ThreadState, Verdict};

/// Threads whose state the writer remembers between batches. When there are more, it forgets all and reads again.
const REMEMBERED_THREADS: usize = 8_192;

/// What the only writer remembers of what it wrote: as true as the rows, because nobody else writes.
#[derive(Debug, Default)]
pub struct Memory {
    threads: HashMap<ThreadId, ThreadState>,
}

/// Appends a batch; on an error nothing is stored and nothing remembered.
pub fn append(connection: &mut Connection, memory: &mut Memory, now: u64, batch: &[NewEntry]) -> Result<Vec<Verdict>> {
    let mut threads = std::mem::take(&mut memory.threads);
    if threads.len() > REMEMBERED_THREADS {
        threads.clear();
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let verdicts = append_all(&transaction, &mut threads, now, batch)?;
    transaction.commit()?;
    memory.threads = threads;
    Ok(verdicts)
}

fn append_all(connection: &Connection, threads: &mut HashMap<ThreadId, ThreadState>, now: u64, batch: &[NewEntry]) -> Result<Vec<Verdict>> {
    let before = meta::load_position(connection)?;
    let mut ordering = Ordering::new(now, before);
    let mut changed: Vec<ThreadId> = Vec::new();
    let mut verdicts = Vec::with_capacity(batch.len());
    for entry in batch {
        let verdict = append_one(connection, threads, &mut ordering, entry)?;
        if matches!(verdict, Verdict::Stored { .. }) && changed.last() != Some(&entry.thread) {
            changed.push(entry.thread);
        }
        verdicts.push(verdict);
    }
    changed.sort_unstable();
    changed.dedup();
    for state in changed.iter().filter_map(|thread| threads.get(thread)) {
        thread::update(connection, state)?;
    }
    if ordering.position() != before {
        meta::store_position(connection, ordering.position())?;
    }
    Ok(verdicts)
}

fn append_one(
    connection: &Connection,
    threads: &mut HashMap<ThreadId, ThreadState>,
    ordering: &mut Ordering,
    new: &NewEntry,
) -> Result<Verdict> {
    if !threads.contains_key(&new.thread)
        && let Some(state) = load_thread(connection, new.thread)?
    {
        threads.insert(new.thread, state);
    }
    let known = threads.get(&new.thread);
    let earlier = known.map(|state| entry::find_earlier(connection, state.row, new)).transpose()?.flatten();
    let stamp = match ordering.decide(known, earlier, new) {
        Decision::Repeat(stamp) => return Ok(Verdict::Repeat(stamp)),
        Decision::Refuse(refusal) => return Ok(Verdict::Refused(refusal)),
        Decision::Store(stamp) => stamp,
    };
    let mut state = match (known, &new.key) {
        (Some(state), _) => state.clone(),
        (None, Some(key)) => make_thread(connection, new.thread, key)?,
        (None, None) => return Err(rusqlite::Error::QueryReturnedNoRows.into()),
    };
    entry::insert(connection, state.row, &stamp, new)?;
    let readers = match &new.key {
        Some(key) => start_epoch(connection, &mut state, &stamp, new.epoch, key)?,
        None => state.members.clone(),
    };
    (state.seq, state.position, state.received_at, state.chain) = (stamp.seq, stamp.position, stamp.received_at, stamp.chain);
    let class = state.class;
    threads.insert(new.thread, state);
    Ok(Verdict::Stored { stamp, class, readers })
}

fn load_thread(connection: &Connection, id: ThreadId) -> Result<Option<ThreadState>> {
    let Some(mut state) = thread::load(connection, id)? else { return Ok(None) };
    state.members = roster::load(connection, state.row)?;
    Ok(Some(state))
}

fn make_thread(connection: &Connection, id: ThreadId, key: &NewEpoch) -> Result<ThreadState> {
    let row = thread::insert(connection, id, key.class)?;
    let chain = Hash::from_bytes([0; 32]);
    Ok(ThreadState { row, class: key.class, epoch: 0, seq: 0, position: 0, received_at: 0, chain, members: Arc::default() })
}

/// Writes who is in and out, and returns everybody who sees this entry.
fn start_epoch(connection: &Connection, state: &mut ThreadState, stamp: &Stamp, epoch: u64, key: &NewEpoch) -> Result<Arc<[AccountId]>> {
    for account in added(&state.members, &key.members) {
        membership::insert(connection, account, state.row, stamp.seq)?;
    }
    let removed: Vec<AccountId> = added(&key.members, &state.members).collect();
    for account in &removed {
        membership::end(connection, *account, state.row, stamp.seq, stamp.position)?;
    }
    for (account, bytes) in key.members.iter().zip(&key.boxes) {
        key_box::insert(connection, state.row, stamp.seq, *account, bytes)?;
    }
    roster::store(connection, state.row, &key.members)?;
    state.epoch = epoch;
    state.members = key.members.clone();
    if removed.is_empty() {
        return Ok(key.members.clone());
    }
    Ok(key.members.iter().copied().chain(removed).collect())
}

/// The accounts of `new` that are not in `old`; both are sorted.
fn added<'a>(old: &'a [AccountId], new: &'a [AccountId]) -> impl Iterator<Item = AccountId> + 'a {
    new.iter().copied().filter(|account| old.binary_search(account).is_err())
}
