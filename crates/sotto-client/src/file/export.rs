//! How does a file leave Sotto? For who is permitted it, with the password once more, and only after the thread says who saved it.

use std::io;

use sotto_crypto::vault_key::Opener;
use sotto_protocol::event::Event;
use sotto_protocol::file::{ExportedFile, chunks_of};
use sotto_protocol::role::Permission;
use sotto_protocol::{EntryId, ErrorCode, ThreadId};
use sotto_store::table::{message, outbox};

use super::content::{load_of, read_chunk};
use crate::error::{Attempt as _, ClientError, Result};
use crate::outbox::queue::event_row;
use crate::session::{Core, Session};
use crate::thread::load_permitted;
use crate::view::Password;

const ATTEMPTED: &str = "save the file";

impl Session {
    /// Writes a message's file, whose parts must be here, to `to`, which keeps it in the clear. That it was saved, and by whom, is an entry of
    /// the thread, safe in the outbox before the first byte is written.
    ///
    /// # Errors
    /// `locked`; `not_permitted` without the permission `export`; `not_found`, `malformed` of a message without a file, `not_a_member`,
    /// `vault_rolled_back`; `wrong_password` and `throttled` for the password; `file_damaged`; `disk_full` where `to` takes no more.
    pub async fn export_file(&self, thread: ThreadId, seq: u64, password: &Password, to: &mut (dyn io::Write + Send)) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        core.check_may_send()?;
        if !core.people().directory.permits(&core.account, Permission::Export) {
            return Err(ClientError::new(ErrorCode::NotPermitted, ATTEMPTED));
        }
        let save = async {
            let row = load_of(core, thread, seq).await?;
            let unlocked = core.workstation.unlock(core.account, Opener::Password, password, &core.http).await?;
            drop(unlocked);
            // All of it opens before anybody is told that it left.
            for number in 0..chunks_of(row.shared.bytes) {
                read_chunk(core, &row, number).await?;
            }
            record(core, thread, seq).await?;
            for number in 0..chunks_of(row.shared.bytes) {
                let part = read_chunk(core, &row, number).await?;
                to.write_all(part.as_bytes()).map_err(|error| unwritten(&error))?;
            }
            to.flush().map_err(|error| unwritten(&error))
        };
        call.run(save).await
    }
}

/// Says in the thread that the file of a line was saved.
async fn record(core: &Core, thread: ThreadId, seq: u64) -> Result<()> {
    let (classes, now, entry) = (core.classes(), core.clock.wall_ms(), Core::make_id(EntryId::from_bytes));
    let queued = core.vault.write(move |vault| {
        let known = load_permitted(vault, classes, thread)?;
        let line = message::load(vault, known.row, seq)?.ok_or(sotto_store::StoreError::NotFound("message"))?;
        if !known.joined {
            return Ok(false);
        }
        let event = event_row(thread, entry, Event::Exported(ExportedFile { entry: line.entry }), now, None);
        let event = event.map_err(|_| sotto_store::StoreError::NotFound("message"))?;
        outbox::queue(vault, &event)?;
        Ok(true)
    });
    if !queued.await.attempting(ATTEMPTED)? {
        return Err(ClientError::new(ErrorCode::NotAMember, ATTEMPTED));
    }
    core.outbox_wake.notify_one();
    core.events.thread_changed(thread);
    Ok(())
}

fn unwritten(error: &io::Error) -> ClientError {
    let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    ClientError::new(if full { ErrorCode::DiskFull } else { ErrorCode::Internal }, ATTEMPTED)
}
