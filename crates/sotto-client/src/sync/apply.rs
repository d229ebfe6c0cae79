//! What does a judged entry change in the vault? Folds it into entries, epochs, members, messages, search and outbox: one transaction.

use sotto_protocol::entry::ThreadClass;
use sotto_protocol::event::{Content, Event, Priority};
use sotto_protocol::{AccountId, ThreadId};
use sotto_store::table::entry::{self, EntryRow};
use sotto_store::table::epoch::{self, EpochRow};
use sotto_store::table::message::{self, MessageKind, MessageRow};
use sotto_store::table::receipt::acknowledgement;
use sotto_store::table::thread::{self, ThreadRow, warning};
use sotto_store::table::{awaited, file, member, outbox};
use sotto_store::{Connection, StoreError};

use super::arrival::Arrived;
use super::kind::kind_of;
use super::receipts;
use super::verify::{Judged, KeyVerdict, Verdict, contradicts};
use crate::file::line_text;
use crate::view::ThreadWarning;

type Result<T = ()> = std::result::Result<T, StoreError>;

/// One thread's share of a batch.
pub(crate) struct ThreadBatch {
    /// The thread.
    pub thread: ThreadId,
    /// Its class, where a key entry told it.
    pub class: Option<ThreadClass>,
    /// Its entries, judged, in the order of their seqs.
    pub judged: Vec<Judged>,
    /// Which part of the log they are.
    pub part: Part,
}

/// Which part of a thread's log a batch is. A thread ends up the same in whichever order its parts come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// What comes next.
    Next,
    /// What stands before the newest part of a new vault and is needed for it: epochs and descriptions. They change what the thread is, and
    /// get their lines when the past comes.
    Ahead,
    /// Older than what the vault has: lines only, what the thread is now stays.
    Past,
}

/// Folds a thread's entries in. `me` is the vault's person.
pub(crate) fn apply(vault: &Connection, me: AccountId, batch: ThreadBatch) -> Result {
    let Some(first) = batch.judged.first().map(|judged| judged.arrived.stamp) else { return Ok(()) };
    // A thread that begins with an entry nothing can be made of gets the class that fewest may see.
    let class = batch.class.unwrap_or(ThreadClass::Clinical);
    let row = thread::insert(vault, batch.thread, class, first.received_at)?;
    let before = thread::load_by_row(vault, row)?;
    if before.last_seq == 0 && first.seq > 1 && batch.part == Part::Next {
        thread::set_first_seq(vault, row, first.seq)?;
    }
    let mut folding = Folding { vault, me, before, part: batch.part, events: None, theirs: None };
    for judged in batch.judged {
        folding.fold(judged)?;
    }
    folding.count_events()?;
    receipts::note_stored(vault, row, folding.theirs)
}

struct Folding<'a> {
    vault: &'a Connection,
    me: AccountId,
    /// The thread as it was before the batch.
    before: ThreadRow,
    part: Part,
    /// Events of the epoch that is being read, not counted in the vault yet.
    events: Option<(u64, u64)>,
    /// The newest message of others in the batch, of which a receipt is to be given.
    theirs: Option<u64>,
}

