//! Whether the encrypted file keeps what it promises: settings, silence, detection.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use sotto_sqlcipher::{Error, Key, Mode, assert_cipher, check_integrity, migrate, open, truncate_wal, version};

const CANARY: &str = "canary-6f1d-patient-name";

fn key() -> Key {
    Key::new([7; 32], [9; 16])
}

fn filled(dir: &Path) -> PathBuf {
    let path = dir.join("a.db");
    let mut connection = open(&path, &key(), Mode::Create).unwrap();
    migrate(&mut connection, &["CREATE TABLE note(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT"]).unwrap();
    for _ in 0..500 {
        connection.execute("INSERT INTO note(text) VALUES (?1)", [CANARY.repeat(10)]).unwrap();
    }
    truncate_wal(&connection).unwrap();
    path
}

fn flip(path: &Path, at: u64) {
    let mut file = std::fs::OpenOptions::new().read(true).write(true).open(path).unwrap();
    let mut byte = [0];
    file.seek(SeekFrom::Start(at)).unwrap();
    file.read_exact(&mut byte).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(&[byte[0] ^ 1]).unwrap();
}

fn number(connection: &Connection, pragma: &str) -> i64 {
    let value = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
    match connection.query_row(&format!("PRAGMA {pragma}"), [], value).unwrap() {
        rusqlite::types::Value::Integer(number) => number,
        rusqlite::types::Value::Text(text) => text.parse().unwrap(),
        other => panic!("{pragma} is {other:?}"),
    }
}

fn text(connection: &Connection, pragma: &str) -> String {
    connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0)).unwrap()
}

#[test]
fn every_setting_reads_back() {
    let dir = tempfile::tempdir().unwrap();
    let path = filled(dir.path());
    for mode in [Mode::Create, Mode::Writer, Mode::Reader] {
        let connection = open(&path, &key(), mode).unwrap();
        for (pragma, wanted) in [
            ("cipher_memory_security", 1),
            ("cipher_status", 1),
            ("synchronous", 2),
            ("temp_store", 2),
            ("secure_delete", 1),
            ("auto_vacuum", 2),
            ("foreign_keys", 1),
            ("trusted_schema", 0),
            ("cell_size_check", 1),
            ("busy_timeout", 5_000),
            ("cache_size", if mode == Mode::Reader { -4_096 } else { -24_576 }),
            ("query_only", i64::from(mode == Mode::Reader)),
        ] {
            assert_eq!(number(&connection, pragma), wanted, "{pragma} in {mode:?}");
        }
        assert_eq!(text(&connection, "journal_mode"), "wal");
        assert_eq!(text(&connection, "cipher_log_level"), "NONE");
        assert!(text(&connection, "cipher_version").starts_with("4."));
        // No row at all where memory mapping is compiled out; 0 where it is not.
        let mapped: Vec<i64> =
            connection.prepare("PRAGMA mmap_size").unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert!(mapped.iter().all(|bytes| *bytes == 0));
        assert_cipher(&connection).unwrap();
    }
}

#[test]
fn no_file_holds_the_text_even_while_it_is_open() {
    let dir = tempfile::tempdir().unwrap();
    let path = filled(dir.path());
    let connection = open(&path, &key(), Mode::Writer).unwrap();
    connection.execute("INSERT INTO note(text) VALUES (?1)", [CANARY]).unwrap();
    let mut files = 0;
    for file in std::fs::read_dir(dir.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()));
        assert!(!bytes.windows(10).any(|window| window == b"CREATE TAB"));
        files += 1;
    }
    assert_eq!(files, 3, "the main file, the write-ahead log and its index");
}

#[test]
fn without_the_key_nothing_opens() {
    let dir = tempfile::tempdir().unwrap();
    let path = filled(dir.path());
    let plain = Connection::open(&path).unwrap();
    assert!(plain.query_row("SELECT count(*) FROM note", [], |row| row.get::<_, i64>(0)).is_err());
    assert!(matches!(assert_cipher(&plain), Err(Error::NotEncrypted)));
    assert!(matches!(open(&path, &Key::new([8; 32], [9; 16]), Mode::Writer), Err(Error::WrongKey)));
    assert_eq!(&std::fs::read(&path).unwrap()[..16], &[9; 16], "the file begins with the salt and not with SQLite's name");
}

#[test]
fn a_plain_database_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("plain.db");
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE t(x)").unwrap();
    for mode in [Mode::Create, Mode::Writer, Mode::Reader] {
        assert!(matches!(open(&path, &key(), mode), Err(Error::NotEncrypted)));
    }
}

#[test]
fn a_missing_or_an_emptied_file_is_not_a_new_one() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.db");
    assert!(matches!(open(&path, &key(), Mode::Writer), Err(Error::Missing)));
    assert!(matches!(open(&path, &key(), Mode::Reader), Err(Error::Missing)));
    std::fs::write(&path, b"").unwrap();
    assert!(matches!(open(&path, &key(), Mode::Writer), Err(Error::Corrupt)));
}

