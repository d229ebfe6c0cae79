//! What do receipts and acknowledgements change in the vault? The marks of a device, a person's answer, and what counts as read here.

use sotto_protocol::receipt::{Acknowledgement, Receipt};
use sotto_store::table::entry::EntryRow;
use sotto_store::table::receipt::acknowledgement::{self, AcknowledgementRow};
use sotto_store::table::receipt::{self, ReachedRow, own_mark};
use sotto_store::table::{message, thread};
use sotto_store::{Connection, StoreError};

type Result<T = ()> = std::result::Result<T, StoreError>;

/// Takes a device's marks in. Nobody has what came after their words: higher marks are cut. `mine`: the reader's own, by which what
/// they saw at another machine counts as read at this one too. Gives up to where that is news; 0 where none of it is.
pub(super) fn take(vault: &Connection, place: &EntryRow, said: Receipt, mine: bool) -> Result<u64> {
    let before = place.stamp.seq.saturating_sub(1);
    let (stored, displayed) = (said.stored.min(before), said.displayed.min(before));
    let reached = ReachedRow { account: place.author, device: place.device, stored, displayed };
    // What was on this screen, or was said before of another one, is known here already, and may have been marked as unread since.
    let row = place.thread_row;
    let known = if mine { own_mark::displayed(vault, row)?.max(receipt::displayed_by(vault, row, &place.author)?) } else { u64::MAX };
    receipt::reach(vault, row, &reached, place.stamp.received_at)?;
    Ok(if displayed > known { displayed } else { 0 })
}

/// Counts as read what was on another screen, never as unread. After the batch: a place is read only as far as the thread is here.
pub(super) fn note_read(vault: &Connection, thread_row: i64, seq: u64) -> Result {
    let is_news = seq > 0 && seq > thread::load_by_row(vault, thread_row)?.read_seq;
    if is_news { message::mark_read(vault, thread_row, seq).map(drop) } else { Ok(()) }
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
