//! When does a device say how far it has come? Some moments after it came further, once for all messages since, while the server is there.

use std::sync::Arc;
use std::time::Duration;

use sotto_protocol::EntryId;
use sotto_protocol::event::Event;
use sotto_protocol::receipt::Receipt;
use sotto_store::table::outbox;
use sotto_store::table::receipt::own_mark::{self, Due};
use sotto_store::{Connection, StoreError};

use crate::error::Result;
use crate::outbox::queue::quiet_row;
use crate::session::Core;
use crate::view;

/// How long marks are gathered, where the workstation's options do not say otherwise: longer than a message is looked at before it counts as
/// displayed, so that somebody who sits there says both at once, and a burst of messages gets one receipt.
pub(crate) const GATHER: Duration = Duration::from_millis(2_500);
/// Receipts of one transaction, at most.
const BATCH: u32 = 250;

/// Says it until the session ends. Ends only by being dropped; what was not said then is said by the next session.
pub(crate) async fn run(core: Arc<Core>) {
    let mut commits = core.commits.subscribe();
    let mut connection = core.watch_connection();
    loop {
        if core.connection() == view::Connection::Online && !core.is_rolled_back() {
            match say(&core).await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::info!(%error, "receipts wait"),
            }
        }
        tokio::select! {
            _ = commits.changed() => {}
            _ = connection.changed() => {}
            () = core.receipt_wake.notified() => {}
        }
        tokio::time::sleep(core.workstation.receipt_gather()).await;
        commits.borrow_and_update();
        connection.borrow_and_update();
    }
}

/// Queues what there is to say; true where there may be more.
async fn say(core: &Arc<Core>) -> Result<bool> {
    let now = core.clock.wall_ms();
    let queued = core.vault.write(move |vault| {
        let due = own_mark::due(vault, BATCH)?;
        let more = due.len() >= BATCH as usize;
        let mut queued = 0;
        for one in &due {
            queued += usize::from(queue(vault, one, now)?);
        }
        Ok((queued, more))
    });
    let (queued, more) = queued.await?;
    if queued > 0 {
        core.outbox_wake.notify_one();
    }
    Ok(more)
}

/// Queues one receipt, unless nobody would learn from it: what was read elsewhere needs no word that it is stored here as well.
fn queue(vault: &Connection, due: &Due, now: u64) -> std::result::Result<bool, StoreError> {
    own_mark::note_said(vault, due)?;
    if !due.joined || (!due.displays && due.unread == 0) {
        return Ok(false);
    }
    let event = Event::Receipt(Receipt { stored: due.stored, displayed: due.displayed });
    outbox::queue_receipt(vault, &quiet_row(due.thread, Core::make_id(EntryId::from_bytes), event, now))?;
    Ok(true)
}
