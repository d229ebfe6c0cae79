//! Whether search finds what has the words, newest first, and survives whatever is typed.

use proptest::prelude::*;
use sotto_protocol::event::{Description, Patient};

use super::super::testing::{database, joined_thread, message, plan};
use super::super::{message as messages, thread};
use super::*;

fn found(connection: &Connection, query: &str) -> Vec<u64> {
    find_messages(connection, query, None, None, 50).unwrap().hits.into_iter().map(|hit| hit.message.position).collect()
}

fn put(connection: &Connection, row: i64, seq: u64, position: u64, text: &str) {
    messages::insert(connection, &message(row, seq, position, text)).unwrap();
}

#[test]
fn a_search_is_the_index_in_its_own_order() {
    let (_dir, connection) = database();
    let plan = plan(&connection, find::FIND, rusqlite::params!["\"ab\"*", 5, 1]);
    assert!(plan.starts_with("SCAN message_words VIRTUAL TABLE INDEX") && !plan.contains("TEMP B-TREE"), "{plan}");
}

#[test]
fn all_words_by_their_beginnings_newest_first() {
    let (_dir, connection) = database();
    let (one, two) = (joined_thread(&connection, 1), joined_thread(&connection, 2));
    put(&connection, one, 1, 1, "Potassium 3.1, José is nauseous");
    put(&connection, two, 1, 2, "POTASIO y sodio");
    put(&connection, one, 2, 3, "jose called about potassium again");
    assert_eq!(found(&connection, "potas"), [3, 2, 1]);
    assert_eq!(found(&connection, "  José   POTASSIUM "), [3, 1]);
    assert_eq!(found(&connection, "3.1"), [1]);
    assert_eq!(found(&connection, "nothing"), Vec::<u64>::new());
    let in_one = find_messages(&connection, "potas", Some(one), None, 50).unwrap();
    assert_eq!(in_one.hits.iter().map(|hit| hit.message.position).collect::<Vec<_>>(), [3, 1]);
    assert!(in_one.hits[1].snippet.starts_with("Potassium 3.1") && in_one.hits[1].marks == [(0, 9)]);
}

#[test]
fn pages_meet() {
    let (_dir, connection) = database();
    let row = joined_thread(&connection, 1);
    for seq in 1..=23 {
        put(&connection, row, seq, seq, "common");
    }
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let page = find_messages(&connection, "comm", None, before, 10).unwrap();
        seen.extend(page.hits.iter().map(|hit| hit.message.position));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen, (1..=23).rev().collect::<Vec<u64>>());
}

#[test]
fn a_rare_word_behind_a_common_beginning_is_found_past_all_patience() {
    let (_dir, connection) = database();
    connection.execute_batch("BEGIN").unwrap();
    let row = joined_thread(&connection, 1);
    put(&connection, row, 1, 1, "patio, 1950");
    put(&connection, row, 2, 2, "the patio again");
    for seq in 3..=1_500 {
        put(&connection, row, seq, seq, "patient");
    }
    put(&connection, row, 1_501, 1_501, "patio");
    assert_eq!(found(&connection, "patio"), [1_501, 2, 1]);
    let page = find_messages(&connection, "patio", None, None, 2).unwrap();
    assert_eq!(page.next, Some(2));
    let rest = find_messages(&connection, "patio", Some(row), page.next, 2).unwrap();
    assert_eq!((rest.hits.len(), rest.hits[0].message.position, rest.next), (1, 1, None));
}

#[test]
fn threads_are_found_by_what_they_are_about_now() {
    let (_dir, connection) = database();
    let (one, two) = (joined_thread(&connection, 1), joined_thread(&connection, 2));
    let patient = Patient {
        family: "Muñoz".into(),
        given: "María".into(),
        preferred: Some("Mari".into()),
        birth_date: "1950-02-01".into(),
        mrn: "MRN-0042".into(),
        pronouns: None,
        language: None,
    };
    thread::describe(&connection, one, 0, &Description { patient: Some(patient), title: None, reason: Some("refill".into()) }).unwrap();
    thread::describe(&connection, two, 0, &Description { title: Some("Holiday rota".into()), ..Description::default() }).unwrap();
    for query in ["munoz", "maria muñ", "0042", "refil", "1950"] {
        assert_eq!(find_threads(&connection, query, 9).unwrap(), [one], "{query}");
    }
    thread::describe(&connection, two, 0, &Description { title: Some("Summer rota".into()), ..Description::default() }).unwrap();
    assert!(find_threads(&connection, "holiday", 9).unwrap().is_empty());
    assert_eq!(find_threads(&connection, "summer", 9).unwrap(), [two]);
    assert!(find_threads(&connection, "-", 9).unwrap().is_empty());
}

#[test]
fn the_query_language_of_the_index_is_out_of_reach() {
    let (_dir, connection) = database();
    let row = joined_thread(&connection, 1);
    put(&connection, row, 1, 1, "or not near words rowid");
    for query in [
        "\"",
        "*",
        "a AND",
        "NOT",
        "NEAR(a b)",
        "words:or",
        "^or",
        "-or",
        "or*",
        "{words}:x",
        "'; DROP TABLE message; --",
        "\0",
        "§1",
        "(",
        "+",
        "or \"not",
    ] {
        find_messages(&connection, query, None, None, 5).unwrap();
        find_messages(&connection, query, Some(row), None, 5).unwrap();
        find_threads(&connection, query, 5).unwrap();
    }
    assert_eq!(found(&connection, "OR NOT NEAR"), [1], "operators are words");
    assert!(found(&connection, "§1").is_empty(), "a thread's mark cannot be searched for");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_is_typed_is_an_answer_and_finds_itself(text in any::<String>(), query in "\\PC{0,40}") {
        let (_dir, connection) = database();
        let row = joined_thread(&connection, 1);
        put(&connection, row, 1, 1, &text);
        find_messages(&connection, &query, None, None, 5).unwrap();
        find_messages(&connection, &query, Some(row), None, 5).unwrap();
        let words: Vec<_> = words::words(&text).collect();
        let expected: Vec<u64> = if words.is_empty() { vec![] } else { vec![1] };
        prop_assert_eq!(found(&connection, &text), expected);
    }
}
