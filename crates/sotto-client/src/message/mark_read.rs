//! Up to where has the person read? Their other workstations hear of it by an event of the thread's log that has no line.

use sotto_protocol::event::{Event, ReadMark};
use sotto_protocol::{EntryId, ThreadId};
use sotto_store::table::thread::ThreadRow;
use sotto_store::table::{message, outbox};
use sotto_store::{Connection, StoreError};

use crate::error::{Attempt as _, Result};
use crate::outbox::queue::quiet_row;
use crate::session::{Core, Session};
use crate::thread::load_permitted;

impl Session {
    /// Everything up to and with `seq` counts as read, here and at the person's other workstations. Never marks as unread, so that a screen
    /// that is behind another one takes nothing back.
    ///
    /// # Errors
    /// `locked`, `not_found`, `disk_full`.
    pub async fn mark_read(&self, id: ThreadId, seq: u64) -> Result<()> {
        self.mark(id, move |vault, row| message::mark_read(vault, row, seq)).await
    }

    /// Everything from `seq` on counts as unread, here and at the person's other workstations; nothing where that is so already.
    ///
    /// # Errors
    /// `locked`, `not_found`, `disk_full`.
    pub async fn mark_unread(&self, id: ThreadId, seq: u64) -> Result<()> {
        self.mark(id, move |vault, row| message::mark_unread(vault, row, seq)).await
    }

    /// How many marks wait to be sent; no other count has them, since nobody has to do anything about them.
    ///
    /// # Errors
    /// `locked`.
    pub async fn waiting_marks(&self) -> Result<u64> {
        let call = self.enter()?;
        let counted = call.core().vault.read(outbox::count_marks);
        call.run(async { counted.await.attempting("look at the outbox") }).await
    }

    async fn mark(
        &self,
        id: ThreadId,
        change: impl FnOnce(&Connection, i64) -> std::result::Result<Option<ReadMark>, StoreError> + Send + 'static,
    ) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        let (classes, now) = (core.classes(), core.clock.wall_ms());
        let marked = core.vault.write(move |vault| {
            let thread = load_permitted(vault, classes, id)?;
            let Some(mark) = change(vault, thread.row)? else { return Ok(false) };
            queue_mark(vault, &thread, mark, now).map(|()| true)
        });
        if call.run(async { marked.await.attempting("mark what was read") }).await? {
            core.outbox_wake.notify_one();
            core.events.thread_changed(id);
        }
        Ok(())
    }
}

/// Tells the person's other workstations. Whoever left a thread writes nothing into it.
pub(crate) fn queue_mark(vault: &Connection, thread: &ThreadRow, mark: ReadMark, now: u64) -> std::result::Result<(), StoreError> {
    if !thread.joined {
        return Ok(());
    }
    outbox::queue_mark(vault, &quiet_row(thread.id, Core::make_id(EntryId::from_bytes), Event::Read(mark), now))
}
