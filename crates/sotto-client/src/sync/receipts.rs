//! What do receipts and acknowledgements change in the vault? The marks of a device, a person's answer, and what counts as read here.

use sotto_protocol::event::ReadMark;
use sotto_protocol::receipt::{Acknowledgement, Receipt};
use sotto_store::table::entry::EntryRow;
use sotto_store::table::message;
use sotto_store::table::receipt::acknowledgement::{self, AcknowledgementRow};
use sotto_store::table::receipt::{self, ReachedRow, own_mark};
use sotto_store::{Connection, StoreError};

type Result<T = ()> = std::result::Result<T, StoreError>;

/// Takes a device's marks in. Nobody has what came after their words: higher marks are cut. `mine`: the reader's own. What they had on a
/// screen at another machine is read at this one too, as a mark of the turn before anything was marked as unread: so a machine that
/// repeats what it said takes nothing back.
pub(super) fn take(vault: &Connection, place: &EntryRow, said: Receipt, mine: bool) -> Result {
    let before = place.stamp.seq.saturating_sub(1);
    let (stored, displayed) = (said.stored.min(before), said.displayed.min(before));
    let reached = ReachedRow { account: place.author, device: place.device, stored, displayed };
    receipt::reach(vault, place.thread_row, &reached, place.stamp.received_at)?;
    if mine { take_mark(vault, place, ReadMark { turn: 0, upto: displayed }) } else { Ok(()) }
}

/// Takes a read mark of the reader's own in, cut like the marks of a device: what comes later is unread whatever an entry says.
pub(super) fn take_mark(vault: &Connection, place: &EntryRow, mark: ReadMark) -> Result {
    let upto = mark.upto.min(place.stamp.seq.saturating_sub(1));
    message::take_mark(vault, place.thread_row, ReadMark { upto, ..mark }).map(drop)
}

/// Takes an acknowledgement in. Whether its answer was offered is judged where both are shown: the message may come later.
pub(super) fn take_acknowledgement(vault: &Connection, place: &EntryRow, said: Acknowledgement) -> Result {
    let (account, at, seq) = (place.author, place.stamp.received_at, place.stamp.seq);
    let row = AcknowledgementRow { message: said.message, account, answer: said.answer, at, seq };
    acknowledgement::store(vault, place.thread_row, &row)
}

/// Notes the newest message of others, of which this device is to give a receipt.
pub(super) fn note_stored(vault: &Connection, thread_row: i64, theirs: Option<u64>) -> Result {
    theirs.map_or(Ok(()), |seq| own_mark::note_stored(vault, thread_row, seq))
}
