//! How does a new epoch begin before the next message? Its key entry is kept, sent, and waited for until it, or another's, comes back.

use std::sync::Arc;

use sotto_crypto::ThreadKey;
use sotto_protocol::entry::Anchor;
use sotto_protocol::feed::Outcome;
use sotto_protocol::{EntryId, ErrorCode, ThreadId};
use sotto_store::table::epoch::EpochRow;
use sotto_store::table::outbox::{self, Queued, Sealing};
use sotto_store::table::thread::ThreadRow;
use sotto_store::{Connection, StoreError};

use super::push::post;
use super::queue::{KeyIntent, key_row, rotate_ref};
use super::seal::{NewEpoch, make_epoch};
use crate::error::{ClientError, Result};
use crate::session::Core;

/// What came of beginning an epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rotated {
    /// The thread has this epoch, or a later one, as soon as the feed brings it.
    Awaited(u64),
    /// This device may not.
    Refused(ErrorCode),
}

/// Begins the epoch after `epoch`.
///
/// # Errors
/// Those of the connection and the vault; the same key entry is sent again by the next attempt.
pub(super) async fn rotate(core: &Arc<Core>, thread: &ThreadRow, epoch: &EpochRow) -> Result<Rotated> {
    let number = epoch.epoch + 1;
    let name = rotate_ref(thread.id, number);
    let found = core.vault.read(move |vault| load_made(vault, &name)).await?;
    let (entry, sealing) = match found {
        Some(made) => made,
        None => match make(core, thread, epoch).await? {
            Ok(made) => made,
            Err(code) => return Ok(Rotated::Refused(code)),
        },
    };
    let outcome = post(core, vec![(sealing.sealed, sealing.boxes)]).await?.into_iter().next();
    match outcome {
        Some(Outcome::Stored(_)) | Some(Outcome::Refused { code: ErrorCode::Conflict, .. }) => Ok(Rotated::Awaited(number)),
        // Somebody else was first: theirs comes by the feed, and whether another is due is asked anew.
        Some(Outcome::Refused { code: ErrorCode::StaleEpoch, epoch }) => {
            drop_made(core, entry).await?;
            Ok(Rotated::Awaited(epoch.max(number)))
        }
        Some(Outcome::Refused { code, .. }) => {
            let error = ClientError::new(code, "begin a new epoch");
            if error.is_transient() {
                return Err(error);
            }
            drop_made(core, entry).await?;
            Ok(Rotated::Refused(code))
        }
        None => Err(ClientError::new(ErrorCode::Malformed, "begin a new epoch")),
    }
}

/// Intent and bytes in one transaction, before anything is sent.
async fn make(core: &Arc<Core>, thread: &ThreadRow, epoch: &EpochRow) -> Result<std::result::Result<(EntryId, Sealing), ErrorCode>> {
    let entry = Core::make_id(EntryId::from_bytes);
    let (number, now) = (epoch.epoch + 1, core.clock.wall_ms());
    let (making, epoch) = (Arc::clone(core), epoch.clone());
    let (id, class, head) = (thread.id, thread.class, Anchor { seq: thread.last_seq, hash: thread.chain });
    let made = core
        .compute(move || {
            let previous = epoch.key.map(ThreadKey);
            let members = epoch.members.iter().map(|(account, _)| *account).collect();
            let new = NewEpoch { thread: id, entry, class, number, members, previous: previous.as_ref(), head, now };
            make_epoch(&making, &making.people(), new)
        })
        .await?;
    let sealing = match made {
        Ok(sealing) => sealing,
        Err(code) => return Ok(Err(code)),
    };
    let kept = sealing.clone();
    let queued = core.vault.write(move |vault| keep(vault, id, entry, number, now, &kept)).await?;
    Ok(match queued {
        Queued::New => Ok((entry, sealing)),
        // It was begun and answered before, and still the epoch is not here: the feed has to bring it first.
        Queued::Before(_) => Err(ErrorCode::StaleEpoch),
    })
}

fn keep(
    vault: &Connection,
    id: ThreadId,
    entry: EntryId,
    number: u64,
    now: u64,
    sealing: &Sealing,
) -> std::result::Result<Queued, StoreError> {
    let row = key_row(id, entry, &KeyIntent::Rotate, now, rotate_ref(id, number));
    let queued = outbox::queue(vault, &row)?;
    if queued == Queued::New {
        outbox::seal(vault, entry, sealing)?;
    }
    Ok(queued)
}

fn load_made(vault: &Connection, name: &str) -> std::result::Result<Option<(EntryId, Sealing)>, StoreError> {
    let Some(entry) = outbox::sent(vault, name)? else { return Ok(None) };
    Ok(outbox::load(vault, entry)?.and_then(|row| Some((entry, row.sealing?))))
}

/// Takes a key entry that will not be sent out of the outbox.
pub(super) async fn drop_made(core: &Core, entry: EntryId) -> Result<()> {
    core.vault
        .write(move |vault| {
            outbox::unseal(vault, entry)?;
            outbox::discard(vault, entry)
        })
        .await?;
    Ok(())
}
