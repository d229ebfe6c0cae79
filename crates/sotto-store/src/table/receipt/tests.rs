//! Whether marks only rise, come out the same in whichever order they came, and are said once.

use proptest::prelude::*;
use sotto_protocol::receipt::Answer;

use super::super::message::insert;
use super::super::testing::{ME, OTHER, database, entry_id, joined_thread, message};
use super::acknowledgement::AcknowledgementRow;
use super::*;

const DEVICE: DeviceId = DeviceId::from_bytes([3; 16]);

fn reached(stored: u64, displayed: u64) -> ReachedRow {
    ReachedRow { account: OTHER, device: DEVICE, stored, displayed }
}

#[test]
fn a_mark_stands_for_all_before_it_and_tells_when() {
    let (_dir, connection) = database();
    let row = joined_thread(&connection, 1);
    reach(&connection, row, &reached(5, 0), 100).unwrap();
    reach(&connection, row, &reached(9, 9), 200).unwrap();
    reach(&connection, row, &reached(7, 3), 300).unwrap();
    assert_eq!(of_thread(&connection, row).unwrap(), [reached(9, 9)]);
    let second = ReachedRow { device: DeviceId::from_bytes([4; 16]), ..reached(12, 11) };
    reach(&connection, row, &second, 400).unwrap();
    assert_eq!(of_thread(&connection, row).unwrap(), [reached(9, 9), second], "each device has its own");
    let at = |mark, seq| when(&connection, row, &reached(0, 0), mark, seq).unwrap();
    assert_eq!((at(Mark::Stored, 4), at(Mark::Stored, 6), at(Mark::Stored, 8)), (Some(100), Some(200), Some(200)));
    assert_eq!((at(Mark::Displayed, 9), at(Mark::Displayed, 10)), (Some(200), None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_in_which_receipts_come_does_not_matter(marks in prop::collection::vec((0..20_u64, 0..20_u64, 1..99_u64), 1..12)) {
        let (_one_dir, one) = database();
        let (_two_dir, two) = database();
        let row = joined_thread(&one, 1);
        prop_assert_eq!(joined_thread(&two, 1), row);
        marks.iter().for_each(|(stored, displayed, at)| reach(&one, row, &reached(*stored, *displayed), *at).unwrap());
        marks.iter().rev().for_each(|(stored, displayed, at)| reach(&two, row, &reached(*stored, *displayed), *at).unwrap());
        prop_assert_eq!(of_thread(&one, row).unwrap(), of_thread(&two, row).unwrap());
        for seq in 0..20 {
            for mark in [Mark::Stored, Mark::Displayed] {
                let at = |connection| when(connection, row, &reached(0, 0), mark, seq).unwrap();
                prop_assert_eq!(at(&one), at(&two));
            }
        }
        let most = marks.iter().map(|(stored, displayed, _)| (*stored).max(*displayed)).max().unwrap_or_default();
        prop_assert_eq!(of_thread(&one, row).unwrap()[0].stored, most);
    }
}

#[test]
fn what_was_reached_is_said_once() {
    let (_dir, connection) = database();
    let row = joined_thread(&connection, 1);
    for seq in [2, 4, 7] {
        insert(&connection, &message(row, seq, seq, "m")).unwrap();
    }
    assert!(own_mark::due(&connection, 9).unwrap().is_empty());
    own_mark::note_stored(&connection, row, 7).unwrap();
    own_mark::note_displayed(&connection, row, 4).unwrap();
    let due = own_mark::due(&connection, 9).unwrap();
    assert_eq!((due.len(), due[0].stored, due[0].displayed, due[0].unread, due[0].displays, due[0].joined), (1, 7, 4, 3, true, true));
    own_mark::note_said(&connection, &due[0]).unwrap();
    assert!(own_mark::due(&connection, 9).unwrap().is_empty());
    own_mark::note_displayed(&connection, row, 3).unwrap();
    assert!(own_mark::due(&connection, 9).unwrap().is_empty(), "marks never go back");
    assert_eq!(own_mark::displayed(&connection, row).unwrap(), 4);
    assert_eq!(own_mark::count_theirs(&connection, row, 2, 7).unwrap(), 1);
    assert_eq!(own_mark::newest_theirs(&connection, row, 6).unwrap(), Some(4));
    assert_eq!(own_mark::newest_theirs(&connection, row, 1).unwrap(), None);
}

#[test]
fn the_newest_answer_of_a_person_holds_and_leaves_with_the_message() {
    let (_dir, connection) = database();
    let row = joined_thread(&connection, 1);
    insert(&connection, &message(row, 2, 2, "May I?")).unwrap();
    let offered = vec![Answer::Agree, Answer::Text("Later".into())];
    acknowledgement::offer(&connection, row, 2, &offered).unwrap();
    assert_eq!(acknowledgement::offered(&connection, row, 1, 9).unwrap()[&2], offered);
    let said = |seq, answer| AcknowledgementRow { message: entry_id(2), account: ME, answer, at: seq * 10, seq };
    acknowledgement::store(&connection, row, &said(5, Some(Answer::Agree))).unwrap();
    acknowledgement::store(&connection, row, &said(3, None)).unwrap();
    let found = acknowledgement::of_message(&connection, row, entry_id(2)).unwrap();
    assert!(found == [said(5, Some(Answer::Agree))]);
    super::super::message::mark_read(&connection, row, 2).unwrap();
    super::super::message::drop_read_of(&connection, row, 99, 9).unwrap();
    assert!(acknowledgement::of_message(&connection, row, entry_id(2)).unwrap().is_empty());
    assert!(acknowledgement::offered(&connection, row, 1, 9).unwrap().is_empty());
}
