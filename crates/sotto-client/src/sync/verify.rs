//! Is an entry what it claims? Checks chain, membership, signatures and keys of one thread's entries, and opens them in parallel.
//!
//! Pure: it takes the state a thread was in and gives the state it is in, with a verdict an entry. Nothing is dropped: what fails gets a
//! verdict that says why, and the log goes on after it.

use std::sync::Arc;

use rayon::prelude::*;
use sotto_crypto::event::{OpenError, open_event};
use sotto_crypto::key_entry::{KeyEntryError, check_archive, open_key_box, open_link, verify_key_entry};
use sotto_crypto::{SealingPair, ThreadKey};
use sotto_protocol::directory::Directory;
use sotto_protocol::entry::{Anchor, EntryKind, Header, KeyBody, ThreadClass};
use sotto_protocol::event::Content;
use sotto_protocol::key::{Hash, VerifyKey};
use sotto_protocol::{AccountId, ThreadId, verify};

use super::arrival::Arrived;
use crate::view::{Change, ThreadWarning, TombstoneReason};

/// Who reads: whose boxes and whose directory.
pub(crate) struct Reader<'a> {
    /// The verified directory.
    pub directory: &'a Directory,
    /// The reader.
    pub account: AccountId,
    /// The reader's sealing pairs by generation.
    pub pairs: &'a [(u32, SealingPair)],
    /// Keys known from elsewhere: of an epoch this device began, or from a later epoch's link.
    pub known: &'a (dyn Fn(ThreadId, u64) -> Option<ThreadKey> + Sync),
}

/// The epoch a thread is in.
#[derive(Debug, Clone)]
pub(crate) struct EpochState {
    /// Its number.
    pub number: u64,
    /// Its members and the generations it seals to, sorted by account.
    pub members: Arc<[(AccountId, u32)]>,
    /// Its key, where the reader has it.
    pub key: Option<ThreadKey>,
}

/// Where a thread's log stands.
#[derive(Debug, Clone)]
pub(crate) struct ThreadFold {
    /// The thread.
    pub thread: ThreadId,
    /// The newest entry.
    pub head: Anchor,
    /// Its class, once a key entry told it.
    pub class: Option<ThreadClass>,
    /// Its epoch, once a key entry told it.
    pub epoch: Option<EpochState>,
}

impl ThreadFold {
    /// A thread nothing is known of.
    pub const fn new(thread: ThreadId) -> Self {
        Self { thread, head: Anchor::START, class: None, epoch: None }
    }
}

/// What an entry turned out to be.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// A key entry.
    Key(Box<KeyVerdict>),
    /// An event and what it says.
    Event(Box<Content>),
    /// Nothing that can be shown.
    Tombstone(TombstoneReason),
}

/// A key entry that holds.
#[derive(Debug)]
pub(crate) struct KeyVerdict {
    /// What it says.
    pub body: KeyBody,
    /// The epoch it starts.
    pub epoch: EpochState,
    /// The key before, from its link.
    pub previous: Option<ThreadKey>,
    /// What it changed.
    pub change: Change,
}

/// An entry with its verdict.
#[derive(Debug)]
pub(crate) struct Judged {
    /// The entry.
    pub arrived: Arrived,
    /// The verdict.
    pub verdict: Verdict,
    /// What it showed to be wrong with the thread.
    pub warnings: Vec<ThreadWarning>,
}

impl Judged {
    /// What the author had seen, where the verdict tells.
    pub fn anchor(&self) -> Option<Anchor> {
        match &self.verdict {
            Verdict::Key(key) => Some(key.body.anchor),
            Verdict::Event(content) => Some(content.anchor),
            Verdict::Tombstone(_) => None,
        }
    }
}

/// An entry on the way to its verdict: decided, or an event still to be opened.
enum Step {
    Decided(Verdict),
    Open { key: ThreadKey, author: VerifyKey },
}

