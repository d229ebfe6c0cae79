//! What was on the screen? Said by whoever watches it: a part of a thread, focused, unlocked and for two seconds; it counts as read.

use sotto_protocol::ThreadId;
use sotto_store::table::message;
use sotto_store::table::receipt::own_mark;
use sotto_store::table::thread::ThreadRow;
use sotto_store::{Connection, StoreError};

use crate::error::{Attempt as _, Result};
use crate::message::mark_read::queue_mark;
use crate::session::Session;
use crate::thread::load_permitted;

impl Session {
    /// The lines from `from` to `to` were on the screen for two seconds, and the window was focused. Everything up to `to` counts as displayed and
    /// read, unless there is an unread message before `from`: a mark stands for all before it, so it never jumps over one. Where something was
    /// marked as unread before, the person's other workstations hear of it by a mark; otherwise the receipt tells them.
    ///
    /// # Errors
    /// `locked`, `not_found`, `disk_full`.
    pub async fn note_displayed(&self, id: ThreadId, from: u64, to: u64) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        let (classes, now) = (core.classes(), core.clock.wall_ms());
        let noted = core.vault.write(move |vault| note(vault, &load_permitted(vault, classes, id)?, (from, to), now));
        if call.run(async { noted.await.attempting("note what was displayed") }).await? {
            core.outbox_wake.notify_one();
            core.events.thread_changed(id);
        }
        core.receipt_wake.notify_one();
        Ok(())
    }
}

/// Whether what is unread changed.
fn note(vault: &Connection, thread: &ThreadRow, (from, to): (u64, u64), now: u64) -> std::result::Result<bool, StoreError> {
    let (row, to) = (thread.row, to.min(thread.last_seq));
    let known = own_mark::displayed(vault, row)?.max(thread.read_seq);
    if own_mark::count_theirs(vault, row, known, from)? > 0 {
        return Ok(false);
    }
    if let Some(seq) = own_mark::newest_theirs(vault, row, to)? {
        own_mark::note_displayed(vault, row, seq)?;
    }
    // What was on a screen once and was marked as unread since is there to be come back to: no jump passes it by.
    if to <= thread.read_seq || own_mark::count_theirs(vault, row, thread.read_seq, from)? > 0 {
        return Ok(false);
    }
    let Some(mark) = message::mark_read(vault, row, to)? else { return Ok(false) };
    if mark.turn > 0 {
        queue_mark(vault, thread, mark, now)?;
    }
    Ok(true)
}