#[test]
fn one_changed_byte_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let path = filled(dir.path());
    check_integrity(&open(&path, &key(), Mode::Reader).unwrap()).unwrap();
    let length = std::fs::metadata(&path).unwrap().len();
    flip(&path, length / 2);
    let connection = open(&path, &key(), Mode::Reader).unwrap();
    assert!(matches!(check_integrity(&connection), Err(Error::Corrupt)));
    let read = connection.query_row("SELECT sum(length(text)) FROM note", [], |row| row.get::<_, i64>(0));
    assert!(matches!(read.map_err(Error::from), Err(Error::Corrupt)));
    drop(connection);
    for at in [0, 15, 16, 100, 4_095] {
        flip(&path, at);
        assert!(matches!(open(&path, &key(), Mode::Writer), Err(Error::WrongKey)), "byte {at}: wrong key or damage");
        flip(&path, at);
    }
    open(&path, &key(), Mode::Writer).unwrap();
}

#[test]
fn a_reader_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = filled(dir.path());
    let reader = open(&path, &key(), Mode::Reader).unwrap();
    assert!(reader.execute("DELETE FROM note", []).is_err());
}

#[test]
fn a_full_disk_has_a_name_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = filled(dir.path());
    let connection = open(&path, &key(), Mode::Writer).unwrap();
    let pages = number(&connection, "page_count");
    connection.execute_batch(&format!("PRAGMA max_page_count = {pages}")).unwrap();
    let full = connection.execute("INSERT INTO note(text) VALUES (?1)", ["x".repeat(100_000)]);
    assert!(matches!(full.map_err(Error::from), Err(Error::DiskFull)));
    assert_eq!(connection.query_row("SELECT count(*) FROM note", [], |row| row.get::<_, i64>(0)).unwrap(), 500);
}

#[test]
fn an_error_does_not_repeat_the_words_of_a_search() {
    let dir = tempfile::tempdir().unwrap();
    let connection = open(&dir.path().join("a.db"), &key(), Mode::Create).unwrap();
    connection.execute_batch("CREATE VIRTUAL TABLE words USING fts5(word)").unwrap();
    let find = |query: &str| connection.query_row("SELECT rowid FROM words WHERE words MATCH ?1", [query], |row| row.get::<_, i64>(0));
    let query = format!("\"{CANARY}\" {CANARY}:");
    let error = Error::from(find(&query).unwrap_err());
    assert!(matches!(error, Error::Sqlite(_)));
    assert!(!format!("{error:?}").contains("canary"));
}

#[test]
fn a_second_writer_is_told_that_the_file_is_in_use() {
    let dir = tempfile::tempdir().unwrap();
    let path = filled(dir.path());
    let first = open(&path, &key(), Mode::Writer).unwrap();
    let second = open(&path, &key(), Mode::Writer).unwrap();
    second.busy_timeout(std::time::Duration::ZERO).unwrap();
    first.execute_batch("BEGIN IMMEDIATE").unwrap();
    let busy = second.execute_batch("BEGIN IMMEDIATE").map_err(Error::from);
    assert!(matches!(busy, Err(Error::InUse)));
}

#[test]
fn migrations_run_once_in_order_and_a_newer_file_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.db");
    let mut connection = open(&path, &key(), Mode::Create).unwrap();
    let all = ["CREATE TABLE a(x) ", "ALTER TABLE a ADD COLUMN y"];
    migrate(&mut connection, &all[..1]).unwrap();
    migrate(&mut connection, &all).unwrap();
    migrate(&mut connection, &all).unwrap();
    assert_eq!(version(&connection).unwrap(), 2);
    assert!(matches!(migrate(&mut connection, &all[..1]), Err(Error::TooNew)));
    assert!(migrate(&mut connection, &[all[0], all[1], "CREATE TABLE b(x); CREATE TABLE a(x)"]).is_err());
    assert_eq!(version(&connection).unwrap(), 2, "a failed migration leaves nothing behind");
    assert!(connection.prepare("SELECT * FROM b").is_err());
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = filled(dir.path());
    let _open = open(&path, &key(), Mode::Writer).unwrap();
    for file in std::fs::read_dir(dir.path()).unwrap() {
        assert_eq!(file.unwrap().metadata().unwrap().permissions().mode() & 0o077, 0);
    }
}

#[test]
fn sqlcipher_says_nothing_on_the_standard_error_stream() {
    // In a child process: the stream is the process's, and other tests of this one share it.
    const PATH: &str = "SOTTO_TEST_DAMAGED_DATABASE";
    if let Some(path) = std::env::var_os(PATH) {
        assert!(matches!(open(Path::new(&path), &Key::new([1; 32], [9; 16]), Mode::Writer), Err(Error::WrongKey)));
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let path = filled(dir.path());
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "sqlcipher_says_nothing_on_the_standard_error_stream"])
        .env(PATH, &path)
        .output()
        .unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