/// Judges entries of one thread, in the order of their seqs, and moves `fold` on past them.
pub(crate) fn judge(fold: &mut ThreadFold, arrived: Vec<Arrived>, reader: &Reader<'_>) -> Vec<Judged> {
    let steps: Vec<_> = arrived
        .into_iter()
        .map(|arrived| {
            let mut warnings = follow_chain(fold, &arrived);
            let step = decide(fold, &arrived, reader, &mut warnings);
            (arrived, step, warnings)
        })
        .collect();
    let open = |(arrived, step, mut warnings): (Arrived, Step, Vec<ThreadWarning>)| {
        let verdict = match step {
            Step::Decided(verdict) => verdict,
            Step::Open { key, author } => open(&key, &arrived, &author),
        };
        let judged = Judged { arrived, verdict, warnings: Vec::new() };
        if judged.anchor().is_some_and(|anchor| anchor.seq >= judged.arrived.stamp.seq) {
            warnings.push(ThreadWarning::ForkedLog);
        }
        Judged { warnings, ..judged }
    };
    // Below a handful, handing work to other threads costs more than it saves.
    if steps.len() < 8 { steps.into_iter().map(open).collect() } else { steps.into_par_iter().map(open).collect() }
}

/// Checks the seq and the chain hash and moves the head on. What the server says is taken over, so that one lie is told once.
fn follow_chain(fold: &mut ThreadFold, arrived: &Arrived) -> Vec<ThreadWarning> {
    let stamp = &arrived.stamp;
    let begins = fold.head == Anchor::START;
    let follows = stamp.seq == fold.head.seq + 1;
    let mut warnings = Vec::new();
    if !follows && !begins {
        warnings.push(ThreadWarning::MissingEntries);
    } else if follows && verify::chain_hash(&fold.head.hash, stamp.seq, stamp.received_at, &arrived.bytes) != stamp.chain {
        warnings.push(ThreadWarning::ForkedLog);
    }
    fold.head = Anchor { seq: stamp.seq, hash: stamp.chain };
    warnings
}

fn decide(fold: &mut ThreadFold, arrived: &Arrived, reader: &Reader<'_>, warnings: &mut Vec<ThreadWarning>) -> Step {
    let decided = if arrived.broken {
        Err(TombstoneReason::Malformed)
    } else {
        author_key(&arrived.header, reader.directory).and_then(|author| match arrived.header.kind {
            EntryKind::Key => begin_epoch(fold, arrived, &author, reader, warnings).map(|key| Step::Decided(Verdict::Key(Box::new(key)))),
            EntryKind::Event => place_event(fold, &arrived.header, author),
        })
    };
    decided.unwrap_or_else(|reason| Step::Decided(Verdict::Tombstone(reason)))
}

/// The author's key of the generation the header names, if the chain also knows the device as theirs.
fn author_key(header: &Header, directory: &Directory) -> Result<VerifyKey, TombstoneReason> {
    let cert = directory.account(&header.author).and_then(|account| account.generation(header.generation));
    let own_device = directory.device(&header.device).is_some_and(|device| device.account == header.author);
    cert.filter(|_| own_device).map(|cert| cert.signing_key).ok_or(TombstoneReason::UnknownAuthor)
}

/// An event belongs to the epoch that holds at its place; whoever left, or never was in, has no say.
fn place_event(fold: &ThreadFold, header: &Header, author: VerifyKey) -> Result<Step, TombstoneReason> {
    let epoch = fold.epoch.as_ref().ok_or(TombstoneReason::CannotDecrypt)?;
    let member = epoch.members.contains(&(header.author, header.generation));
    if header.epoch != epoch.number || !member {
        return Err(TombstoneReason::NotAMember);
    }
    let key = epoch.key.clone().ok_or(TombstoneReason::CannotDecrypt)?;
    Ok(Step::Open { key, author })
}

fn open(key: &ThreadKey, arrived: &Arrived, author: &VerifyKey) -> Verdict {
    match open_event(key, &arrived.entry, &arrived.header, author) {
        Ok(content) => Verdict::Event(Box::new(content)),
        Err(OpenError::Decrypt) => Verdict::Tombstone(TombstoneReason::CannotDecrypt),
        Err(OpenError::Signature) => Verdict::Tombstone(TombstoneReason::BadSignature),
        Err(OpenError::Malformed | OpenError::TooLarge) => Verdict::Tombstone(TombstoneReason::Malformed),
    }
}

