//! How does a new vault begin? With the newest part of every thread, newest thread first; the feed goes on from where that was taken.
//!
//! Of each thread come its key entries and descriptions, which say what it is and how to read it, and its newest entries. What stands between
//! comes later, by [`super::fill`]. Killed in the middle, the next session goes on with the threads that are not here.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use sotto_crypto::{SealingPair, ThreadKey};
use sotto_protocol::entry::{Anchor, EntryKind};
use sotto_protocol::event::ReadMark;
use sotto_protocol::feed::Frame;
use sotto_protocol::{AccountId, ErrorCode, ThreadId};
use sotto_store::table::meta::{self, Meta};
use sotto_store::table::{message, thread};
use sotto_store::{Connection, StoreError};

use super::apply::{Part, ThreadBatch, apply};
use super::arrival::{Arrived, parse_arrived};
use super::batch::{KnownKeys, learn_authors};
use super::history::follow_links;
use super::verify::{Reader, ThreadFold, Verdict, judge};
use super::witness;
use crate::error::{Attempt as _, ClientError, Result};
use crate::session::{Core, People};
use crate::transport::FrameStream;

/// Entries of each thread that are here before the feed is read.
const NEWEST: u64 = 50;
/// Entries of one transaction, at least, unless there are no more.
const BATCH_ENTRIES: usize = 500;

type Thread = (ThreadId, Vec<Arrived>);

/// Takes in the newest part of every thread, once in a vault's life; any later call returns at once.
///
/// # Errors
/// Those of the connection and the vault. What was taken in by then stays.
pub(super) async fn run(core: &Arc<Core>) -> Result<()> {
    if core.vault.read(|vault| meta::load(vault, Meta::Arriving)).await? == 0 {
        return Ok(());
    }
    let stream = core.http.fetch_frames(&format!("/v1/threads?newest={NEWEST}"), &core.signer).await;
    let mut stream = stream.attempting("read the threads")?;
    let Some(Frame::CaughtUp { position }) = stream.next().await? else { return Err(malformed()) };
    core.vault.write(move |vault| begin_at(vault, position)).await?;
    let (mut carried, mut more) = (None, true);
    while more {
        let threads;
        (threads, more) = gather(&mut stream, &mut carried).await?;
        take_in(core, threads).await?;
    }
    core.vault.write(|vault| meta::store(vault, Meta::Arriving, 0)).await?;
    Ok(())
}

/// The feed will go on from here: what comes after it is told by the feed, also of threads that were read before or after. The first
/// attempt's position holds.
fn begin_at(vault: &Connection, position: u64) -> std::result::Result<(), StoreError> {
    if meta::load(vault, Meta::Cursor)? == 0 { meta::store(vault, Meta::Cursor, position) } else { Ok(()) }
}

/// Whole threads, as many as fill a batch, and whether more may follow. `carried` is the entry that showed the last one to be whole.
async fn gather(stream: &mut FrameStream, carried: &mut Option<Arrived>) -> Result<(Vec<Thread>, bool)> {
    let mut threads: Vec<Thread> = Vec::new();
    let mut count = 0;
    loop {
        let arrived = match carried.take() {
            Some(arrived) => Some(arrived),
            None => next_entry(stream).await?,
        };
        let Some(arrived) = arrived else { return Ok((threads, false)) };
        match threads.last_mut() {
            Some((id, entries)) if *id == arrived.header.thread => entries.push(arrived),
            _ if count >= BATCH_ENTRIES => {
                *carried = Some(arrived);
                return Ok((threads, true));
            }
            _ => threads.push((arrived.header.thread, vec![arrived])),
        }
        count += 1;
    }
}

/// The next entry, or none where the stream says that there are no more.
async fn next_entry(stream: &mut FrameStream) -> Result<Option<Arrived>> {
    loop {
        match stream.next().await? {
            Some(Frame::Entry { stamp, entry, key_box }) => match parse_arrived(stamp, entry, key_box) {
                Some(arrived) => return Ok(Some(arrived)),
                None => tracing::warn!(position = stamp.position, "an entry does not parse"),
            },
            Some(Frame::CaughtUp { .. }) => return Ok(None),
            Some(Frame::Directory { .. } | Frame::Statement { .. }) => {}
            Some(Frame::End { code }) => return Err(ClientError::new(code, "read the threads")),
            None => return Err(ClientError::new(ErrorCode::ServerUnreachable, "read the threads")),
        }
    }
}

async fn take_in(core: &Arc<Core>, mut threads: Vec<Thread>) -> Result<()> {
    let ids: Vec<ThreadId> = threads.iter().map(|(id, _)| *id).collect();
    let here = core.vault.read(move |vault| find_here(vault, &ids)).await?;
    threads.retain(|(id, _)| !here.contains(id));
    for (_, arrived) in &mut threads {
        arrived.sort_by_key(|entry| entry.stamp.seq);
        arrived.dedup_by_key(|entry| entry.stamp.seq);
        learn_authors(core, arrived).await?;
    }
    let (judging, people, me) = (Arc::clone(core), core.people(), core.account);
    let mut judged: Vec<Outline> = core
        .compute(move || {
            let eyes = Eyes { account: judging.account, pairs: &judging.keys.pairs, people: &people };
            threads.into_par_iter().map(|(id, arrived)| judge_outline(&eyes, id, arrived)).collect()
        })
        .await?;
    // What is sealed to keys that this account has no more comes by the feed, once a colleague's device has sealed it anew.
    judged.retain(|outline| !outline.waits);
    let heads = witness::heads(judged.iter().flat_map(|outline| outline.ahead.judged.iter().chain(&outline.newest.judged)));
    let changed: BTreeSet<ThreadId> = judged.iter().map(|outline| outline.newest.thread).collect();
    core.vault.write(move |vault| judged.into_iter().try_for_each(|outline| store(vault, me, outline))).await?;
    core.events.threads_changed(changed);
    witness::compare(core, heads).await
}

