//! Whether a vault keeps what it was given: through closing, dropping, failing, a full disk, damage and another process.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::Path;

use sotto_protocol::entry::ThreadClass;
use sotto_protocol::event::{Description, Patient, Priority};
use sotto_protocol::{AccountId, EntryId, ErrorCode, ThreadId};
use sotto_store::table::message::{self, MessageKind, MessageRow};
use sotto_store::table::meta::{self, Meta};
use sotto_store::table::{draft, outbox, thread};
use sotto_store::{Home, Key, StoreError, Vault, vault};

const CANARY: &str = "canary-Zyxwvut-potassium";
const THREAD: ThreadId = ThreadId::from_bytes([5; 16]);

fn key() -> Key {
    Key::new([7; 32], [9; 16])
}

async fn cursor(vault: &Vault) -> u64 {
    vault.read(|c| meta::load(c, Meta::Cursor)).await.unwrap()
}

async fn set_cursor(vault: &Vault, number: u64) {
    vault.write(move |t| meta::store(t, Meta::Cursor, number)).await.unwrap();
}

fn canary_message(row: i64) -> MessageRow {
    MessageRow {
        thread_row: row,
        seq: 1,
        position: 1,
        entry: EntryId::from_bytes([1; 16]),
        author: AccountId::from_bytes([2; 16]),
        at: 1,
        kind: MessageKind::Message,
        priority: Priority::Stat,
        text: CANARY.into(),
        mine: false,
    }
}

async fn put_canaries(vault: &Vault) {
    vault
        .write(|t| {
            let row = thread::insert(t, THREAD, ThreadClass::Clinical, 1)?;
            let patient = Patient {
                family: CANARY.into(),
                given: CANARY.into(),
                preferred: None,
                birth_date: "1950-01-01".into(),
                mrn: CANARY.into(),
                pronouns: None,
                language: None,
            };
            thread::describe(t, row, 0, &Description { title: Some(CANARY.into()), patient: Some(patient), reason: None })?;
            message::insert(t, &canary_message(row))?;
            draft::store(t, THREAD, &draft::DraftRow { text: CANARY.into(), priority: Priority::Fyi, updated_at: 1 })?;
            let content = CANARY.as_bytes().to_vec();
            let (entry, kind) = (EntryId::from_bytes([2; 16]), sotto_protocol::entry::EntryKind::Event);
            let row = outbox::NewOutboxRow { thread: THREAD, entry, kind, content, created_at: 1, client_ref: Some(CANARY.into()) };
            outbox::queue(t, &row).map(drop)
        })
        .await
        .unwrap();
}

fn assert_no_canary(dir: &Path) -> usize {
    let mut files = 0;
    for item in std::fs::read_dir(dir).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            files += assert_no_canary(&path);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
        for word in ["zyxwvut", "potassium"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{} holds text", path.display());
        }
        files += 1;
    }
    files
}

#[tokio::test]
async fn what_was_written_is_there_after_closing_and_no_file_shows_it() {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let _lock = home.lock().unwrap();
    let folder = home.make_account(AccountId::from_bytes([1; 16])).unwrap();
    let vault = Vault::create(&folder, &key()).unwrap();
    put_canaries(&vault).await;
    assert!(assert_no_canary(dir.path()) >= 5, "home id, lock, vault, log and its index");
    vault.close().await;
    assert_eq!(assert_no_canary(dir.path()), 3, "home id, lock and vault: the log was emptied and removed");
    let vault = Vault::open(&folder, &key()).unwrap();
    let row = vault.read(|c| thread::load_required(c, THREAD)).await.unwrap();
    assert!(row.preview == CANARY && row.unread == 1);
    vault.close().await;
}

#[tokio::test]
async fn a_closed_vault_answers_locked() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::create(dir.path(), &key()).unwrap();
    vault.close().await;
    vault.close().await;
    assert!(vault.is_closed());
    let write = vault.write(|t| meta::store(t, Meta::Cursor, 1)).await;
    let read = vault.read(|c| meta::load(c, Meta::Cursor)).await;
    assert_eq!(write.unwrap_err().code(), ErrorCode::Locked);
    assert_eq!(read.unwrap_err().code(), ErrorCode::Locked);
}

#[tokio::test]
async fn an_error_rolls_everything_back_and_a_panic_too() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::create(dir.path(), &key()).unwrap();
    set_cursor(&vault, 1).await;
    let failed: Result<(), _> = vault
        .write(|t| {
            meta::store(t, Meta::Cursor, 2)?;
            Err(StoreError::NotFound("thread"))
        })
        .await;
    assert_eq!(failed.unwrap_err().code(), ErrorCode::NotFound);
    let panicked: Result<(), _> = vault
        .write(|t| {
            meta::store(t, Meta::Cursor, 3)?;
            panic!("a bug")
        })
        .await;
    assert_eq!(panicked.unwrap_err().code(), ErrorCode::Internal);
    assert_eq!(cursor(&vault).await, 1);
    set_cursor(&vault, 4).await;
    assert_eq!(cursor(&vault).await, 4, "the writing thread outlives a panic");
    vault.close().await;
}

#[tokio::test]
async fn a_dropped_future_commits_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::create(dir.path(), &key()).unwrap();
    let (running, is_running) = tokio::sync::oneshot::channel();
    let (go, may_go) = std::sync::mpsc::channel::<()>();
    let write = vault.write(move |t| {
        running.send(()).unwrap();
        may_go.recv().unwrap();
        meta::store(t, Meta::Cursor, 9)
    });
    tokio::select! {
        _ = write => panic!("it cannot have ended"),
        started = is_running => started.unwrap(),
    }
    go.send(()).unwrap();
    vault.close().await;
    let vault = Vault::open(dir.path(), &key()).unwrap();
    assert_eq!(cursor(&vault).await, 9);
    vault.close().await;
}

