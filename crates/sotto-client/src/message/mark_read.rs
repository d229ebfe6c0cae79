//! Up to where has the person read?

use sotto_protocol::ThreadId;
use sotto_store::table::message;

use crate::error::{Attempt as _, Result};
use crate::session::Session;
use crate::thread::load_permitted;

impl Session {
    /// Everything up to and with `seq` counts as read; a smaller one than before marks as unread from there.
    ///
    /// # Errors
    /// `locked`, `not_found`.
    pub async fn mark_read(&self, id: ThreadId, seq: u64) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        let classes = core.classes();
        let marked = core.vault.write(move |vault| {
            let thread = load_permitted(vault, classes, id)?;
            // The same again is no reason to write.
            if thread.read_seq == seq && thread.unread == 0 {
                return Ok(false);
            }
            message::mark_read(vault, thread.row, seq).map(|_| true)
        });
        if call.run(async { marked.await.attempting("mark as read") }).await? {
            core.events.thread_changed(id);
        }
        Ok(())
    }
}
