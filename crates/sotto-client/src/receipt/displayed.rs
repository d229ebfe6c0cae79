//! What was on the screen? Said by whoever watches it: a part of a thread, focused, unlocked and for two seconds; it counts as read.

use sotto_protocol::ThreadId;
use sotto_store::table::message;
use sotto_store::table::receipt::own_mark;
use sotto_store::table::thread::ThreadRow;
use sotto_store::{Connection, StoreError};

use crate::error::{Attempt as _, Result};
use crate::session::Session;
use crate::thread::load_permitted;

impl Session {
    /// The lines from `from` to `to` were on the screen for two seconds, and the window was focused. Everything up to `to` counts as displayed and
    /// read, unless there is an unread message before `from`: a mark stands for all before it, so it never jumps over one.
    ///
    /// # Errors
    /// `locked`, `not_found`.
    pub async fn note_displayed(&self, id: ThreadId, from: u64, to: u64) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        let classes = core.classes();
        let noted = core.vault.write(move |vault| note(vault, &load_permitted(vault, classes, id)?, from, to));
        if call.run(async { noted.await.attempting("note what was displayed") }).await? {
            core.events.thread_changed(id);
        }
        core.receipt_wake.notify_one();
        Ok(())
    }
}

/// Whether what is unread changed.
fn note(vault: &Connection, thread: &ThreadRow, from: u64, to: u64) -> std::result::Result<bool, StoreError> {
    let (row, to) = (thread.row, to.min(thread.last_seq));
    let known = own_mark::displayed(vault, row)?.max(thread.read_seq);
    if own_mark::count_theirs(vault, row, known, from)? > 0 {
        return Ok(false);
    }
    if let Some(seq) = own_mark::newest_theirs(vault, row, to)? {
        own_mark::note_displayed(vault, row, seq)?;
    }
    if to <= thread.read_seq {
        return Ok(false);
    }
    message::mark_read(vault, row, to)?;
    Ok(true)
}