fn begin_epoch(
    fold: &mut ThreadFold,
    arrived: &Arrived,
    author: &VerifyKey,
    reader: &Reader<'_>,
    warnings: &mut Vec<ThreadWarning>,
) -> Result<KeyVerdict, TombstoneReason> {
    let header = &arrived.header;
    let body = verify_key_entry(&arrived.entry, header, author).map_err(|error| match error {
        KeyEntryError::Signature => TombstoneReason::BadSignature,
        _ => TombstoneReason::Malformed,
    })?;
    check_place(fold, header, &body)?;
    let key = find_key(arrived, &body, reader, warnings);
    if key.as_ref().is_some_and(|key| archive_differs(arrived, &body, key, reader.directory)) {
        warnings.push(ThreadWarning::ArchiveMismatch);
    }
    let previous = key.as_ref().and_then(|key| open_link(&body, header, key).ok().flatten());
    let members: Arc<[_]> = body.members.iter().map(|m| (m.account, m.generation)).collect();
    let change = change_of(fold, header, &members);
    let epoch = EpochState { number: header.epoch, members, key };
    fold.class = Some(body.class);
    fold.epoch = Some(epoch.clone());
    Ok(KeyVerdict { body, epoch, previous, change })
}

/// A key entry continues the epoch before it, in the same class, by one of its members; the first one is by one of its own.
fn check_place(fold: &ThreadFold, header: &Header, body: &KeyBody) -> Result<(), TombstoneReason> {
    if fold.class.is_some_and(|class| class != body.class) {
        return Err(TombstoneReason::Malformed);
    }
    match &fold.epoch {
        Some(epoch) if header.epoch != epoch.number + 1 => Err(TombstoneReason::Malformed),
        // A newer generation of a member may act; an older one may not.
        Some(epoch) if !epoch.members.iter().any(|(a, g)| *a == header.author && *g <= header.generation) => {
            Err(TombstoneReason::NotAMember)
        }
        None if header.epoch == 1 && !body.members.iter().any(|m| m.account == header.author && m.generation == header.generation) => {
            Err(TombstoneReason::NotAMember)
        }
        _ => Ok(()),
    }
}

fn find_key(arrived: &Arrived, body: &KeyBody, reader: &Reader<'_>, warnings: &mut Vec<ThreadWarning>) -> Option<ThreadKey> {
    let header = &arrived.header;
    let known = (reader.known)(header.thread, header.epoch);
    if let Some(key) = known.filter(|key| key.commitment(header.thread, header.epoch) == body.commitment) {
        return Some(key);
    }
    let generation = body.members.iter().find(|m| m.account == reader.account)?.generation;
    let pair = reader.pairs.iter().find(|(own, _)| *own == generation).map(|(_, pair)| pair);
    let opened = pair.zip(arrived.key_box.as_deref()).and_then(|(pair, sealed)| {
        let opened = open_key_box(pair, header, body, reader.account, sealed);
        opened.inspect_err(|error| tracing::warn!(thread = %header.thread, epoch = header.epoch, %error, "a key does not open")).ok()
    });
    if opened.is_none() {
        warnings.push(ThreadWarning::UnreadableEpoch);
    }
    opened
}

fn archive_differs(arrived: &Arrived, body: &KeyBody, key: &ThreadKey, directory: &Directory) -> bool {
    // An epoch from before the policy was sealed to the policy's predecessor.
    let policy = directory.policy().filter(|policy| policy.issued_at <= arrived.stamp.received_at);
    policy.is_some_and(|policy| !check_archive(body, &arrived.header, key, &policy.archive_key))
}

fn change_of(fold: &ThreadFold, header: &Header, members: &[(AccountId, u32)]) -> Change {
    let same = |epoch: &EpochState| epoch.members.iter().map(|(a, _)| a).eq(members.iter().map(|(a, _)| a));
    match &fold.epoch {
        _ if header.epoch == 1 => Change::Created,
        Some(epoch) if same(epoch) => Change::Rotated,
        _ => Change::Members,
    }
}

/// Whether an author's anchor contradicts the hash we have at that seq.
pub(crate) fn contradicts(anchor: &Anchor, ours: Option<Hash>) -> bool {
    anchor.seq > 0 && ours.is_some_and(|hash| hash != anchor.hash)
}

#[cfg(test)]
mod tests;
