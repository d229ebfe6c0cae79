//! How is a thread described anew? By an event like any other; the newest one holds.

use sotto_protocol::event::Event;
use sotto_protocol::{EntryId, ThreadId};
use sotto_store::table::outbox;

use super::{description, load_permitted};
use crate::error::{Attempt as _, Result};
use crate::outbox::queue::event_row;
use crate::session::{Core, Session};
use crate::view::PatientView;

impl Session {
    /// Says what a thread is about, in place of what was said before. Shown when it comes back from the server.
    ///
    /// # Errors
    /// `locked`, `not_found`, `too_large`, `malformed`, `vault_rolled_back`; those of the vault.
    pub async fn describe_thread(
        &self,
        id: ThreadId,
        title: Option<String>,
        patient: Option<PatientView>,
        reason: Option<String>,
    ) -> Result<EntryId> {
        let call = self.enter()?;
        let core = call.core();
        core.check_may_send()?;
        let (entry, now, classes) = (Core::make_id(EntryId::from_bytes), core.clock.wall_ms(), core.classes());
        let event = event_row(id, entry, Event::Described(description(title, patient, reason)), now, None)?;
        let queued = core.vault.write(move |vault| {
            load_permitted(vault, classes, id)?;
            outbox::queue(vault, &event)
        });
        call.run(async { queued.await.attempting("describe the thread") }).await?;
        core.outbox_wake.notify_one();
        core.events.thread_changed(id);
        Ok(entry)
    }
}
