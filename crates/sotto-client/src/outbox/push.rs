//! How does the outbox empty itself? In order, one request in flight, the same bytes again after a time-out, sealed anew after a stale epoch.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use serde_bytes::ByteBuf;
use sotto_crypto::OsRandom;
use sotto_crypto::random::make_bytes;
use sotto_protocol::feed::{Append, AppendRequest, Outcome};
use sotto_protocol::{AccountId, EntryId, ErrorCode, ThreadId, limits};
use sotto_store::table::outbox::{self, OutboxRow, Sealing};

use super::prepare::{Prepared, prepare};
use crate::error::{ClientError, Result};
use crate::session::Core;
use crate::sync::backoff::Backoff;

/// Entries that may wait for their echo; above it the outbox waits for the feed.
const AWAITED: usize = 2_048;
/// How often a vault that may not send yet is looked at, besides being told.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the loop knows between requests. Nothing of it outlives the process: after a restart the same bytes are sent again.
#[derive(Default)]
pub(super) struct Pushing {
    /// Entries the server has, until their echo.
    pub awaited: HashSet<EntryId>,
    /// Threads whose epoch must be at least this before anything more is sealed.
    pub held: HashMap<ThreadId, u64>,
}

/// What one look at the outbox came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Something was sent: look again at once.
    Sent,
    /// Nothing can be sent until something changes.
    Idle,
}

/// Empties the outbox until the device or the account is out. Ends otherwise only by being dropped.
pub(crate) async fn run(core: Arc<Core>) {
    let mut pushing = Pushing::default();
    let mut backoff = Backoff::default();
    let mut commits = core.commits.subscribe();
    loop {
        let stepped = if core.is_rolled_back() { Ok(Step::Idle) } else { step(&core, &mut pushing).await };
        match stepped {
            Ok(Step::Sent) => backoff.reset(),
            Ok(Step::Idle) => {
                let waits = !pushing.awaited.is_empty() || !pushing.held.is_empty();
                tokio::select! {
                    () = core.outbox_wake.notified() => {}
                    _ = commits.changed(), if waits => {}
                    () = tokio::time::sleep(PATIENCE), if waits => pushing.awaited.clear(),
                }
            }
            Err(error) if error.code.shuts_out() => return core.set_shut_out(error.code),
            Err(error) if error.code == ErrorCode::Locked => return,
            Err(error) => {
                tracing::info!(%error, "the outbox waits");
                core.workstation.note_error(error.code);
                let wait = backoff.next(u32::from_be_bytes(make_bytes(&mut OsRandom::new()))).max(error.retry_after.unwrap_or_default());
                tokio::select! {
                    () = tokio::time::sleep(wait) => {}
                    () = core.outbox_wake.notified() => {}
                }
            }
        }
    }
}

async fn step(core: &Arc<Core>, pushing: &mut Pushing) -> Result<Step> {
    let limit = u32::try_from(pushing.awaited.len() + limits::APPEND_ENTRIES).unwrap_or(u32::MAX);
    let rows = core.vault.read(move |vault| outbox::next(vault, limit)).await?;
    let here: HashSet<EntryId> = rows.iter().map(|row| row.entry).collect();
    pushing.awaited.retain(|entry| here.contains(entry));
    if pushing.awaited.len() >= AWAITED {
        return Ok(Step::Idle);
    }
    let rows: Vec<OutboxRow> = rows.into_iter().filter(|row| !pushing.awaited.contains(&row.entry)).collect();
    let Prepared { ready, progressed } = prepare(core, pushing, rows).await?;
    if ready.is_empty() {
        return Ok(if progressed { Step::Sent } else { Step::Idle });
    }
    let ready = within_limits(ready);
    let bytes = ready.iter().map(|(_, sealing)| (sealing.sealed.clone(), sealing.boxes.clone())).collect();
    let outcomes = post(core, bytes).await?;
    settle(core, pushing, ready.into_iter().map(|(row, _)| row).zip(outcomes).collect()).await?;
    Ok(Step::Sent)
}

/// The first entries that fit into one request; at least one.
fn within_limits(mut ready: Vec<(OutboxRow, Sealing)>) -> Vec<(OutboxRow, Sealing)> {
    let mut bytes = 0;
    let fitting = ready.iter().take(limits::APPEND_ENTRIES).take_while(|(_, sealing)| {
        bytes += sealing.sealed.len() + 64 + sealing.boxes.iter().map(|(_, sealed)| sealed.len() + 32).sum::<usize>();
        bytes <= limits::APPEND_BYTES
    });
    let count = fitting.count().max(1);
    ready.truncate(count);
    ready
}

/// An encoded entry and, of a key entry, each member's encoded box.
pub(super) type Parcel = (Vec<u8>, Vec<(AccountId, Vec<u8>)>);

/// Sends entries in order; one outcome each.
pub(super) async fn post(core: &Core, entries: Vec<Parcel>) -> Result<Vec<Outcome>> {
    let appends = entries.into_iter().map(|(sealed, boxes)| {
        let boxes = boxes.into_iter().map(|(account, sealed)| (account, ByteBuf::from(sealed))).collect();
        Append(ByteBuf::from(sealed), boxes)
    });
    Ok(core.http.push_entries(&core.signer, AppendRequest(appends.collect())).await?.0)
}

/// Takes the answers in. A transient refusal is an error after the others are settled, so that the loop waits before it tries again.
async fn settle(core: &Arc<Core>, pushing: &mut Pushing, answered: Vec<(OutboxRow, Outcome)>) -> Result<()> {
    let (mut failed, mut transient) = (Vec::new(), None);
    for (row, outcome) in answered {
        match outcome {
            // On the server; what is on the screen changes when it comes back in the feed.
            Outcome::Stored(_) | Outcome::Refused { code: ErrorCode::Conflict, .. } => {
                pushing.awaited.insert(row.entry);
            }
            Outcome::Refused { code: ErrorCode::StaleEpoch, epoch } => {
                let beyond = row.sealing.as_ref().map_or(0, |sealing| sealing.epoch + 1);
                pushing.held.insert(row.thread, epoch.max(beyond));
            }
            Outcome::Refused { code, .. } => {
                let error = ClientError::new(code, "send what is in the outbox");
                if error.is_transient() { transient = Some(error) } else { failed.push((row.thread, row.entry, code)) }
            }
        }
    }
    fail(core, failed).await?;
    transient.map_or(Ok(()), Err)
}

/// Marks rows as failed; they stay until somebody retries or discards them.
pub(super) async fn fail(core: &Core, failed: Vec<(ThreadId, EntryId, ErrorCode)>) -> Result<()> {
    if failed.is_empty() {
        return Ok(());
    }
    let threads = failed.iter().map(|(thread, ..)| *thread).collect();
    core.vault.write(move |vault| failed.into_iter().try_for_each(|(_, entry, code)| outbox::fail(vault, entry, code))).await?;
    core.events.threads_changed(threads);
    Ok(())
}
