//! Whether the list shows the right threads in the right order, from indices only.

use sotto_protocol::entry::{EntryKind, Stamp, ThreadClass};
use sotto_protocol::event::{Description, Patient, Priority};
use sotto_protocol::key::Hash;

use super::super::testing::{database, entry_id, joined_thread, message, plan, thread_id};
use super::super::{draft, message as messages, outbox};
use super::list::{count_sql, list_sql};
use super::*;

fn patient(family: &str) -> Patient {
    Patient {
        family: family.into(),
        given: "Ana".into(),
        preferred: None,
        birth_date: "1950-02-01".into(),
        mrn: "A1".into(),
        pronouns: None,
        language: None,
    }
}

const FILTERS: [Filter; 4] = [Filter::Mine, Filter::Unread, Filter::Patients, Filter::Team];

#[test]
fn a_page_of_every_filter_is_one_index_range() {
    let (_dir, connection) = database();
    for (filter, index) in FILTERS.into_iter().zip(["thread_mine", "thread_unread", "thread_about", "thread_about"]) {
        let plan = plan(&connection, &list_sql(filter), rusqlite::params![1, 1, 1]);
        assert!(plan.contains(&format!("SEARCH thread USING INDEX {index} (")), "{plan}");
        assert!(plan.contains("outbox USING INDEX outbox_thread (thread=?)"), "{plan}");
        assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}

#[test]
fn counts_read_indices_only() {
    let (_dir, connection) = database();
    for filter in FILTERS {
        let plan = plan(&connection, &count_sql(filter), []);
        assert!(plan.contains(" thread USING COVERING INDEX"), "{plan}");
    }
}

#[test]
fn filters_pages_and_counts_agree() {
    let (_dir, connection) = database();
    for number in 1..=30 {
        let row = joined_thread(&connection, number);
        if number % 3 == 0 {
            let about = Description { patient: Some(patient("Ruiz")), ..Description::default() };
            describe(&connection, row, 0, &about).unwrap();
        }
        if number % 2 == 0 {
            // Several threads share a time: the key's second half keeps pages apart.
            messages::insert(&connection, &messages::MessageRow { at: 1_000, ..message(row, 1, u64::from(number), "hello") }).unwrap();
        }
    }
    let outside = insert(&connection, thread_id(99), ThreadClass::Staff, 1).unwrap();
    let counts = count(&connection).unwrap();
    assert_eq!(counts, Counts { mine: 30, unread: 15, patients: 10, team: 20 });
    for (filter, wanted) in FILTERS.into_iter().zip([counts.mine, counts.unread, counts.patients, counts.team]) {
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = list(&connection, filter, after, 7).unwrap();
            seen.extend(page.iter().map(|row| (row.thread.last_at, row.thread.row)));
            let Some(last) = page.last() else { break };
            after = ListKey::parse(&last.key().encode());
        }
        assert_eq!(seen.len() as u64, wanted, "{filter:?}");
        assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "{filter:?} newest first, none twice");
        assert!(seen.iter().all(|(_, row)| *row != outside));
    }
    assert_eq!(ListKey::parse("no key"), None);
}

#[test]
fn a_row_says_what_waits_what_failed_and_that_there_is_a_draft() {
    let (_dir, connection) = database();
    let row = joined_thread(&connection, 1);
    joined_thread(&connection, 2);
    for number in 0..5 {
        let (entry, kind) = (entry_id(number), EntryKind::Event);
        let new = outbox::NewOutboxRow { thread: thread_id(1), entry, kind, content: vec![1], created_at: 1, client_ref: None };
        outbox::queue(&connection, &new).unwrap();
    }
    outbox::fail(&connection, entry_id(3), sotto_protocol::ErrorCode::TooLarge).unwrap();
    let text = draft::DraftRow { text: "so far".into(), priority: Priority::Action, updated_at: 3 };
    draft::store(&connection, thread_id(1), &text).unwrap();
    let shown = list_row(&connection, row).unwrap().unwrap();
    assert_eq!((shown.queued, shown.failed, shown.draft), (4, 1, true));
    let other = list(&connection, Filter::Mine, None, 1).unwrap();
    assert_eq!((other[0].thread.id, other[0].queued, other[0].draft), (thread_id(2), 0, false));
    draft::delete(&connection, thread_id(1)).unwrap();
    assert!(draft::load(&connection, thread_id(1)).unwrap().is_none());
}

#[test]
fn a_row_keeps_what_was_set() {
    let (_dir, connection) = database();
    let row = insert(&connection, thread_id(1), ThreadClass::Billing, 5).unwrap();
    assert_eq!(insert(&connection, thread_id(1), ThreadClass::Billing, 9).unwrap(), row);
    let about = Description { title: Some("Claim".into()), patient: Some(patient("Díaz")), reason: Some("refund".into()) };
    describe(&connection, row, 0, &about).unwrap();
    describe(&connection, row, 9, &about).unwrap();
    describe(&connection, row, 4, &Description { title: Some("an older word".into()), ..Description::default() }).unwrap();
    let stamp = |seq| Stamp { position: seq * 10, seq, received_at: 1, chain: Hash::from_bytes([3; 32]) };
    advance(&connection, row, &stamp(4)).unwrap();
    advance(&connection, row, &stamp(2)).unwrap();
    set_epoch(&connection, row, 2).unwrap();
    join(&connection, row, 3).unwrap();
    set_first_seq(&connection, row, 3).unwrap();
    warn(&connection, row, warning::FORKED_LOG | warning::MISSING_ENTRIES).unwrap();
    warn_cleared(&connection, row, warning::MISSING_ENTRIES).unwrap();
    touch(&connection, row, 70).unwrap();
    touch(&connection, row, 60).unwrap();
    let loaded = load_required(&connection, thread_id(1)).unwrap();
    assert!(loaded == load_by_row(&connection, row).unwrap());
    assert!(loaded.patient == about.patient && loaded.title == about.title && loaded.reason == about.reason);
    assert_eq!((loaded.last_seq, loaded.last_position, loaded.chain), (4, 40, Hash::from_bytes([3; 32])));
    assert_eq!((loaded.class, loaded.joined, loaded.epoch, loaded.joined_seq), (ThreadClass::Billing, true, 2, 3));
    assert_eq!(load_unfilled(&connection).unwrap().iter().map(|thread| thread.id).collect::<Vec<_>>(), [thread_id(1)]);
    assert_eq!((loaded.warnings, loaded.last_at, loaded.created_at, loaded.first_seq), (warning::FORKED_LOG, 70, 5, 3));
    assert_eq!(without_history(&connection).unwrap(), [thread_id(1)]);
    leave(&connection, row).unwrap();
    assert_eq!(without_history(&connection).unwrap(), []);
    assert_eq!(count(&connection).unwrap().mine, 0);
    assert_eq!(row_of(&connection, thread_id(1)).unwrap(), Some(row));
    assert_eq!(id_of(&connection, row).unwrap(), thread_id(1));
    assert!(matches!(set_epoch(&connection, 99, 1), Err(StoreError::NotFound(_))));
    assert!(matches!(load_required(&connection, thread_id(9)), Err(StoreError::NotFound(_))));
}