#[tokio::test]
async fn closing_finishes_what_waits_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::create(dir.path(), &key()).unwrap();
    let writes: Vec<_> = (1..=200)
        .map(|number| {
            let vault = vault.clone();
            tokio::spawn(async move {
                let seen = move |t: &sotto_store::Transaction<'_>| {
                    let before = meta::load(t, Meta::Cursor)?;
                    meta::store(t, Meta::Cursor, before + 1)?;
                    Ok(number)
                };
                vault.write(seen).await
            })
        })
        .collect();
    tokio::task::yield_now().await;
    vault.close().await;
    let mut committed = 0;
    for write in writes {
        match write.await.unwrap() {
            Ok(_) => committed += 1,
            Err(error) => assert_eq!(error.code(), ErrorCode::Locked),
        }
    }
    let vault = Vault::open(dir.path(), &key()).unwrap();
    assert_eq!(cursor(&vault).await, committed, "every write that was answered is there, and no other");
    vault.close().await;
}

#[tokio::test]
async fn readers_see_commits_and_write_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::create(dir.path(), &key()).unwrap();
    for number in 1..50 {
        set_cursor(&vault, number).await;
        assert_eq!(cursor(&vault).await, number);
    }
    assert!(vault.read(|c| meta::store(c, Meta::Cursor, 0)).await.is_err());
    vault.close().await;
}

#[tokio::test]
async fn a_full_disk_has_its_code_and_the_vault_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::create(dir.path(), &key()).unwrap();
    let limit = |pages: &'static str| {
        vault.write(move |t| {
            let pages = if pages == "now" { t.query_row("PRAGMA page_count", [], |r| r.get::<_, i64>(0))? } else { i64::from(u32::MAX) };
            Ok(t.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?)
        })
    };
    limit("now").await.unwrap();
    let long = draft::DraftRow { text: "x".repeat(200_000), priority: Priority::Fyi, updated_at: 1 };
    let again = long.clone();
    let full = vault.write(move |t| draft::store(t, THREAD, &long)).await;
    assert_eq!(full.unwrap_err().code(), ErrorCode::DiskFull);
    set_cursor(&vault, 5).await;
    limit("any").await.unwrap();
    vault.write(move |t| draft::store(t, THREAD, &again)).await.unwrap();
    vault.close().await;
}

#[tokio::test]
async fn every_way_not_to_open_has_its_code() {
    let dir = tempfile::tempdir().unwrap();
    let code = |key: &Key| Vault::open(dir.path(), key).unwrap_err().code();
    assert_eq!(code(&key()), ErrorCode::VaultMissing);
    let vault = Vault::create(dir.path(), &key()).unwrap();
    assert_eq!(Vault::create(dir.path(), &key()).unwrap_err().code(), ErrorCode::Conflict);
    put_canaries(&vault).await;
    vault.close().await;
    assert_eq!(code(&Key::new([8; 32], [9; 16])), ErrorCode::VaultCorrupt, "another key");
    let path = dir.path().join(vault::FILE);
    let whole = std::fs::read(&path).unwrap();
    for (at, bytes) in [(0, 1), (100, 1), (0, whole.len())] {
        let mut damaged = whole.clone();
        damaged[at..at + bytes].iter_mut().for_each(|byte| *byte ^= 0x55);
        std::fs::write(&path, damaged).unwrap();
        assert_eq!(code(&key()), ErrorCode::VaultCorrupt, "{bytes} bytes at {at}");
    }
    std::fs::write(&path, b"").unwrap();
    assert_eq!(code(&key()), ErrorCode::VaultCorrupt, "emptied");
    std::fs::write(&path, &whole).unwrap();
    Vault::open(dir.path(), &key()).unwrap().close().await;
}

#[tokio::test]
async fn a_deleted_vault_leaves_no_file_and_can_be_made_again() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::create(dir.path(), &key()).unwrap();
    vault.close().await;
    std::fs::write(dir.path().join("vault.db-wal"), b"left by a crash").unwrap();
    vault::delete(dir.path()).unwrap();
    vault::delete(dir.path()).unwrap();
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    Vault::create(dir.path(), &key()).unwrap().close().await;
}

#[tokio::test]
async fn a_damaged_page_is_an_error_of_the_read_that_meets_it() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::create(dir.path(), &key()).unwrap();
    put_canaries(&vault).await;
    vault.close().await;
    let path = dir.path().join(vault::FILE);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[4_096..].iter_mut().step_by(1_000).for_each(|byte| *byte ^= 1);
    std::fs::write(&path, bytes).unwrap();
    let opened = Vault::open(dir.path(), &key());
    let code = match opened {
        Err(error) => error.code(),
        Ok(vault) => vault.read(|c| thread::load(c, THREAD).map(drop)).await.unwrap_err().code(),
    };
    assert_eq!(code, ErrorCode::VaultCorrupt);
}

#[test]
fn another_process_is_told_that_the_home_is_in_use() {
    const HOME: &str = "SOTTO_TEST_LOCKED_HOME";
    if let Some(path) = std::env::var_os(HOME) {
        let code = Home::open(Path::new(&path)).unwrap().lock().unwrap_err().code();
        assert_eq!(code, ErrorCode::VaultInUse);
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let _lock = home.lock().unwrap();
    let test = "another_process_is_told_that_the_home_is_in_use";
    let child = std::process::Command::new(std::env::current_exe().unwrap()).args(["--exact", test]).env(HOME, dir.path()).output();
    assert!(child.unwrap().status.success());
}
