//! Whether the threads that have something to drop are found by their rows alone, whatever came, was read or was marked as unread.

use proptest::prelude::*;
use rusqlite::Connection;

use super::super::testing::{database, joined_thread, message, plan};
use super::*;

/// The threads that have something to drop, found by looking through all of them.
fn looked_through(connection: &Connection, before: u64) -> Vec<i64> {
    let sql =
        "WITH first AS (SELECT row, unread, read_seq, (SELECT min(id) FROM message WHERE id >= row << 40 AND id < (row + 1) << 40) AS id
                              FROM thread)
               SELECT first.row FROM first JOIN message USING (id)
               WHERE at < ?1 AND (unread = 0 OR id <= (first.row << 40) + read_seq) ORDER BY at";
    let mut select = connection.prepare(sql).unwrap();
    let rows = select.query_map([i64::try_from(before).unwrap()], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_look_for_what_is_old_passes_by_threads_that_have_nothing_to_drop() {
    let (_dir, connection) = database();
    let [old, young, unread, _empty, changed] = [1, 2, 3, 4, 5].map(|number| joined_thread(&connection, number));
    let lines = [(old, 20, 20), (young, 1, 200), (unread, 1, 30)];
    lines.iter().for_each(|(row, seq, at)| insert(&connection, &message(*row, *seq, *at, "m")).unwrap());
    [old, young].iter().for_each(|row| assert!(mark_read(&connection, *row, 99).unwrap().is_some()));
    let plan = plan(&connection, oldest::DROPPABLE, rusqlite::params![1, 2]);
    assert_eq!(plan, "SEARCH thread USING INDEX thread_oldest (oldest_at<?)");
    assert_eq!(oldest::droppable(&connection, 100, 9).unwrap(), [old]);
    let change = MessageRow { kind: MessageKind::Change(Change::Members), ..message(changed, 1, 10, "") };
    insert(&connection, &change).unwrap();
    mark_read(&connection, unread, 1).unwrap();
    assert_eq!(oldest::droppable(&connection, 100, 9).unwrap(), [changed, old, unread], "the oldest first");
    assert_eq!(drop_read(&connection, 100, 2).unwrap(), Dropped { lines: 2, more: true });
    assert_eq!(drop_read(&connection, 100, 2).unwrap(), Dropped { lines: 1, more: false });
    // A range that is fetched later comes before what was here.
    insert(&connection, &message(young, 0, 40, "m")).unwrap();
    assert_eq!(oldest::droppable(&connection, 100, 9).unwrap(), [young]);
}

/// What a person does and what comes in.
#[derive(Debug, Clone)]
enum Step {
    Message { seq: u64, mine: bool, change: bool },
    Read { seq: u64 },
    Unread { seq: u64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let message = (1..40_u64, any::<bool>(), prop::bool::weighted(0.2)).prop_map(|(seq, mine, change)| Step::Message { seq, mine, change });
    let read = (0..45_u64).prop_map(|seq| Step::Read { seq });
    let unread = (0..45_u64).prop_map(|seq| Step::Unread { seq });
    prop::collection::vec(prop_oneof![3 => message, 1 => read, 1 => unread], 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_threads_that_have_something_to_drop_are_those_of_a_look_through_all(steps in steps(), before in 1..50_u64) {
        let (_dir, connection) = database();
        connection.execute_batch("BEGIN").unwrap();
        let rows = [joined_thread(&connection, 1), joined_thread(&connection, 2)];
        for (count, step) in steps.into_iter().enumerate() {
            match step {
                Step::Message { seq, mine, change } => {
                    let kind = if change { MessageKind::Change(Change::Members) } else { MessageKind::Message };
                    // No order of times is taken for granted.
                    let line = message(rows[usize::try_from(seq % 2).unwrap()], seq, seq, "m");
                    insert(&connection, &MessageRow { kind, mine, at: seq * 17 % 50, ..line }).unwrap();
                }
                Step::Read { seq } => {
                    mark_read(&connection, rows[usize::try_from(seq % 2).unwrap()], seq).unwrap();
                }
                Step::Unread { seq } => {
                    mark_unread(&connection, rows[usize::try_from(seq % 2).unwrap()], seq).unwrap();
                }
            }
            if count % 7 == 6 {
                drop_read(&connection, before, 3).unwrap();
            }
            prop_assert_eq!(oldest::droppable(&connection, before, 9).unwrap(), looked_through(&connection, before));
        }
        while drop_read(&connection, before, 3).unwrap().more {}
        prop_assert!(looked_through(&connection, before).is_empty());
    }
}
