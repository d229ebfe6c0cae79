//! Whether files and their chunks are found by line, kept once, and gone with it.

use sotto_protocol::event::Priority;
use sotto_protocol::key::Hash;

use super::super::testing::database;
use super::*;

fn shared(n: u8) -> SharedFile {
    SharedFile {
        file: FileId::from_bytes([n; 16]),
        key: FileKey::from_bytes([n; 32]),
        bytes: 10,
        hash: Hash::from_bytes([n; 32]),
        media_type: "image/png".into(),
        name: format!("{n}.png"),
        text: String::new(),
        priority: Priority::Concern,
    }
}

const THREAD: ThreadId = ThreadId::from_bytes([9; 16]);

#[test]
fn a_file_that_is_sent_from_here_keeps_its_chunks_when_its_line_comes() {
    let (_dir, connection) = database();
    let row = stage(&connection, THREAD, &shared(1)).unwrap();
    chunk::store(&connection, row, 0, b"sealed").unwrap();
    chunk::store(&connection, row, 0, b"other").unwrap();
    set_state(&connection, row, FileState::Failed(ErrorCode::DiskFull)).unwrap();
    assert_eq!(outgoing(&connection, THREAD).unwrap()[0].state, FileState::Failed(ErrorCode::DiskFull));
    set_state(&connection, row, FileState::Queued).unwrap();
    assert_eq!(queued(&connection).unwrap().len(), 1);
    for _ in 0..2 {
        share(&connection, THREAD, 3, 7, &shared(1)).unwrap();
    }
    let found = of_line(&connection, 3, 7).unwrap().unwrap();
    assert!((found.row, found.seq, found.state, &found.shared) == (row, Some(7), FileState::Shared, &shared(1)));
    assert_eq!(chunk::load(&connection, row, 0).unwrap().as_deref(), Some(b"sealed".as_slice()));
    assert!(outgoing(&connection, THREAD).unwrap().is_empty() && queued(&connection).unwrap().is_empty());
}

#[test]
fn another_files_line_under_the_same_id_gets_no_chunk_of_it() {
    let (_dir, connection) = database();
    let row = stage(&connection, THREAD, &shared(1)).unwrap();
    chunk::store(&connection, row, 0, b"sealed").unwrap();
    let forged = SharedFile { key: FileKey::from_bytes([8; 32]), ..shared(1) };
    share(&connection, THREAD, 3, 7, &forged).unwrap();
    let found = of_line(&connection, 3, 7).unwrap().unwrap();
    assert_eq!(chunk::count(&connection, found.row).unwrap(), 0);
    assert_eq!(chunk::here(&connection, row).unwrap(), [0]);
}

#[test]
fn the_oldest_fetched_files_make_room_and_what_is_to_be_sent_stays() {
    let (_dir, connection) = database();
    let waiting = stage(&connection, THREAD, &shared(1)).unwrap();
    for seq in [7, 8, 9] {
        share(&connection, THREAD, 3, seq, &shared(u8::try_from(seq).unwrap())).unwrap();
    }
    let files: Vec<i64> = of_lines(&connection, 3, 7, 9).unwrap().iter().map(|file| file.row).collect();
    for row in [waiting, files[0], files[1], files[2]] {
        chunk::store(&connection, row, 0, b"sealed").unwrap();
    }
    chunk::trim(&connection, files[2], 3).unwrap();
    let here = |row| chunk::count(&connection, row).unwrap();
    assert_eq!([waiting, files[0], files[1], files[2]].map(here), [1, 0, 1, 1]);
    chunk::trim(&connection, files[2], 0).unwrap();
    assert_eq!([waiting, files[0], files[1], files[2]].map(here), [1, 0, 0, 1]);
}

#[test]
fn what_a_line_refers_to_goes_with_it() {
    let (_dir, connection) = database();
    for seq in [7, 8, 9] {
        share(&connection, THREAD, 3, seq, &shared(u8::try_from(seq).unwrap())).unwrap();
    }
    let files = of_lines(&connection, 3, 7, 8).unwrap();
    assert_eq!(files.iter().map(|file| file.seq).collect::<Vec<_>>(), [Some(7), Some(8)]);
    chunk::store(&connection, files[0].row, 0, b"sealed").unwrap();
    delete_of_line(&connection, rowid(3, 7)).unwrap();
    assert!(of_line(&connection, 3, 7).unwrap().is_none());
    assert_eq!(chunk::count(&connection, files[0].row).unwrap(), 0);
    assert!(of_line(&connection, 3, 8).unwrap().is_some());
}
