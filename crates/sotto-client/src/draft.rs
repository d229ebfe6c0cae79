//! Where is what somebody was writing? In the vault, one draft a thread.

use sotto_protocol::ThreadId;
use sotto_store::table::draft::{self, DraftRow};

use crate::error::{Attempt as _, Result};
use crate::session::Session;
use crate::thread::load_permitted;
use crate::view::DraftView;

impl Session {
    /// The draft of a thread.
    ///
    /// # Errors
    /// `locked`, `not_found`.
    pub async fn draft(&self, thread: ThreadId) -> Result<Option<DraftView>> {
        let call = self.enter()?;
        let classes = call.core().classes();
        let load = call.core().vault.read(move |vault| {
            load_permitted(vault, classes, thread)?;
            draft::load(vault, thread)
        });
        let found = call.run(async { load.await.attempting("load the draft") }).await?;
        Ok(found.map(|row| DraftView { text: row.text, priority: row.priority }))
    }

    /// Keeps the draft of a thread, or forgets it. Durable on return. A thread that gains or loses its draft has changed.
    ///
    /// # Errors
    /// `locked`, `not_found`, `disk_full`.
    pub async fn save_draft(&self, thread: ThreadId, draft: Option<DraftView>) -> Result<()> {
        let call = self.enter()?;
        let updated_at = call.core().clock.wall_ms();
        let row =
            draft.filter(|draft| !draft.text.is_empty()).map(|draft| DraftRow { text: draft.text, priority: draft.priority, updated_at });
        let classes = call.core().classes();
        let save = call.core().vault.write(move |vault| {
            load_permitted(vault, classes, thread)?;
            let had = draft::load(vault, thread)?.is_some();
            match &row {
                Some(row) => draft::store(vault, thread, row)?,
                None => draft::delete(vault, thread)?,
            }
            Ok(had != row.is_some())
        });
        let changed = call.run(async { save.await.attempting("keep the draft") }).await?;
        if changed {
            call.core().events.thread_changed(thread);
        }
        Ok(())
    }
}
