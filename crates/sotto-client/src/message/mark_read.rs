//! Up to where has the person read? Their other workstations hear of it by an event of the thread's log that has no line.

use sotto_protocol::directory::DirectoryHead;
use sotto_protocol::entry::{Anchor, EntryKind};
use sotto_protocol::event::{Content, Event, ReadMark};
use sotto_protocol::{EntryId, ThreadId, cbor};
use sotto_store::table::message;
use sotto_store::table::outbox::{self, NewOutboxRow};
use sotto_store::{Connection, StoreError};

use crate::error::{Attempt as _, Result};
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
        let counted = call.core().vault.read(outbox::count_quiet);
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
            // Whoever left a thread writes nothing into it.
            if thread.joined {
                outbox::queue_mark(vault, &row_of(id, mark, now))?;
            }
            Ok(true)
        });
        if call.run(async { marked.await.attempting("mark what was read") }).await? {
            core.outbox_wake.notify_one();
            core.events.thread_changed(id);
        }
        Ok(())
    }
}

/// The mark as it waits to be sent. Its anchor is set when it is sealed.
fn row_of(thread: ThreadId, mark: ReadMark, now: u64) -> NewOutboxRow {
    let content = Content { event: Event::Read(mark), sent_at: now, anchor: Anchor::START, directory: DirectoryHead::START };
    NewOutboxRow {
        thread,
        entry: Core::make_id(EntryId::from_bytes),
        kind: EntryKind::Event,
        content: cbor::encode(&content),
        created_at: now,
        client_ref: None,
    }
}
