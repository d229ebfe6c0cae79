//! A vault's connection for the tests of the tables.

use rusqlite::Connection;
use sotto_protocol::entry::ThreadClass;
use sotto_protocol::event::Priority;
use sotto_protocol::{AccountId, EntryId, ThreadId};
use sotto_sqlcipher::{Key, Mode};

use super::message::{MessageKind, MessageRow};
use super::thread;

/// An encrypted database of this build's schema in a folder of its own.
pub fn database() -> (tempfile::TempDir, Connection) {
    let dir = tempfile::tempdir().unwrap();
    let mut connection = sotto_sqlcipher::open(&dir.path().join("vault.db"), &Key::new([1; 32], [2; 16]), Mode::Create).unwrap();
    sotto_sqlcipher::migrate(&mut connection, super::MIGRATIONS).unwrap();
    (dir, connection)
}

/// A thread the person is in.
pub fn joined_thread(connection: &Connection, number: u32) -> i64 {
    let row = thread::insert(connection, thread_id(number), ThreadClass::Clinical, u64::from(number)).unwrap();
    thread::join(connection, row, 1).unwrap();
    row
}

pub fn thread_id(number: u32) -> ThreadId {
    ThreadId::from_bytes(u128::from(number).to_be_bytes())
}

pub fn entry_id(number: u64) -> EntryId {
    EntryId::from_bytes(u128::from(number).to_be_bytes())
}

pub const ME: AccountId = AccountId::from_bytes([1; 16]);
pub const OTHER: AccountId = AccountId::from_bytes([2; 16]);

/// A message of somebody else's; `position` is also its time and its entry.
pub fn message(thread_row: i64, seq: u64, position: u64, text: &str) -> MessageRow {
    MessageRow {
        thread_row,
        seq,
        position,
        entry: entry_id(position),
        author: OTHER,
        at: position,
        kind: MessageKind::Message,
        priority: Priority::Fyi,
        text: text.into(),
        mine: false,
    }
}

/// How SQLite would answer: the details of its plan, one a line.
pub fn plan(connection: &Connection, sql: &str, parameters: impl rusqlite::Params) -> String {
    let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let lines = explain.query_map(parameters, |row| row.get::<_, String>(3)).unwrap();
    lines.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}
