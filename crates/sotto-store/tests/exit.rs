//! Whether a process may end while its vault is open: nothing crashes, and what was taken is there afterwards.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::time::Duration;

use sotto_store::table::meta::{self, Meta};
use sotto_store::{Key, Transaction, Vault};

/// The folder of the child's vault; whoever has it in the environment is the child.
const FOLDER: &str = "SOTTO_TEST_EXIT_FOLDER";
/// How often a process ends. What it would meet is a race.
const ROUNDS: u64 = 60;
/// Writes until then, the first of which is acknowledged; few enough that one turn of the runtime queues them all.
const WRITES: u64 = 25;

fn key() -> Key {
    Key::new([7; 32], [9; 16])
}

async fn cursor(vault: &Vault) -> u64 {
    vault.read(|c| meta::load(c, Meta::Cursor)).await.unwrap()
}

/// One more than before.
async fn count(vault: &Vault) {
    let counted = vault.write(|t| {
        let before = meta::load(t, Meta::Cursor)?;
        meta::store(t, Meta::Cursor, before + 1)
    });
    counted.await.unwrap();
}

/// The child: one write is acknowledged and others are queued, with reads between them, when it returns from `main`.
fn leave_with_work_queued(folder: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let vault = Vault::open(folder, &key()).unwrap();
        count(&vault).await;
        for _ in 1..WRITES {
            let (writer, reader) = (vault.clone(), vault.clone());
            tokio::spawn(async move { count(&writer).await });
            tokio::spawn(async move { cursor(&reader).await });
        }
        // Each task puts its job in its queue; none hears the answer.
        tokio::task::yield_now().await;
    });
}

#[test]
fn a_process_that_returns_from_main_loses_nothing_and_exits_cleanly() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return leave_with_work_queued(Path::new(&folder));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let dir = tempfile::tempdir().unwrap();
    drop(Vault::create(dir.path(), &key()).unwrap());
    let this = std::env::current_exe().unwrap();
    let test = "a_process_that_returns_from_main_loses_nothing_and_exits_cleanly";
    for round in 1..=ROUNDS {
        let child = Command::new(&this).args(["--exact", test, "--test-threads", "1"]).env(FOLDER, dir.path()).output().unwrap();
        assert!(child.status.success(), "round {round}: {} {}", child.status, String::from_utf8_lossy(&child.stderr));
        let log = dir.path().join("vault.db-wal");
        assert!(!log.exists(), "round {round}: the vault was closed");
        let vault = Vault::open(dir.path(), &key()).unwrap();
        assert_eq!(runtime.block_on(cursor(&vault)), round * WRITES, "round {round}: every write that was taken is there");
    }
}

#[test]
fn the_last_clone_may_be_dropped_by_a_job() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::create(dir.path(), &key()).unwrap();
    let (go, may_go) = mpsc::channel::<()>();
    let (dropping, dropped) = mpsc::channel::<()>();
    runtime.block_on(async {
        let inside = vault.clone();
        tokio::spawn(async move {
            let outside = inside.clone();
            let job = move |_: &Transaction<'_>| {
                may_go.recv().ok();
                drop(inside);
                drop(dropping);
                Ok(())
            };
            outside.write(job).await
        });
        tokio::task::yield_now().await;
    });
    drop((runtime, vault));
    go.send(()).unwrap();
    assert!(dropped.recv_timeout(Duration::from_secs(60)) == Err(mpsc::RecvTimeoutError::Disconnected), "it waited for itself");
}
