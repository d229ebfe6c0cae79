//! How does a person take note of a message? By an event of its own, with one of the answers that its sender offers; that is more than reading.

use sotto_protocol::event::Event;
use sotto_protocol::receipt::{Acknowledgement, Answer};
use sotto_protocol::{EntryId, ErrorCode, ThreadId};
use sotto_store::table::message::{self, MessageKind};
use sotto_store::table::outbox::{self, NewOutboxRow};
use sotto_store::table::receipt::acknowledgement;
use sotto_store::table::{entry, thread};
use sotto_store::{Connection, StoreError};

use crate::error::{Attempt as _, ClientError, Result};
use crate::outbox::queue::event_row;
use crate::session::{Core, Session};

impl Session {
    /// Acknowledges somebody's message. On return it is on the disk; the others see it when the server has it. A second one takes the place of
    /// the first.
    ///
    /// # Errors
    /// `locked`; `not_found` where there is no such message of somebody else; `not_a_member`; `malformed` for an answer that it does not offer;
    /// `vault_rolled_back`.
    pub async fn acknowledge(&self, id: ThreadId, message: EntryId, answer: Option<Answer>) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        core.check_may_send()?;
        let classes = core.classes();
        let said = Event::Acknowledged(Acknowledgement { message, answer: answer.clone() });
        let row = event_row(id, Core::make_id(EntryId::from_bytes), said, core.clock.wall_ms(), None)?;
        let queued = core.vault.write(move |vault| {
            let thread = crate::thread::load_permitted(vault, classes, id)?;
            queue(vault, &thread, message, answer.as_ref(), &row)
        });
        let refused = call.run(async { queued.await.attempting("acknowledge") }).await?;
        if let Some(code) = refused {
            return Err(ClientError::new(code, "acknowledge"));
        }
        core.outbox_wake.notify_one();
        core.events.thread_changed(id);
        Ok(())
    }
}

/// Queues it, or gives the code of one that cannot be.
fn queue(
    vault: &Connection,
    thread: &thread::ThreadRow,
    id: EntryId,
    answer: Option<&Answer>,
    row: &NewOutboxRow,
) -> std::result::Result<Option<ErrorCode>, StoreError> {
    if !thread.joined {
        return Ok(Some(ErrorCode::NotAMember));
    }
    let place = entry::load_by_id(vault, thread.row, id)?;
    let line = place.map(|place| message::load(vault, thread.row, place.stamp.seq)).transpose()?.flatten();
    let Some(line) = line.filter(|line| line.kind == MessageKind::Message && !line.mine) else {
        return Ok(Some(ErrorCode::NotFound));
    };
    let offered = acknowledgement::offered(vault, thread.row, line.seq, line.seq)?.remove(&line.seq).unwrap_or_default();
    if answer.is_some_and(|answer| !offered.contains(answer)) {
        return Ok(Some(ErrorCode::Malformed));
    }
    outbox::queue(vault, row)?;
    Ok(None)
}
