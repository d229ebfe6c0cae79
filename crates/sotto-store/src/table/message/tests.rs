//! Whether pages, previews and the unread count are what the log says.

use rusqlite::Connection;
use sotto_protocol::event::ReadMark;

use super::super::testing::{ME, database, joined_thread, message, plan};
use super::super::{search, thread};
use super::*;

fn seqs(page: &Page) -> Vec<u64> {
    page.messages.iter().map(|message| message.seq).collect()
}

#[test]
fn a_page_is_one_rowid_range_and_unread_one_index_range() {
    let (_dir, connection) = database();
    for sql in [page::before_sql(), page::after_sql()] {
        let plan = plan(&connection, &sql, rusqlite::params![1, 2, 3]);
        assert_eq!(plan, "SEARCH message USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
    }
    for sql in [read::UNREAD, read::FIRST] {
        let plan = plan(&connection, sql, rusqlite::params![1, 2]);
        assert!(
            plan.contains("COVERING INDEX message_theirs (rowid>? AND rowid<?)") || plan.contains("message_theirs (id>? AND id<?)"),
            "{plan}"
        );
    }
}

#[test]
fn pages_meet_without_gap_or_overlap() {
    let (_dir, connection) = database();
    let (one, two) = (joined_thread(&connection, 1), joined_thread(&connection, 2));
    for seq in 1..=25 {
        insert(&connection, &message(one, seq, seq * 2, "one")).unwrap();
        insert(&connection, &message(two, seq, seq * 2 + 1, "two")).unwrap();
    }
    let newest = page_before(&connection, one, None, 10).unwrap();
    assert_eq!((seqs(&newest), newest.more), ((16..=25).collect(), true));
    let older = page_before(&connection, one, Some(16), 10).unwrap();
    assert_eq!((seqs(&older), older.more), ((6..=15).collect(), true));
    let oldest = page_before(&connection, one, Some(6), 10).unwrap();
    assert_eq!((seqs(&oldest), oldest.more), ((1..=5).collect(), false));
    let newer = page_after(&connection, one, 5, 10).unwrap();
    assert_eq!((seqs(&newer), newer.more), ((6..=15).collect(), true));
    let last = page_after(&connection, one, 15, 10).unwrap();
    assert_eq!((seqs(&last), last.more), ((16..=25).collect(), false));
    assert!(newest.messages.iter().all(|m| m.text == "one"));
    assert!(load(&connection, one, 3).unwrap() == load_by_position(&connection, 6).unwrap());
    assert!(load(&connection, one, 26).unwrap().is_none());
}

#[test]
fn every_kind_comes_back_and_only_messages_fold() {
    let (_dir, connection) = database();
    let row = joined_thread(&connection, 1);
    let kinds = [
        MessageKind::Change(Change::Created),
        MessageKind::Change(Change::Members),
        MessageKind::Change(Change::Described),
        MessageKind::Change(Change::Rotated),
        MessageKind::Tombstone(Tombstone::BadSignature),
        MessageKind::Tombstone(Tombstone::UnknownAuthor),
        MessageKind::Tombstone(Tombstone::CannotDecrypt),
        MessageKind::Tombstone(Tombstone::Malformed),
        MessageKind::Tombstone(Tombstone::NotAMember),
        MessageKind::Tombstone(Tombstone::UnknownKind),
    ];
    for (seq, kind) in (1..).zip(kinds) {
        insert(&connection, &MessageRow { kind, ..message(row, seq, seq, "") }).unwrap();
        assert_eq!(load(&connection, row, seq).unwrap().unwrap().kind, kind);
    }
    let thread = thread::load_by_row(&connection, row).unwrap();
    assert!(thread.unread == 0 && thread.preview.is_empty() && thread.last_at == 1);
}

#[test]
fn the_row_previews_the_newest_message_whatever_comes_in_which_order() {
    let (_dir, connection) = database();
    let row = joined_thread(&connection, 1);
    let stat = MessageRow { priority: Priority::Stat, author: ME, mine: true, ..message(row, 9, 90, "newest") };
    insert(&connection, &stat).unwrap();
    insert(&connection, &message(row, 3, 30, "from a range fetched later")).unwrap();
    insert(&connection, &message(row, 3, 30, "from a range fetched later")).unwrap();
    let thread = thread::load_by_row(&connection, row).unwrap();
    assert!(thread.preview == "newest" && thread.preview_author == Some(ME));
    assert_eq!((thread.priority, thread.preview_seq, thread.last_at, thread.unread), (Priority::Stat, 9, 90, 1));
}

#[test]
fn reading_to_the_end_and_back_from_here() {
    let (_dir, connection) = database();
    let row = joined_thread(&connection, 1);
    for seq in 1..=6 {
        insert(&connection, &MessageRow { mine: seq == 4, ..message(row, seq, seq, "m") }).unwrap();
    }
    let unread = || thread::load_by_row(&connection, row).unwrap().unread;
    let mark = |turn, upto| Some(ReadMark { turn, upto });
    assert_eq!((first_unread(&connection, row).unwrap(), unread()), (Some(1), 5));
    assert_eq!((mark_read(&connection, row, 3).unwrap(), unread()), (mark(0, 3), 2));
    assert_eq!(first_unread(&connection, row).unwrap(), Some(5));
    assert_eq!((mark_read(&connection, row, u64::MAX).unwrap(), unread()), (mark(0, 6), 0));
    assert_eq!(first_unread(&connection, row).unwrap(), None);
    assert_eq!((mark_read(&connection, row, 1).unwrap(), unread()), (None, 0), "reading never marks as unread");
    assert_eq!((mark_unread(&connection, row, 2).unwrap(), unread()), (mark(1, 1), 4));
    assert_eq!(mark_unread(&connection, row, 5).unwrap(), None, "from there on it is unread already");
    assert!(!take_mark(&connection, row, ReadMark { turn: 0, upto: 6 }).unwrap(), "a turn before says nothing any more");
    assert_eq!((mark_read(&connection, row, 99).unwrap(), unread()), (mark(1, 6), 0));
    insert(&connection, &message(row, 7, 7, "m")).unwrap();
    assert_eq!(unread(), 1, "99 meant the newest then");
    assert!(mark_read(&connection, 77, 1).is_err() && mark_unread(&connection, 77, 1).is_err());
}

/// Rows of the index's tables that have these bytes.
fn index_has(connection: &Connection, word: &str) -> i64 {
    let sql = "SELECT count(*) FROM message_words_data WHERE instr(block, CAST(?1 AS BLOB)) > 0";
    connection.query_row(sql, [word], |row| row.get(0)).unwrap()
}

#[test]
fn what_is_old_and_read_goes_with_its_words_and_nothing_else_does() {
    let (_dir, connection) = database();
    let (one, two) = (joined_thread(&connection, 1), joined_thread(&connection, 2));
    for (seq, text) in (1..).zip(["zebrafish one", "zebrafish two", "young heron"]) {
        insert(&connection, &message(one, seq, if seq == 3 { 100 } else { seq * 10 }, text)).unwrap();
    }
    mark_read(&connection, one, 3).unwrap();
    for (seq, text) in (1..).zip(["read badger", "unread walrus", "own walrus"]) {
        insert(&connection, &MessageRow { mine: seq == 3, ..message(two, seq, 30 + seq, text) }).unwrap();
    }
    mark_read(&connection, two, 1).unwrap();
    assert!(index_has(&connection, "fish") > 0, "the test can see what is left");
    let mut dropped = Vec::new();
    loop {
        let turn = drop_read(&connection, 100, 2).unwrap();
        dropped.push(turn.lines);
        if !turn.more {
            break;
        }
    }
    search::purge(&connection).unwrap();
    assert_eq!(dropped.iter().sum::<u32>(), 3);
    assert_eq!(seqs(&page_before(&connection, one, None, 10).unwrap()), [3]);
    assert_eq!(seqs(&page_before(&connection, two, None, 10).unwrap()), [2, 3], "unread, and what comes after it");
    assert_eq!((index_has(&connection, "fish"), index_has(&connection, "badger")), (0, 0));
    let found = |query| search::find_messages(&connection, query, None, None, 9).unwrap().hits.len();
    assert_eq!((found("zebrafish"), found("badger"), found("heron"), found("walrus")), (0, 0, 1, 2));
    let row = thread::load_by_row(&connection, two).unwrap();
    assert_eq!((row.unread, row.read_seq, row.preview.as_str()), (1, 1, "own walrus"));
    assert_eq!(drop_read(&connection, 100, 9).unwrap(), Dropped::default());
}

#[test]
fn a_thread_without_lines_goes_on() {
    let (_dir, connection) = database();
    let row = joined_thread(&connection, 1);
    insert(&connection, &message(row, 1, 10, "old")).unwrap();
    mark_read(&connection, row, 1).unwrap();
    assert_eq!(drop_read_of(&connection, row, 11, 9).unwrap(), 1);
    let thread = thread::load_by_row(&connection, row).unwrap();
    assert_eq!((thread.preview.as_str(), thread.preview_author, thread.preview_seq, thread.unread), ("", None, 1, 0));
    insert(&connection, &message(row, 2, 20, "new")).unwrap();
    let thread = thread::load_by_row(&connection, row).unwrap();
    assert_eq!((thread.preview.as_str(), thread.unread), ("new", 1));
    mark_unread(&connection, row, 1).unwrap();
    assert_eq!(thread::load_by_row(&connection, row).unwrap().unread, 1, "what is gone is not unread again");
    assert_eq!(thread::dropped_seq(&connection, row).unwrap(), 1);
}
