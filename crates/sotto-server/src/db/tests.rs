//! Whether the embedded backend keeps its promises: the conformance suite, and what is its own.

use std::path::Path;

use rusqlite::params;
use sotto_protocol::entry::{EntryKind, ThreadClass};
use sotto_protocol::role::Classes;
use sotto_protocol::{AccountId, EntryId, ThreadId};

use super::*;
use crate::store::conformance::conformance;
use crate::store::{NewEpoch, Refusal, Viewer};

fn key() -> Key {
    Key::new([1; 32], [2; 16])
}

fn open(dir: &Path, max_pages: Option<u32>) -> Embedded {
    Embedded::open(&dir.join("sotto.db"), &key(), max_pages).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_embedded_backend_conforms() {
    conformance(async |dir: &Path| open(dir, None)).await;
}

fn event(n: u64, bytes: usize) -> NewEntry {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&n.to_be_bytes());
    NewEntry {
        request: 0,
        thread: ThreadId::from_bytes([1; 16]),
        entry: EntryId::from_bytes(id),
        kind: EntryKind::Event,
        alert: sotto_protocol::entry::Alert::Normal,
        epoch: 1,
        author: AccountId::from_bytes([1; 16]),
        bytes: vec![7; bytes].into(),
        classes: Classes::ALL,
        key: None,
        blocked: None,
        fault: None,
    }
}

fn first() -> NewEntry {
    let members = [AccountId::from_bytes([1; 16])].into();
    let key = NewEpoch { class: ThreadClass::Staff, members, boxes: vec![vec![3; 9].into()] };
    NewEntry { kind: EntryKind::Key, key: Some(key), ..event(u64::MAX, 9) }
}

#[tokio::test]
async fn a_full_disk_loses_nothing_and_the_store_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path(), Some(200));
    store.append(1, [first()].into()).await.unwrap();
    let mut stored = 0;
    let full = loop {
        match store.append(1, [event(stored, 20_000)].into()).await {
            Ok(verdicts) => assert!(matches!(verdicts[..], [Verdict::Stored { .. }])),
            Err(error) => break error,
        }
        stored += 1;
    };
    assert_eq!(full, StoreError::DiskFull);
    assert!(stored > 5);
    store.check().await.unwrap();
    // A small one still fits, or is refused in the same way; the log goes on where it was in either case.
    let head = store.load_backlog(Viewer { account: AccountId::from_bytes([1; 16]), classes: Classes::ALL }, 0).await.unwrap().head();
    assert_eq!(head, stored + 1);
    store.close().await;
    let roomier = open(dir.path(), None);
    let verdicts = roomier.append(1, [event(stored, 20_000), event(0, 20_000)].into()).await.unwrap();
    assert!(matches!(verdicts[0], Verdict::Stored { stamp, .. } if stamp.position == stored + 2));
    assert!(matches!(verdicts[1], Verdict::Repeat(stamp) if stamp.position == 2));
}

#[tokio::test]
async fn a_failed_batch_leaves_no_trace_in_the_writers_memory() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path(), Some(120));
    store.append(1, [first()].into()).await.unwrap();
    let large: Vec<NewEntry> = (0..30).map(|n| event(n, 20_000)).collect();
    assert_eq!(store.append(1, large.into()).await, Err(StoreError::DiskFull));
    let verdicts = store.append(1, [event(99, 20)].into()).await.unwrap();
    assert!(matches!(verdicts[0], Verdict::Stored { stamp, .. } if (stamp.position, stamp.seq) == (2, 2)));
}

#[tokio::test]
async fn another_key_does_not_open_it() {
    let dir = tempfile::tempdir().unwrap();
    open(dir.path(), None).close().await;
    let other = Key::new([9; 32], [2; 16]);
    let opened = Embedded::open(&dir.path().join("sotto.db"), &other, None);
    assert!(matches!(opened, Err(sotto_sqlcipher::Error::WrongKey)));
}

