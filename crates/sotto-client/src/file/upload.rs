//! How do files get to the server? One after another, chunk by chunk, from where it stopped; its message follows when the server has all.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use sotto_crypto::OsRandom;
use sotto_crypto::random::make_bytes;
use sotto_protocol::event::Event;
use sotto_protocol::file::{SharedFile, chunks_of};
use sotto_protocol::key::Hash;
use sotto_protocol::verify::{file_hash, sha256};
use sotto_protocol::{EntryId, ErrorCode, ThreadId};
use sotto_store::table::file::{self, FileRow, FileState, chunk};
use sotto_store::table::{outbox, thread};

use crate::error::{ClientError, Result};
use crate::outbox::queue::event_row;
use crate::session::Core;
use crate::sync::backoff::Backoff;

/// How often threads are looked at again that the server does not have yet.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a look at the queue came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A file is done, or gone.
    Done,
    /// There is none that can be sent now.
    Idle,
}

/// Sends what is queued until the device or the account is out. Ends otherwise only by being dropped.
pub(crate) async fn run(core: Arc<Core>) {
    let mut backoff = Backoff::default();
    let mut commits = core.commits.subscribe();
    loop {
        let stepped = if core.is_rolled_back() { Ok(Step::Idle) } else { step(&core).await };
        match stepped {
            Ok(Step::Done) => backoff.reset(),
            Ok(Step::Idle) => tokio::select! {
                () = core.files.wake.notified() => {}
                // A thread that was only here may be on the server now.
                _ = commits.changed() => {}
                () = tokio::time::sleep(PATIENCE) => {}
            },
            Err(error) if error.code.shuts_out() => return core.set_shut_out(error.code),
            Err(error) if error.code == ErrorCode::Locked => return,
            Err(error) => {
                tracing::info!(%error, "a file waits");
                core.workstation.note_error(error.code);
                let wait = backoff.next(u32::from_be_bytes(make_bytes(&mut OsRandom::new()))).max(error.retry_after.unwrap_or_default());
                tokio::select! {
                    () = tokio::time::sleep(wait) => {}
                    () = core.files.wake.notified() => {}
                }
            }
        }
    }
}

async fn step(core: &Arc<Core>) -> Result<Step> {
    let next = core.vault.read(|vault| {
        for row in file::queued(vault)? {
            // Of a thread without an epoch the server knows nothing yet.
            if thread::load(vault, row.thread)?.is_some_and(|thread| thread.epoch > 0) {
                return Ok(Some(row));
            }
        }
        Ok(None)
    });
    let Some(row) = next.await? else { return Ok(Step::Idle) };
    let (place, id) = (row.row, row.thread);
    let sent = send(core, row).await;
    core.files.sent().remove(&place);
    match sent {
        Err(error) if !waits(&error) => {
            core.vault.write(move |vault| file::set_state(vault, place, FileState::Failed(error.code))).await?;
        }
        sent => sent?,
    }
    core.events.thread_changed(id);
    Ok(Step::Done)
}

/// Whether the same file may go through later, or the session ends.
const fn waits(error: &ClientError) -> bool {
    error.is_transient() || error.code.shuts_out() || matches!(error.code, ErrorCode::Locked | ErrorCode::Throttled | ErrorCode::ClockSkew)
}

/// Brings what the server lacks, then queues the message.
async fn send(core: &Arc<Core>, row: FileRow) -> Result<()> {
    let (place, id, shared) = (row.row, row.thread, row.shared);
    let chunks = chunks_of(shared.bytes);
    let stored: BTreeSet<u32> = match core.http.fetch_file_stored(&core.signer, id, shared.file).await {
        Ok(stored) => stored.stored.into_iter().collect(),
        Err(error) if error.code == ErrorCode::NotFound => BTreeSet::new(),
        Err(error) => return Err(error),
    };
    let mut hashes: Vec<Hash> = Vec::with_capacity(chunks as usize);
    for number in 0..chunks {
        let load = core.vault.read(move |vault| {
            let queued = file::load_outgoing(vault, shared.file)?.is_some_and(|row| row.state == FileState::Queued);
            if queued { chunk::load(vault, place, number) } else { Ok(None) }
        });
        // Somebody took it back meanwhile.
        let Some(sealed) = load.await? else { return Ok(()) };
        hashes.push(sha256(&[&sealed]));
        if !stored.contains(&number) {
            core.http.push_file_chunk(&core.signer, id, shared.file, (number, chunks), sealed).await?;
        }
        core.files.sent().insert(place, number + 1);
        core.events.thread_changed(id);
    }
    hand_over(core, place, id, SharedFile { hash: file_hash(&hashes), ..shared }).await
}

/// The message into the outbox, and the file out of this queue, in one transaction.
async fn hand_over(core: &Arc<Core>, place: i64, id: ThreadId, shared: SharedFile) -> Result<()> {
    let now = core.clock.wall_ms();
    let entry = Core::make_id(EntryId::from_bytes);
    let event = event_row(id, entry, Event::File(shared.clone()), now, Some(format!("sotto/file/{}", shared.file)))?;
    let handed = core.vault.write(move |vault| {
        file::describe(vault, place, &shared)?;
        file::set_state(vault, place, FileState::HandedOver)?;
        outbox::queue(vault, &event)?;
        let row = thread::load_required(vault, id)?.row;
        thread::touch(vault, row, now)
    });
    handed.await?;
    core.outbox_wake.notify_one();
    Ok(())
}
