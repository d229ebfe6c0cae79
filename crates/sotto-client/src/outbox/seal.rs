//! How does an event become bytes that can be sent? Signed by the account and sealed under the key of the thread's current epoch.

use sotto_crypto::event::{EventSeal, seal_event};
use sotto_crypto::key_entry::{KeyEntryMake, make_key_entry};
use sotto_crypto::{OsRandom, ThreadKey};
use sotto_protocol::entry::{Alert, Anchor, ThreadClass};
use sotto_protocol::event::{Content, Event, Priority};
use sotto_protocol::{AccountId, EntryId, ErrorCode, ThreadId, cbor, limits};
use sotto_store::table::outbox::{OutboxRow, Sealing};

use super::rotation::sealing_keys;
use crate::session::{Core, People};

/// What an event is sealed in.
#[derive(Clone)]
pub(crate) struct SealingEpoch {
    /// The epoch.
    pub number: u64,
    /// Its key.
    pub key: ThreadKey,
    /// The newest entry this device has seen.
    pub head: Anchor,
}

/// A key entry to be made.
pub(crate) struct NewEpoch<'a> {
    pub thread: ThreadId,
    pub entry: EntryId,
    pub class: ThreadClass,
    pub number: u64,
    pub members: Vec<AccountId>,
    pub previous: Option<&'a ThreadKey>,
    pub head: Anchor,
    pub now: u64,
}

/// Seals a queued event with its anchor as of now.
///
/// # Errors
/// The code the row fails with.
pub(crate) fn seal(core: &Core, row: &OutboxRow, epoch: &SealingEpoch) -> Result<Sealing, ErrorCode> {
    let mut content: Content = cbor::parse(&row.content, limits::BODY_BYTES).map_err(|_| ErrorCode::Malformed)?;
    content.anchor = epoch.head;
    content.directory = core.people().directory.head();
    let seal = EventSeal {
        key: &epoch.key,
        epoch: epoch.number,
        thread: row.thread,
        entry: row.entry,
        author: core.account,
        generation: core.generation,
        device: core.device,
        alert: alert_of(&content.event),
        alerts: Vec::new(),
        signing: &core.keys.signing,
    };
    let sealed = seal_event(seal, &content, &mut OsRandom::new()).map_err(|_| ErrorCode::TooLarge)?;
    Ok(Sealing { sealed: sealed.encode(), boxes: Vec::new(), key: None, epoch: epoch.number })
}

/// Makes a key entry for everybody of its members who may be in it.
///
/// # Errors
/// The code the row fails with: `internal` without a policy, `not_permitted` if nobody is left to seal to.
pub(crate) fn make_epoch(core: &Core, people: &People, new: NewEpoch<'_>) -> Result<Sealing, ErrorCode> {
    let policy = people.directory.policy().ok_or(ErrorCode::Internal)?;
    let members = sealing_keys(new.members.into_iter(), new.class, &people.directory);
    if !members.iter().any(|(account, ..)| *account == core.account) {
        return Err(ErrorCode::NotPermitted);
    }
    let make = KeyEntryMake {
        thread: new.thread,
        entry: new.entry,
        class: new.class,
        epoch: new.number,
        author: core.account,
        generation: core.generation,
        device: core.device,
        signing: &core.keys.signing,
        members: &members,
        // The link is there only where somebody who joins later may read back.
        previous: new.previous.filter(|_| policy.history_for_new_members),
        archive: &policy.archive_key,
        anchor: new.head,
        sent_at: new.now,
    };
    let made = make_key_entry(&make, &mut OsRandom::new()).map_err(|_| ErrorCode::Internal)?;
    Ok(Sealing { sealed: made.entry.encode(), boxes: made.boxes, key: Some(made.key.0), epoch: new.number })
}

/// How loudly an event may make itself known on a locked screen.
const fn alert_of(event: &Event) -> Alert {
    match event {
        Event::Message(message) => alert_at(message.priority),
        Event::File(file) => alert_at(file.priority),
        Event::Described(_) | Event::Exported(_) => Alert::None,
        Event::Read(_) | Event::Receipt(_) | Event::Acknowledged(_) => Alert::Quiet,
    }
}

const fn alert_at(priority: Priority) -> Alert {
    match priority {
        Priority::Fyi | Priority::Action => Alert::Normal,
        Priority::Concern => Alert::Urgent,
        Priority::Stat => Alert::Stat,
    }
}
