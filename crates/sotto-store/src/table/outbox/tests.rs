//! Whether the outbox keeps order, bytes and names through everything that can become of an entry.

use super::super::testing::{ME, database, entry_id, plan, thread_id};
use super::*;
use crate::StoreError;

fn new(number: u64, name: Option<&str>) -> NewOutboxRow {
    NewOutboxRow {
        thread: thread_id(1),
        entry: entry_id(number),
        kind: EntryKind::Event,
        content: vec![number as u8],
        created_at: number,
        client_ref: name.map(Into::into),
    }
}

fn sealing(epoch: u64) -> Sealing {
    Sealing { sealed: vec![9; 300], boxes: vec![(ME, vec![8; 40])], key: Some(Secret32::from_bytes([7; 32])), epoch }
}

fn order(connection: &rusqlite::Connection) -> Vec<EntryId> {
    next(connection, 10).unwrap().into_iter().map(|row| row.entry).collect()
}

#[test]
fn the_next_batch_is_one_index_range_in_order() {
    let (_dir, connection) = database();
    let plan = plan(&connection, &queue::next_sql(), [5]);
    assert_eq!(plan, "SCAN outbox USING INDEX outbox_open", "a partial index over what is open, in its order");
}

#[test]
fn entries_leave_in_the_order_they_were_written() {
    let (_dir, connection) = database();
    for number in 1..=4 {
        assert_eq!(queue(&connection, &new(number, None)).unwrap(), Queued::New);
    }
    assert_eq!(order(&connection), [1, 2, 3, 4].map(entry_id));
    fail(&connection, entry_id(2), ErrorCode::NotAMember).unwrap();
    seal(&connection, entry_id(3), &sealing(1)).unwrap();
    assert_eq!(order(&connection), [1, 3, 4].map(entry_id));
    assert_eq!(count(&connection).unwrap(), 3);
    assert!(complete(&connection, entry_id(1)).unwrap().is_some());
    assert!(complete(&connection, entry_id(1)).unwrap().is_none());
    retry(&connection, entry_id(2)).unwrap();
    assert_eq!(order(&connection), [2, 3, 4].map(entry_id), "a retried entry has its place again");
    assert_eq!(of_thread(&connection, thread_id(1)).unwrap().len(), 3);
    assert!(of_thread(&connection, thread_id(2)).unwrap().is_empty());
}

#[test]
fn sealed_bytes_are_kept_until_the_epoch_is_over() {
    let (_dir, connection) = database();
    queue(&connection, &new(1, None)).unwrap();
    seal(&connection, entry_id(1), &sealing(3)).unwrap();
    fail(&connection, entry_id(1), ErrorCode::ServerError).unwrap();
    let failed = load(&connection, entry_id(1)).unwrap().unwrap();
    assert_eq!(failed.state, OutboxState::Failed(ErrorCode::ServerError));
    retry(&connection, entry_id(1)).unwrap();
    let row = load(&connection, entry_id(1)).unwrap().unwrap();
    let kept = row.sealing.unwrap();
    assert_eq!((row.state, kept.epoch, kept.sealed, kept.boxes), (OutboxState::Sealed, 3, vec![9; 300], sealing(3).boxes));
    assert_eq!(kept.key, sealing(3).key);
    unseal(&connection, entry_id(1)).unwrap();
    let row = load(&connection, entry_id(1)).unwrap().unwrap();
    assert!(row.state == OutboxState::Queued && row.sealing.is_none() && row.content == [1]);
}

#[test]
fn what_may_be_on_the_server_is_not_discarded() {
    let (_dir, connection) = database();
    queue(&connection, &new(1, None)).unwrap();
    seal(&connection, entry_id(1), &sealing(1)).unwrap();
    assert!(matches!(discard(&connection, entry_id(1)), Err(StoreError::Conflict(_))));
    fail(&connection, entry_id(1), ErrorCode::TooLarge).unwrap();
    discard(&connection, entry_id(1)).unwrap();
    assert!(matches!(discard(&connection, entry_id(1)), Err(StoreError::NotFound(_))));
    assert!(matches!(retry(&connection, entry_id(1)), Err(StoreError::NotFound(_))));
}

#[test]
fn a_name_sends_once_also_after_delivery() {
    let (_dir, connection) = database();
    assert_eq!(queue(&connection, &new(1, Some("lab-77"))).unwrap(), Queued::New);
    assert_eq!(queue(&connection, &new(2, Some("lab-77"))).unwrap(), Queued::Before(entry_id(1)));
    complete(&connection, entry_id(1)).unwrap();
    assert_eq!(queue(&connection, &new(3, Some("lab-77"))).unwrap(), Queued::Before(entry_id(1)));
    assert_eq!(count(&connection).unwrap(), 0);
    assert_eq!(sent(&connection, "lab-78").unwrap(), None);
}

#[test]
fn what_nobody_is_to_see_is_sent_and_not_shown() {
    let (_dir, connection) = database();
    queue(&connection, &new(1, None)).unwrap();
    queue_receipt(&connection, &new(2, None)).unwrap();
    queue_receipt(&connection, &new(3, None)).unwrap();
    assert_eq!(order(&connection), [1, 3].map(entry_id), "the later one says all that the earlier one said");
    assert_eq!((count(&connection).unwrap(), of_thread(&connection, thread_id(1)).unwrap().len()), (1, 1));
    seal(&connection, entry_id(3), &sealing(1)).unwrap();
    queue_receipt(&connection, &new(4, None)).unwrap();
    assert_eq!(order(&connection), [1, 3, 4].map(entry_id), "sealed bytes may be on the server");
    fail(&connection, entry_id(3), ErrorCode::NotAMember).unwrap();
    assert!(load(&connection, entry_id(3)).unwrap().is_none());
}