impl Folding<'_> {
    fn fold(&mut self, judged: Judged) -> Result {
        if self.part == Part::Ahead {
            return self.fold_ahead(judged);
        }
        let row = self.before.row;
        let (header, stamp) = (&judged.arrived.header, judged.arrived.stamp);
        let place = place(row, &judged);
        match entry::insert(self.vault, &place) {
            // The same id at two places, or two entries at one: this server tells two stories.
            Err(StoreError::Conflict(_)) => return thread::warn(self.vault, row, warning::FORKED_LOG),
            other => other?,
        }
        let forked = self.check_anchor(&judged)? | awaited::settle(self.vault, row, stamp.seq, &stamp.chain)?;
        let warnings = judged.warnings.iter().fold(if forked { warning::FORKED_LOG } else { 0 }, |bits, w| bits | bit(*w));
        if warnings != 0 {
            thread::warn(self.vault, row, warnings)?;
        }
        let mut line = self.line(&judged);
        let shown = match judged.verdict {
            Verdict::Key(key) => self.begin_epoch(&judged.arrived.stamp, &line, *key).map(|()| true)?,
            Verdict::Event(content) => {
                self.events_of(header.epoch)?;
                self.take_event(&place, &mut line, *content)?
            }
            Verdict::Tombstone(_) => true,
        };
        if shown {
            message::insert(self.vault, &line)?;
        }
        if line.mine {
            outbox::complete(self.vault, line.entry)?;
        }
        thread::advance(self.vault, row, &stamp)
    }

    /// What an entry does to the thread, without a line of its own.
    fn fold_ahead(&mut self, judged: Judged) -> Result {
        let warnings = judged.warnings.iter().fold(0, |bits, warning| bits | bit(*warning));
        if warnings != 0 {
            thread::warn(self.vault, self.before.row, warnings)?;
        }
        let (stamp, line) = (judged.arrived.stamp, self.line(&judged));
        match judged.verdict {
            Verdict::Key(key) => self.begin_epoch(&stamp, &line, *key),
            // Everything else comes with the past.
            Verdict::Event(content) => {
                let Event::Described(description) = content.event else { return Ok(()) };
                thread::describe(self.vault, self.before.row, stamp.seq, &description)
            }
            Verdict::Tombstone(_) => Ok(()),
        }
    }

    /// Whether what the author had seen contradicts what is here; what is not here yet is compared when it comes.
    fn check_anchor(&self, judged: &Judged) -> Result<bool> {
        let Some(anchor) = judged.anchor().filter(|anchor| anchor.seq > 0) else { return Ok(false) };
        let known = entry::load(self.vault, self.before.row, anchor.seq)?.map(|entry| entry.stamp.chain);
        if known.is_none() && anchor.seq < judged.arrived.stamp.seq {
            awaited::store(self.vault, self.before.row, anchor.seq, &anchor.hash)?;
        }
        Ok(contradicts(&anchor, known))
    }

    /// The entry as a line of the thread.
    fn line(&self, judged: &Judged) -> MessageRow {
        let (header, stamp) = (&judged.arrived.header, &judged.arrived.stamp);
        MessageRow {
            thread_row: self.before.row,
            seq: stamp.seq,
            position: stamp.position,
            entry: header.entry,
            author: header.author,
            at: stamp.received_at,
            kind: kind_of(&judged.verdict),
            priority: Priority::Fyi,
            text: String::new(),
            mine: header.author == self.me,
        }
    }

    fn begin_epoch(&mut self, stamp: &sotto_protocol::entry::Stamp, line: &MessageRow, key: KeyVerdict) -> Result {
        let row = self.before.row;
        if self.part == Part::Past && epoch::load(self.vault, row, key.epoch.number)?.is_some() {
            return Ok(());
        }
        let members: Vec<_> = key.epoch.members.to_vec();
        epoch::store(
            self.vault,
            &EpochRow {
                thread_row: row,
                epoch: key.epoch.number,
                key: key.epoch.key.map(|key| key.0),
                members: members.clone(),
                author: line.author,
                started_at: stamp.received_at,
                events: 0,
                seq: stamp.seq,
            },
        )?;
        self.keep_previous_key(key.epoch.number, key.previous)?;
        if self.part == Part::Past {
            return Ok(());
        }
        member::replace(self.vault, row, key.epoch.number, &members)?;
        thread::set_epoch(self.vault, row, key.epoch.number)?;
        match (members.iter().any(|(account, _)| *account == self.me), self.before.joined && self.before.joined_seq > 0) {
            (true, false) => {
                self.before.joined = true;
                self.before.joined_seq = stamp.seq;
                thread::join(self.vault, row, stamp.seq)
            }
            (false, _) => {
                self.before.joined = false;
                thread::leave(self.vault, row)
            }
            (true, true) => Ok(()),
        }
    }

    /// The link gave the key of the epoch before; kept where none opened it.
    fn keep_previous_key(&self, epoch_number: u64, previous: Option<sotto_crypto::ThreadKey>) -> Result {
        let Some(previous) = previous else { return Ok(()) };
        let missing = epoch::load(self.vault, self.before.row, epoch_number - 1)?.is_some_and(|epoch| epoch.key.is_none());
        if missing { epoch::store_key(self.vault, self.before.row, epoch_number - 1, &previous.0) } else { Ok(()) }
    }

    /// Whether the event has a line of its own.
    fn take_event(&mut self, place: &EntryRow, line: &mut MessageRow, content: Content) -> Result<bool> {
        match content.event {
            Event::Message(said) => {
                line.text = said.text;
                line.priority = said.priority;
                self.came(line);
                acknowledgement::offer(self.vault, line.thread_row, line.seq, &said.answers).map(|()| true)
            }
            Event::Described(description) => {
                line.kind = MessageKind::Change(message::Change::Described);
                thread::describe(self.vault, self.before.row, line.seq, &description).map(|()| true)
            }
            Event::File(shared) => {
                line.text = line_text(&shared.name, &shared.text);
                line.priority = shared.priority;
                self.came(line);
                file::share(self.vault, self.before.id, self.before.row, line.seq, &shared).map(|()| true)
            }
            Event::Exported(_) => {
                line.kind = MessageKind::Change(message::Change::Exported);
                Ok(true)
            }
            Event::Receipt(receipt) => receipts::take(self.vault, place, receipt, line.mine).map(|()| false),
            Event::Read(mark) if line.mine => receipts::take_mark(self.vault, place, mark).map(|()| false),
            Event::Read(_) => Ok(false),
            Event::Acknowledged(said) => receipts::take_acknowledgement(self.vault, place, said).map(|()| false),
        }
    }

    /// Notes a message of somebody else's, which a receipt is to be given of.
    fn came(&mut self, line: &MessageRow) {
        if self.part == Part::Next && !line.mine {
            self.theirs = Some(line.seq);
        }
    }

    /// Counts one event; an epoch's count is written when the next epoch begins or the batch ends.
    fn events_of(&mut self, epoch_number: u64) -> Result {
        if let Some((current, count)) = &mut self.events
            && *current == epoch_number
        {
            *count += 1;
            return Ok(());
        }
        self.count_events()?;
        self.events = Some((epoch_number, 1));
        Ok(())
    }

    fn count_events(&mut self) -> Result {
        let Some((epoch_number, count)) = self.events.take() else { return Ok(()) };
        epoch::count_events(self.vault, self.before.row, epoch_number, count)
    }
}

/// Where an entry stands, and whose it is.
const fn place(thread_row: i64, judged: &Judged) -> EntryRow {
    let Arrived { header, stamp, .. } = &judged.arrived;
    EntryRow {
        thread_row,
        entry: header.entry,
        stamp: *stamp,
        kind: header.kind,
        epoch: header.epoch,
        author: header.author,
        device: header.device,
    }
}

/// The bit a warning is kept as.
pub(crate) const fn bit(warning: ThreadWarning) -> u32 {
    match warning {
        ThreadWarning::ForkedLog => warning::FORKED_LOG,
        ThreadWarning::MissingEntries => warning::MISSING_ENTRIES,
        ThreadWarning::UnreadableEpoch => warning::UNREADABLE_EPOCH,
        ThreadWarning::ArchiveMismatch => warning::ARCHIVE_MISMATCH,
    }
}

/// Whether the thread was joined midway and what came before is not here.
pub(crate) const fn lacks_history(thread: &ThreadRow) -> bool {
    thread.joined && thread.first_seq > 1
}
