//! How is a message that was refused sent again? It goes back to its place in the order.

use sotto_protocol::EntryId;
use sotto_store::table::outbox;

use crate::error::{Attempt as _, Result};
use crate::session::Session;

impl Session {
    /// Sends a failed message again.
    ///
    /// # Errors
    /// `locked`; `not_found` if it has not failed; `vault_rolled_back`.
    pub async fn retry_message(&self, entry: EntryId) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        core.check_may_send()?;
        let retried = core.vault.write(move |vault| {
            outbox::retry(vault, entry)?;
            Ok(outbox::load(vault, entry)?.map(|row| row.thread))
        });
        let thread = call.run(async { retried.await.attempting("send the message again") }).await?;
        core.outbox_wake.notify_one();
        thread.into_iter().for_each(|thread| core.events.thread_changed(thread));
        Ok(())
    }
}
