//! Whether unread is the one thing that a model counts, in whichever order lines and marks come, and how often.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sotto_protocol::event::ReadMark;

use super::super::testing::{database, joined_thread, message};
use super::super::thread;
use super::*;

/// What a person does and what comes in, from here and from their other workstations.
#[derive(Debug, Clone)]
enum Step {
    Message { seq: u64, mine: bool, change: bool },
    Read { seq: u64 },
    Unread { seq: u64 },
    Elsewhere(ReadMark),
}

fn marks() -> impl Strategy<Value = ReadMark> {
    (0..4_u64, 0..45_u64).prop_map(|(turn, upto)| ReadMark { turn, upto })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let message = (1..40_u64, any::<bool>(), prop::bool::weighted(0.2)).prop_map(|(seq, mine, change)| Step::Message { seq, mine, change });
    let step = prop_oneof![
        6 => message,
        1 => (0..45_u64).prop_map(|seq| Step::Read { seq }),
        1 => (0..45_u64).prop_map(|seq| Step::Unread { seq }),
        1 => marks().prop_map(Step::Elsewhere),
    ];
    prop::collection::vec(step, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn unread_is_what_a_model_counts(steps in steps()) {
        let (_dir, connection) = database();
        connection.execute_batch("BEGIN").unwrap();
        let (row, other) = (joined_thread(&connection, 1), joined_thread(&connection, 2));
        insert(&connection, &message(other, 1, 1_000, "another thread's")).unwrap();
        let (mut lines, mut mark, mut newest) = (BTreeMap::new(), ReadMark::default(), 0);
        for step in steps {
            match step {
                Step::Message { seq, mine, change } => {
                    let kind = if change { MessageKind::Change(Change::Members) } else { MessageKind::Message };
                    insert(&connection, &MessageRow { kind, mine, ..message(row, seq, seq, "m") }).unwrap();
                    let first = *lines.entry(seq).or_insert((mine, change));
                    if !first.1 { newest = newest.max(seq); }
                }
                Step::Read { seq } => {
                    mark.upto = mark.upto.max(seq.min(newest));
                    mark_read(&connection, row, seq).unwrap();
                }
                Step::Unread { seq } => {
                    if seq.saturating_sub(1) < mark.upto {
                        mark = ReadMark { turn: mark.turn + 1, upto: seq.saturating_sub(1) };
                    }
                    mark_unread(&connection, row, seq).unwrap();
                }
                Step::Elsewhere(told) => {
                    mark = mark.max(told);
                    take_mark(&connection, row, told).unwrap();
                }
            }
            let wanted: Vec<u64> = lines.iter().filter(|(seq, (mine, change))| **seq > mark.upto && !mine && !change).map(|(seq, _)| *seq).collect();
            prop_assert_eq!(load_mark(&connection, row).unwrap(), mark);
            prop_assert_eq!(thread::load_by_row(&connection, row).unwrap().unread, wanted.len() as u64);
            prop_assert_eq!(first_unread(&connection, row).unwrap(), wanted.first().copied());
            prop_assert_eq!(thread::load_by_row(&connection, other).unwrap().unread, 1);
        }
    }

    #[test]
    fn two_workstations_agree_once_each_has_heard_all(
        marks in prop::collection::vec(marks(), 1..12),
        seqs in prop::collection::btree_set(1..40_u64, 0..20),
        order in any::<u64>(),
    ) {
        let (_here, here) = database();
        let (_there, there) = database();
        let (row, theirs) = (joined_thread(&here, 1), joined_thread(&there, 1));
        for seq in &seqs {
            insert(&here, &message(row, *seq, *seq, "m")).unwrap();
        }
        for mark in &marks {
            take_mark(&here, row, *mark).unwrap();
        }
        // The other one hears of every second mark twice, in another order, and has the lines last.
        let mut told: Vec<ReadMark> = marks.iter().chain(marks.iter().step_by(2)).copied().collect();
        let turned = usize::try_from(order % told.len() as u64).unwrap();
        told.rotate_left(turned);
        for mark in told.iter().rev() {
            take_mark(&there, theirs, *mark).unwrap();
        }
        for seq in seqs.iter().rev() {
            insert(&there, &message(theirs, *seq, *seq, "m")).unwrap();
        }
        prop_assert_eq!(load_mark(&here, row).unwrap(), load_mark(&there, theirs).unwrap());
        prop_assert_eq!(first_unread(&here, row).unwrap(), first_unread(&there, theirs).unwrap());
        let unread = |connection: &rusqlite::Connection, row: i64| thread::load_by_row(connection, row).unwrap().unread;
        prop_assert_eq!(unread(&here, row), unread(&there, theirs));
    }
}
