//! How the log is read back: what an account missed, merged by position, and a range of one thread.

use rusqlite::Connection;
use sotto_protocol::{AccountId, ThreadId};
use sotto_sqlcipher::Result;

use super::{entry, key_box, membership, meta, thread};
use crate::store::backlog::{Backlog, Lane, Run, find_first};
use crate::store::{PageLimit, StoredEntry, Viewer};

/// What the viewer missed after a position.
pub fn load_backlog(connection: &mut Connection, viewer: Viewer, after: u64) -> Result<Backlog> {
    // One snapshot: what commits meanwhile is above the head and not in the lanes.
    let snapshot = connection.transaction()?;
    let head = meta::load_position(&snapshot)?;
    let mut lanes = Vec::new();
    for stretch in membership::load_missed(&snapshot, viewer.account, after, head)? {
        if !viewer.classes.contains(stretch.class) {
            continue;
        }
        let position_of = |seq| entry::load_position(&snapshot, stretch.thread_row, seq);
        let seq = find_first(stretch.from_seq, stretch.last_seq, after, position_of)?;
        let position = entry::load_position(&snapshot, stretch.thread_row, seq)?;
        lanes.push(Lane { position, thread_row: stretch.thread_row, seq, last_seq: stretch.last_seq });
    }
    Ok(Backlog::new(head, lanes))
}

/// The next page of a backlog and the rest of it. Needs no snapshot: entries never change.
pub fn load_page(
    connection: &Connection,
    account: AccountId,
    mut backlog: Backlog,
    limit: PageLimit,
) -> Result<(Vec<StoredEntry>, Backlog)> {
    let mut page = Page::new(limit);
    while !page.is_full() {
        let Some(run) = backlog.take_run() else { break };
        if let Some(rest) = load_run(connection, account, run, &mut page)? {
            backlog.put_back(rest);
        }
    }
    Ok((page.entries, backlog))
}

/// Reads one lane while it is its turn; what is left of it.
fn load_run(connection: &Connection, account: AccountId, run: Run, page: &mut Page) -> Result<Option<Lane>> {
    let mut rest = None;
    let lane = run.lane;
    entry::load_stretch(connection, lane.thread_row, lane.seq, lane.last_seq, |stamp, row| {
        if page.is_full() || stamp.position > run.below {
            rest = Some(Lane { position: stamp.position, seq: stamp.seq, ..lane });
            return Ok(false);
        }
        page.push(load_entry(connection, account, lane.thread_row, row.load(stamp)?)?);
        Ok(true)
    })?;
    Ok(rest)
}

/// A page of a thread's range, `None` for whoever is not in the thread now.
pub fn load_range(
    connection: &mut Connection,
    viewer: Viewer,
    thread: ThreadId,
    (from, to): (u64, u64),
    limit: PageLimit,
) -> Result<Option<Vec<StoredEntry>>> {
    let snapshot = connection.transaction()?;
    let Some((thread_row, last_seq)) = find_thread(&snapshot, viewer, thread)? else { return Ok(None) };
    let mut page = Page::new(limit);
    entry::load_stretch(&snapshot, thread_row, from.min(last_seq + 1), to.min(last_seq), |stamp, row| {
        if page.is_full() {
            return Ok(false);
        }
        page.push(load_entry(&snapshot, viewer.account, thread_row, row.load(stamp)?)?);
        Ok(true)
    })?;
    Ok(Some(page.entries))
}

/// The last position, and the threads the viewer is in.
pub fn list_threads(connection: &mut Connection, viewer: Viewer) -> Result<(u64, Vec<ThreadId>)> {
    let snapshot = connection.transaction()?;
    let position = meta::load_position(&snapshot)?;
    let all = membership::list_threads(&snapshot, viewer.account)?.into_iter();
    Ok((position, all.filter(|(_, class)| viewer.classes.contains(*class)).map(|(thread, _)| thread).collect()))
}

/// A thread's short name and last seq, `None` for whoever is not in it now or may not be.
pub(super) fn find_thread(snapshot: &Connection, viewer: Viewer, thread: ThreadId) -> Result<Option<(i64, u64)>> {
    let Some((row, last_seq, class)) = thread::load_row(snapshot, thread)? else { return Ok(None) };
    let sees = viewer.classes.contains(class) && membership::is_member(snapshot, viewer.account, row)?;
    Ok(sees.then_some((row, last_seq)))
}

/// Entries that are looked through, and sent, for one that is not quiet, at most: a new vault waits for them.
const QUIET_SHARE: u64 = 8;

/// A page of what is needed of a thread first, `None` for whoever is not in the thread now.
pub fn load_outline(
    connection: &mut Connection,
    viewer: Viewer,
    thread: ThreadId,
    (newest, from): (u64, u64),
    limit: PageLimit,
) -> Result<Option<Vec<StoredEntry>>> {
    let snapshot = connection.transaction()?;
    let Some((thread_row, last_seq)) = find_thread(&snapshot, viewer, thread)? else { return Ok(None) };
    let mut page = Page::new(limit);
    let mut take = |stamp, row: &entry::EntryRow<'_>| {
        if page.is_full() {
            return Ok(false);
        }
        page.push(load_entry(&snapshot, viewer.account, thread_row, row.load(stamp)?)?);
        Ok(true)
    };
    let least = (last_seq + 1).saturating_sub(newest.saturating_mul(QUIET_SHARE)).max(1);
    let newest_from = entry::newest_from(&snapshot, thread_row, least, last_seq, newest)?;
    if from < newest_from {
        entry::load_telling(&snapshot, thread_row, from, newest_from - 1, &mut take)?;
    }
    // Where the page is full, the rest is for the next one.
    entry::load_stretch(&snapshot, thread_row, from.max(newest_from), last_seq, &mut take)?;
    Ok(Some(page.entries))
}

fn load_entry(
    connection: &Connection,
    account: AccountId,
    thread_row: i64,
    (mut entry, is_key): (StoredEntry, bool),
) -> Result<StoredEntry> {
    if is_key {
        entry.key_box = key_box::load(connection, thread_row, entry.stamp.seq, account)?;
    }
    Ok(entry)
}

struct Page {
    entries: Vec<StoredEntry>,
    bytes: usize,
    limit: PageLimit,
}

impl Page {
    const fn new(limit: PageLimit) -> Self {
        Self { entries: Vec::new(), bytes: 0, limit }
    }

    const fn is_full(&self) -> bool {
        self.entries.len() >= self.limit.entries || (self.bytes >= self.limit.bytes && !self.entries.is_empty())
    }

    fn push(&mut self, entry: StoredEntry) {
        self.bytes += entry.bytes.len() + entry.key_box.as_ref().map_or(0, Vec::len);
        self.entries.push(entry);
    }
}
