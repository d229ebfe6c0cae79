//! How does a new epoch begin before the next message? Its key entry is kept, sent, and waited for until it, or another's, comes back.

use std::sync::Arc;

use sotto_crypto::ThreadKey;
use sotto_protocol::entry::Anchor;
use sotto_protocol::feed::Outcome;
use sotto_protocol::{AccountId, EntryId, ErrorCode};
use sotto_store::table::epoch::EpochRow;
use sotto_store::table::outbox::{self, Queued, Sealing};
use sotto_store::table::thread::ThreadRow;
use sotto_store::{Connection, StoreError};

use super::push::{fail, post};
use super::queue::{KeyIntent, key_row, rotate_ref};
use super::seal::{NewEpoch, make_epoch};
use crate::error::{ClientError, Result};
use crate::session::Core;
use crate::sync::directory::refresh;

/// What came of beginning an epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rotated {
    /// The thread has this epoch, or a later one, as soon as the feed brings it.
    Awaited(u64),
    /// This device may not.
    Refused(ErrorCode),
}

/// A change of members that somebody asked for.
pub(super) struct MemberChange {
    /// Its row in the outbox.
    pub entry: EntryId,
    /// Who comes in.
    pub add: Vec<AccountId>,
    /// Who goes out.
    pub remove: Vec<AccountId>,
    /// What sealing made of it before.
    pub made: Option<Sealing>,
}

/// Begins the epoch after `epoch`, with the same members or as `change` says.
///
/// # Errors
/// Those of the connection and the vault; the same key entry is sent again by the next attempt.
pub(super) async fn rotate(core: &Arc<Core>, thread: &ThreadRow, epoch: &EpochRow, change: Option<MemberChange>) -> Result<Rotated> {
    let number = epoch.epoch + 1;
    let asked = change.is_some();
    let (entry, sealing) = match find_or_make(core, thread, epoch, change).await? {
        Ok(made) => made,
        Err(code) => return Ok(Rotated::Refused(code)),
    };
    let outcome = post(core, vec![(sealing.sealed, sealing.boxes)]).await?.into_iter().next();
    match outcome {
        Some(Outcome::Stored(_) | Outcome::Refused { code: ErrorCode::Conflict, .. }) => Ok(Rotated::Awaited(number)),
        // Somebody else was first: theirs comes by the feed, and what is wanted is judged anew by it.
        Some(Outcome::Refused { code: ErrorCode::StaleEpoch, epoch }) => {
            take_back(core, entry, asked).await?;
            Ok(Rotated::Awaited(epoch.max(number)))
        }
        // The server knows of a role that is not known here yet: with its directory the next attempt leaves that person out.
        Some(Outcome::Refused { code: ErrorCode::MemberNotPermitted, .. }) if learned(core).await? => {
            take_back(core, entry, asked).await?;
            core.outbox_wake.notify_one();
            Ok(Rotated::Awaited(epoch.epoch))
        }
        Some(Outcome::Refused { code, .. }) => {
            let error = ClientError::new(code, "begin a new epoch");
            if error.is_transient() {
                return Err(error);
            }
            if asked {
                fail(core, vec![(thread.id, entry, code)]).await?;
                return Ok(Rotated::Awaited(epoch.epoch));
            }
            take_back(core, entry, asked).await?;
            Ok(Rotated::Refused(code))
        }
        None => Err(ClientError::new(ErrorCode::Malformed, "begin a new epoch")),
    }
}

/// Whether the server's directory has something new.
async fn learned(core: &Arc<Core>) -> Result<bool> {
    let before = core.people().directory.head().0;
    refresh(core).await?;
    Ok(core.people().directory.head().0 > before)
}

type Made = std::result::Result<(EntryId, Sealing), ErrorCode>;

async fn find_or_make(core: &Arc<Core>, thread: &ThreadRow, epoch: &EpochRow, change: Option<MemberChange>) -> Result<Made> {
    let now: Vec<AccountId> = epoch.members.iter().map(|(account, _)| *account).collect();
    let Some(change) = change else {
        let name = rotate_ref(thread.id, epoch.epoch + 1);
        let found = core.vault.read(move |vault| load_made(vault, &name)).await?;
        return match found {
            Some(made) => Ok(Ok(made)),
            None => make(core, thread, epoch, Core::make_id(EntryId::from_bytes), now, false).await,
        };
    };
    if let Some(made) = change.made.filter(|made| made.epoch == epoch.epoch + 1) {
        return Ok(Ok((change.entry, made)));
    }
    let mut members: Vec<AccountId> = now.into_iter().chain(change.add).filter(|account| !change.remove.contains(account)).collect();
    members.sort_unstable();
    members.dedup();
    make(core, thread, epoch, change.entry, members, true).await
}

/// Intent and bytes in one transaction, before anything is sent; an intent that somebody asked for is in the outbox already.
async fn make(
    core: &Arc<Core>,
    thread: &ThreadRow,
    epoch: &EpochRow,
    entry: EntryId,
    members: Vec<AccountId>,
    asked: bool,
) -> Result<Made> {
    let (number, now) = (epoch.epoch + 1, core.clock.wall_ms());
    let (making, previous) = (Arc::clone(core), epoch.key.clone().map(ThreadKey));
    let (id, class, head) = (thread.id, thread.class, Anchor { seq: thread.last_seq, hash: thread.chain });
    let made = core
        .compute(move || {
            let new = NewEpoch { thread: id, entry, class, number, members, previous: previous.as_ref(), head, now };
            make_epoch(&making, &making.people(), new)
        })
        .await?;
    let sealing = match made {
        Ok(sealing) => sealing,
        Err(code) => return Ok(Err(code)),
    };
    let kept = sealing.clone();
    let queued = core.vault.write(move |vault| {
        let row = key_row(id, entry, &KeyIntent::Rotate, now, Some(rotate_ref(id, number)));
        let queued = if asked { Queued::New } else { outbox::queue(vault, &row)? };
        if queued == Queued::New {
            outbox::seal(vault, entry, &kept)?;
        }
        Ok(queued)
    });
    Ok(match queued.await? {
        Queued::New => Ok((entry, sealing)),
        // It was begun and answered before, and still the epoch is not here: the feed has to bring it first.
        Queued::Before(_) => Err(ErrorCode::StaleEpoch),
    })
}

fn load_made(vault: &Connection, name: &str) -> std::result::Result<Option<(EntryId, Sealing)>, StoreError> {
    let Some(entry) = outbox::sent(vault, name)? else { return Ok(None) };
    Ok(outbox::load(vault, entry)?.and_then(|row| Some((entry, row.sealing?))))
}

/// Takes back what sealing made. A key entry that nobody asked for leaves the outbox with it; gone already is fine.
pub(super) async fn take_back(core: &Core, entry: EntryId, asked: bool) -> Result<()> {
    let taken = core.vault.write(move |vault| {
        outbox::unseal(vault, entry)?;
        if asked { Ok(()) } else { outbox::discard(vault, entry) }
    });
    match taken.await {
        Ok(()) | Err(StoreError::NotFound(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