/// The threads of whose log something is here. One that was begun here before anything had arrived has a row, and nothing of its log yet.
fn find_here(vault: &Connection, ids: &[ThreadId]) -> std::result::Result<HashSet<ThreadId>, StoreError> {
    let mut here = HashSet::new();
    for id in ids {
        here.extend(thread::load(vault, *id)?.filter(|row| row.last_seq > 0).map(|_| *id));
    }
    Ok(here)
}

/// Who reads, and whom they know.
pub(super) struct Eyes<'a> {
    pub account: AccountId,
    pub pairs: &'a [(u32, SealingPair)],
    pub people: &'a People,
}

impl<'a> Eyes<'a> {
    /// Whether these members are the reader's older generation.
    fn is_replaced(&self, members: &[(AccountId, u32)]) -> bool {
        let newest = self.pairs.iter().map(|(generation, _)| *generation).max().unwrap_or_default();
        members.iter().any(|(account, generation)| *account == self.account && *generation < newest)
    }

    /// With keys that are known from elsewhere.
    pub fn with(&self, known: &'a (dyn Fn(ThreadId, u64) -> Option<ThreadKey> + Sync)) -> Reader<'a> {
        Reader { directory: &self.people.directory, account: self.account, pairs: self.pairs, known }
    }
}

/// What comes first of a thread, judged.
pub(super) struct Outline {
    ahead: ThreadBatch,
    newest: ThreadBatch,
    /// When the thread began, by the server's clock.
    began: u64,
    /// Whether its newest key is sealed to an older generation of the reader.
    waits: bool,
}

/// Judges in the order of the log. Where entries are left out in between, the chain is taken up anew: it is checked when they come.
pub(super) fn judge_outline(eyes: &Eyes<'_>, id: ThreadId, mut arrived: Vec<Arrived>) -> Outline {
    let began = arrived.first().map_or(0, |first| first.stamp.received_at);
    let gap = arrived.windows(2).rposition(|pair| matches!(pair, [a, b] if a.stamp.seq + 1 != b.stamp.seq));
    let known = find_keys(eyes, id, &arrived);
    let find = |thread, epoch| known.get(&(thread, epoch)).cloned();
    let reader = eyes.with(&find);
    let newest = arrived.split_off(gap.map_or(0, |gap| gap + 1));
    let mut fold = ThreadFold::new(id);
    let mut ahead = Vec::new();
    for entry in arrived {
        take_up(&mut fold, &entry);
        ahead.extend(judge(&mut fold, vec![entry], &reader));
    }
    if let Some(first) = newest.first() {
        take_up(&mut fold, first);
    }
    let newest = judge(&mut fold, newest, &reader);
    Outline {
        ahead: ThreadBatch { thread: id, class: fold.class, judged: ahead, part: Part::Ahead },
        newest: ThreadBatch { thread: id, class: fold.class, judged: newest, part: Part::Next },
        began,
        waits: fold.epoch.is_some_and(|epoch| epoch.key.is_none() && eyes.is_replaced(&epoch.members)),
    }
}

fn take_up(fold: &mut ThreadFold, entry: &Arrived) {
    if entry.stamp.seq != fold.head.seq + 1 {
        fold.head = Anchor::START;
    }
}

/// The keys that one box gives: the newest epoch's, and by the links those before it.
fn find_keys(eyes: &Eyes<'_>, id: ThreadId, arrived: &[Arrived]) -> KnownKeys {
    let Some(place) = arrived.iter().rposition(|entry| entry.header.kind == EntryKind::Key) else { return KnownKeys::new() };
    let (Some(last), Some(upto)) = (arrived.get(place), arrived.get(..=place)) else { return KnownKeys::new() };
    let judged = judge(&mut ThreadFold::new(id), vec![last.clone()], &eyes.with(&|_, _| None)).pop();
    match judged.map(|judged| judged.verdict) {
        Some(Verdict::Key(verdict)) => match verdict.epoch.key {
            Some(key) => follow_links(eyes.people, id, upto, (verdict.epoch.number, key)),
            None => KnownKeys::new(),
        },
        _ => KnownKeys::new(),
    }
}

pub(super) fn store(vault: &Connection, me: AccountId, outline: Outline) -> std::result::Result<(), StoreError> {
    let id = outline.newest.thread;
    let class = outline.newest.class.unwrap_or(sotto_protocol::entry::ThreadClass::Clinical);
    thread::insert(vault, id, class, outline.began)?;
    apply(vault, me, outline.ahead)?;
    apply(vault, me, outline.newest)?;
    let row = thread::load_required(vault, id)?;
    // Nobody has to act on what came before them. What is read beyond that, their own marks and receipts say, which were folded with the rest.
    message::take_mark(vault, row.row, ReadMark { turn: 0, upto: row.joined_seq }).map(drop)
}

const fn malformed() -> ClientError {
    ClientError::new(ErrorCode::Malformed, "read the threads")
}

#[cfg(test)]
mod tests;
