//! How is a message taken back that was never sent? Out of the outbox, unless it may be on the server already.

use sotto_protocol::EntryId;
use sotto_store::table::outbox;

use crate::error::{Attempt as _, Result};
use crate::file::forget_file;
use crate::session::Session;

impl Session {
    /// Discards a failed message, or one that is queued and not sealed yet.
    ///
    /// # Errors
    /// `locked`; `not_found`; `conflict` if it may be on the server already.
    pub async fn discard_message(&self, entry: EntryId) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        let discarded = core.vault.write(move |vault| {
            let row = outbox::load(vault, entry)?;
            outbox::discard(vault, entry)?;
            if let Some(row) = &row {
                forget_file(vault, &row.content)?;
            }
            Ok(row.map(|row| row.thread))
        });
        let thread = call.run(async { discarded.await.attempting("discard the message") }).await?;
        thread.into_iter().for_each(|thread| core.events.thread_changed(thread));
        Ok(())
    }
}
