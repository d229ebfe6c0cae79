//! What a killed server still has: every entry it had answered for, in its order, and nothing twice.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use sotto_protocol::feed::Outcome;

use super::append::stamp;
use super::support::{Clinic, Person, Thread};

/// The real binary on the clinic's folder, with the machine's clock.
struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn start(dir: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sotto-server"));
        command.arg("serve").arg("--dir").arg(dir).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: serde_json::Value = serde_json::from_str(&line).unwrap();
        let port = ready["listening"].as_str().unwrap().rsplit(':').next().unwrap().to_owned();
        Self { child, url: format!("https://localhost:{port}") }
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_answered_survives_a_kill() {
    let mut clinic = Clinic::found().await;
    let ana = Arc::new(clinic.first_person().await);
    let thread = Thread::make();
    let mut acknowledged = ana.append(&clinic, &[thread.key(&ana, 1, &[&ana])]).await;
    clinic.stop().await;
    for _ in 0..3 {
        let mut process = Process::start(clinic.dir.path());
        let url = process.url.clone();
        let sender = tokio::spawn(send_until_refused(Arc::clone(&ana), url.clone(), thread));
        // Killed in the middle of whatever it does, once some were answered.
        while position(&ana, &url).await < acknowledged.len() as u64 + 25 {}
        process.kill();
        acknowledged.extend(sender.await.unwrap());
    }
    clinic.restart().await;
    let (seen, head) = ana.feed(&clinic, 0).await.catch_up().await;
    assert!(seen.iter().map(|seen| seen.stamp.position).eq(1..=head), "no gap");
    for outcome in &acknowledged {
        let stamp = stamp(outcome);
        assert!(seen.iter().any(|seen| seen.stamp == stamp), "position {} was answered and is gone", stamp.position);
    }
    assert!(acknowledged.len() > 50, "only {} were answered", acknowledged.len());
}

async fn send_until_refused(ana: Arc<Person>, url: String, thread: Thread) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    while let Some(more) = ana.try_append(&url, &[thread.event(&ana, 1), thread.event(&ana, 1)]).await {
        outcomes.extend(more);
    }
    outcomes
}

async fn position(ana: &Person, url: &str) -> u64 {
    ana.try_feed(url).await.catch_up().await.1
}

#[test]
fn a_stop_signal_ends_it_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let init = Command::new(env!("CARGO_BIN_EXE_sotto-server"))
        .args(["init", "--host", "localhost,127.0.0.1", "--dir"])
        .arg(dir.path())
        .output()
        .unwrap();
    assert!(init.status.success());
    let made: serde_json::Value = serde_json::from_slice(&init.stdout).unwrap();
    assert!(made["setup_code"].as_str().unwrap().len() > 40);
    let mut process = Process::start(dir.path());
    let stopped = Command::new("kill").args(["-TERM", &process.child.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    assert!(process.child.wait().unwrap().success());
    assert!(!dir.path().join("sotto.db-wal").exists(), "the log was folded into the database");
}
