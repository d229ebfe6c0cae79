//! Whether a damaged index is seen and made anew, with messages coming and going meanwhile.

use super::super::message as messages;
use super::super::testing::{database, joined_thread, message};
use super::*;

fn found(connection: &Connection, query: &str) -> Vec<u64> {
    find_messages(connection, query, None, None, 500).unwrap().hits.into_iter().map(|hit| hit.message.position).collect()
}

fn filled(connection: &Connection, count: u64) -> i64 {
    connection.execute_batch("BEGIN").unwrap();
    let row = joined_thread(connection, 1);
    for seq in 1..=count {
        messages::insert(connection, &message(row, seq, seq, &format!("potassium number{seq}"))).unwrap();
    }
    connection.execute_batch("COMMIT").unwrap();
    row
}

#[test]
fn a_new_vault_and_a_full_one_are_sound() {
    let (_dir, connection) = database();
    assert!(check(&connection, 7, 64).unwrap());
    filled(&connection, 300);
    for seed in 0..40 {
        assert!(check(&connection, seed * 13, 16).unwrap(), "{seed}");
    }
    assert!(!rebuild(&connection, 10).unwrap(), "there is nothing to do");
}

#[test]
fn a_gap_and_an_older_builds_words_are_seen() {
    let (_dir, connection) = database();
    let row = filled(&connection, 300);
    // Fifty in the middle are gone from the index: a sample of every twentieth meets one of them, wherever it begins.
    for seq in 100..150 {
        remove_message(&connection, row, seq, &format!("potassium number{seq}")).unwrap();
    }
    for seed in 0..20 {
        assert!(!check(&connection, seed, 15).unwrap(), "{seed}");
    }
    begin_rebuild(&connection).unwrap();
    while rebuild(&connection, 64).unwrap() {}
    assert!(check(&connection, 3, 300).unwrap());
    assert_eq!(found(&connection, "number120"), [120]);
    assert_eq!(find_messages(&connection, "potas", Some(row), None, 500).unwrap().hits.len(), 300);
    meta::store(&connection, Meta::SearchVersion, 0).unwrap();
    assert!(!check(&connection, 3, 15).unwrap());
}

#[test]
fn what_comes_and_goes_while_it_is_made_anew_is_there_once_or_not_at_all() {
    let (_dir, connection) = database();
    let row = filled(&connection, 90);
    begin_rebuild(&connection).unwrap();
    assert!(found(&connection, "potas").is_empty() && is_rebuilding(&connection).unwrap());
    assert!(rebuild(&connection, 30).unwrap());
    assert_eq!(found(&connection, "potas"), (61..=90).rev().collect::<Vec<u64>>(), "the newest come first");
    assert!(check(&connection, 1, 64).unwrap(), "it is not begun again while it goes on");
    // One that is new, one of a past that is fetched now, and the oldest ones leave.
    messages::insert(&connection, &message(row, 120, 120, "potassium new")).unwrap();
    messages::insert(&connection, &message(row, 95, 0, "potassium from the past")).unwrap();
    messages::mark_read(&connection, row, 200).unwrap();
    messages::drop_read_of(&connection, row, 11, 10).unwrap();
    while rebuild(&connection, 7).unwrap() {}
    let wanted: Vec<u64> = std::iter::once(120).chain((11..=90).rev()).chain([0]).collect();
    assert_eq!(found(&connection, "potas"), wanted);
    assert!(check(&connection, 5, 200).unwrap());
    messages::drop_read_of(&connection, row, 21, 10).unwrap();
    purge(&connection).unwrap();
    assert_eq!(found(&connection, "number15"), Vec::<u64>::new());
    assert_eq!(found(&connection, "number25"), [25]);
}

#[test]
fn threads_are_found_again_after_it() {
    let (_dir, connection) = database();
    let row = joined_thread(&connection, 1);
    let description = Description { title: Some("Holiday rota".into()), ..Description::default() };
    super::super::thread::describe(&connection, row, 1, &description).unwrap();
    begin_rebuild(&connection).unwrap();
    assert_eq!(find_threads(&connection, "holiday", 9).unwrap(), [row]);
    assert!(!is_rebuilding(&connection).unwrap() || !rebuild(&connection, 9).unwrap());
}
