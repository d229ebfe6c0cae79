//! Whether a search that is kept to something finds exactly what a plain look through all messages finds.

use proptest::prelude::*;
use sotto_protocol::event::{Description, Patient};

use super::super::message::MessageRow;
use super::super::testing::{ME, OTHER, database, joined_thread, message, plan};
use super::super::{message as messages, thread};
use super::query::Query;
use super::*;

const PRIORITIES: [Priority; 4] = [Priority::Fyi, Priority::Action, Priority::Concern, Priority::Stat];

fn positions(connection: &Connection, query: &str, narrow: &Narrow) -> Vec<u64> {
    let page = find_narrowed(connection, query, narrow, None, 1_000).unwrap();
    page.hits.into_iter().map(|hit| hit.message.position).collect()
}

fn said() -> impl Strategy<Value = (bool, usize, bool, bool)> {
    (any::<bool>(), 0..4_usize, any::<bool>(), any::<bool>())
}

fn narrows() -> impl Strategy<Value = Narrow> {
    let authors = prop::option::of(prop_oneof![Just(vec![ME]), Just(vec![OTHER]), Just(vec![ME, OTHER]), Just(vec![])]);
    let threads = prop::option::of(prop_oneof![Just(vec![1]), Just(vec![2]), Just(vec![1, 2])]);
    let time = || prop::option::of(0..50_u64).prop_map(|at| at.map(|at| at * 100_000));
    (threads, authors, prop::option::of(0..4_usize), time(), time()).prop_map(|(threads, authors, priority, since, until)| Narrow {
        threads,
        authors,
        priority: priority.map(|number| PRIORITIES[number]),
        since,
        until,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn it_finds_what_a_look_through_all_finds(said in prop::collection::vec(said(), 1..50), narrow in narrows(), query in prop::bool::ANY) {
        let (_dir, connection) = database();
        connection.execute_batch("BEGIN").unwrap();
        let rows = [joined_thread(&connection, 1), joined_thread(&connection, 2)];
        prop_assert_eq!(rows, [1, 2]);
        let query = if query { "potas" } else { "" };
        let mut wanted = Vec::new();
        for (position, (second, priority, mine, about)) in (1..).zip(said) {
            let text = if about { "Potassium 3.1" } else { "nothing new" };
            let row = MessageRow {
                at: position * 100_000,
                author: if mine { ME } else { OTHER },
                mine,
                priority: PRIORITIES[priority],
                ..message(rows[usize::from(second)], position, position, text)
            };
            messages::insert(&connection, &row).unwrap();
            if narrow.allows(&row) && (about || query.is_empty()) {
                wanted.insert(0, position);
            }
        }
        // Nothing that the index knows: there is no such question.
        let asked = !narrow.expression(&Query::parse(query).quick(), false).is_empty();
        prop_assert_eq!(positions(&connection, query, &narrow), if asked { wanted } else { vec![] });
    }
}

#[test]
fn a_large_set_is_asked_of_the_index_once_patience_is_over() {
    let (_dir, connection) = database();
    connection.execute_batch("BEGIN").unwrap();
    let row = joined_thread(&connection, 1);
    let crowd: Vec<AccountId> = (10..90).map(|number| AccountId::from_bytes([number; 16])).collect();
    messages::insert(&connection, &MessageRow { author: crowd[70], ..message(row, 1, 1, "patient") }).unwrap();
    for seq in 2..=800 {
        messages::insert(&connection, &message(row, seq, seq, "patient")).unwrap();
    }
    let narrow = Narrow { authors: Some(crowd), ..Narrow::default() };
    assert_eq!(positions(&connection, "patient", &narrow), [1]);
    assert_eq!(positions(&connection, "", &narrow), [1]);
}

#[test]
fn pages_of_a_narrowed_search_meet_and_the_time_is_one_index_search() {
    let (_dir, connection) = database();
    let row = joined_thread(&connection, 1);
    for seq in 1..=20 {
        messages::insert(&connection, &MessageRow { priority: PRIORITIES[seq as usize % 4], ..message(row, seq, seq, "m") }).unwrap();
    }
    let narrow = Narrow { priority: Some(Priority::Stat), ..Narrow::default() };
    let first = find_narrowed(&connection, "", &narrow, None, 2).unwrap();
    let rest = find_narrowed(&connection, "", &narrow, first.next, 9).unwrap();
    let all: Vec<u64> = first.hits.iter().chain(&rest.hits).map(|hit| hit.message.seq).collect();
    assert_eq!((all, rest.next), (vec![19, 15, 11, 7, 3], None));
    let plan = plan(&connection, narrow::NEXT, rusqlite::params![1]);
    assert!(plan.contains("SEARCH message USING INDEX message_position (position>?)"), "{plan}");
}

#[test]
fn a_patient_is_found_by_what_identifies_them_and_not_by_a_title() {
    let (_dir, connection) = database();
    let (one, two) = (joined_thread(&connection, 1), joined_thread(&connection, 2));
    let patient = Patient {
        family: "Testpatient".into(),
        given: "Ada".into(),
        preferred: None,
        birth_date: "1961-03-04".into(),
        mrn: "004-118".into(),
        pronouns: None,
        language: None,
    };
    let about = Description { patient: Some(patient), title: None, reason: Some("Labs".into()) };
    thread::describe(&connection, one, 0, &about).unwrap();
    thread::describe(&connection, two, 0, &Description { title: Some("Testpatient rota".into()), ..Description::default() }).unwrap();
    for query in ["testpat", "ada", "118", "1961"] {
        assert_eq!(find_patient_threads(&connection, query, 9).unwrap(), [one], "{query}");
    }
    assert!(
        find_patient_threads(&connection, "labs", 9).unwrap().is_empty() && find_patient_threads(&connection, "", 9).unwrap().is_empty()
    );
}