#[tokio::test]
async fn a_database_of_the_first_schema_is_brought_to_this_one() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("sotto.db");
    let mut old = sotto_sqlcipher::open(&path, &key(), Mode::Create).unwrap();
    sotto_sqlcipher::migrate(&mut old, &schema::MIGRATIONS[..1]).unwrap();
    old.execute_batch("UPDATE meta SET root = zeroblob(32); INSERT INTO statement (seq, bytes) VALUES (1, x'07')").unwrap();
    old.execute("INSERT INTO share (device, share) VALUES (?1, ?2)", params![[3_u8; 16], [4_u8; 32]]).unwrap();
    drop(old);
    let store = open(dir.path(), None);
    assert_eq!(store.load_org().await.unwrap().unwrap().statements, [vec![7]]);
    assert_eq!(*store.load_share(DeviceId::from_bytes([3; 16])).await.unwrap().unwrap(), [4; 32]);
    assert!(store.load_seen().await.unwrap().is_empty());
    store.close().await;
}

#[tokio::test]
async fn an_outsider_is_told_nothing_of_a_thread() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path(), None);
    store.append(1, [first()].into()).await.unwrap();
    let outsider = NewEntry { author: AccountId::from_bytes([8; 16]), ..event(1, 9) };
    let verdicts = store.append(1, [outsider].into()).await.unwrap();
    assert_eq!(verdicts, [Verdict::Refused(Refusal::silent(sotto_protocol::ErrorCode::NotAMember))]);
}

/// No plan may contain a `SCAN`: each would cost what exists and not what is asked for.
#[test]
fn every_search_uses_an_index() {
    let dir = tempfile::tempdir().unwrap();
    let mut connection = sotto_sqlcipher::open(&dir.path().join("plan.db"), &key(), Mode::Create).unwrap();
    sotto_sqlcipher::migrate(&mut connection, schema::MIGRATIONS).unwrap();
    let plan = |sql: &str, arguments: &[&dyn rusqlite::ToSql]| {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let rows = statement.query_map(arguments, |row| row.get::<_, String>(3)).unwrap();
        rows.collect::<rusqlite::Result<Vec<_>>>().unwrap().join("; ")
    };
    let account = [1_u8; 16];
    let by_thread = plan(membership::BY_THREAD, params![account, 1]);
    assert!(by_thread.contains("thread_recent (last_position>?)") && by_thread.contains("membership_in_thread"), "{by_thread}");
    let by_account = plan(membership::BY_ACCOUNT, params![account, 1]);
    assert!(by_account.contains("membership_of_account (account=? AND to_position>?)"), "{by_account}");
    let found = plan(entry::FIND, params![1, account]);
    assert!(found.contains("entry_once (<expr>=? AND entry=?)"), "{found}");
    let stretch = plan(entry::STRETCH, params![1, 2]);
    assert!(stretch.contains("INTEGER PRIMARY KEY (rowid>? AND rowid<?)"), "{stretch}");
    let telling = plan(entry::TELLING, params![1, 2]);
    assert!(telling.contains("entry_telling (id>? AND id<?)") || telling.contains("entry_telling (rowid>? AND rowid<?)"), "{telling}");
    let threads = plan(membership::THREADS, params![account, i64::MAX]);
    assert!(threads.contains("membership_of_account (account=? AND to_position=?)") && !threads.contains("SCAN"), "{threads}");
    for sign_in in [
        plan(credential::LOGIN, params![account]),
        plan(credential::OF_HANDLE, params![account, 1]),
        plan(credential::OF_RECOVERY, params![account, 1, account]),
        plan(credential::OF_ACCOUNT, params![account, 1]),
        plan(sign_in::OF_ACCOUNT, params![account, 9]),
    ] {
        assert!(sign_in.contains("SEARCH") && !sign_in.contains("SCAN") && !sign_in.contains("TEMP B-TREE"), "{sign_in}");
    }
    let counted = plan(membership::COUNT, params![account, 1, 5]);
    for text in [by_thread, by_account, found, stretch, counted] {
        assert!(
            !text.contains("SCAN t") && !text.contains("SCAN m") && !text.contains("SCAN entry") && !text.contains("TEMP B-TREE"),
            "{text}"
        );
    }
}
