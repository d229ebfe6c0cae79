//! A nurse sends a large file from a terminal that is killed half-way; a physician fetches it, saves it, and the thread says so.

use std::path::Path;
use std::time::Instant;

use sotto_journeys::{Clinic, Terminal};
use sotto_testkit::wait;

/// Bytes of the file: more than reaches the server at once.
const BYTES: usize = 24 * 1024 * 1024;
/// Bytes on the server after which the sender is killed.
const SOME: u64 = 4 * 1024 * 1024;

fn wait_for<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(started.elapsed() < wait::PATIENCE, "waited in vain for {what}");
    }
}

fn size(folder: &Path) -> u64 {
    ["files.db", "files.db-wal"].iter().filter_map(|name| folder.join(name).metadata().ok()).map(|file| file.len()).sum()
}

/// The seq of the thread's file, once it is there.
fn file_at(terminal: &Terminal, thread: &str) -> Option<u64> {
    let page = terminal.run(&["read", thread]).ok()?;
    let messages = page.object().ok()?["messages"].as_array()?.clone();
    messages.iter().find(|message| message["file"]["name"] == "plan.txt").and_then(|message| message["seq"].as_u64())
}

#[test]
fn a_large_file_survives_a_kill_and_leaves_on_record() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let physician = clinic.enrol("Paul Physician", "Physician").unwrap();
    let thread = nurse.run(&["thread", "new", "--with", "Paul Physician", "--title", "Plan"]).unwrap().text("/row/thread").unwrap();
    nurse.run(&["send", &thread, "The plan follows."]).unwrap();
    let path = clinic.folder().join("plan.txt");
    std::fs::write(&path, "hydralazine before noon\n".repeat(BYTES / 24)).unwrap();
    let path_text = path.to_str().unwrap();
    nurse.run(&["send", &thread, "Before noon, please", "--file", path_text, "--no-wait"]).unwrap();

    let log = clinic.folder().join("watch.log");
    let mut sending = nurse.start(&["watch", "--thread", &thread], &log).unwrap();
    wait_for("some of the file on the server", || (size(&clinic.data()) > SOME).then_some(()));
    sending.kill_now().unwrap();
    let again = nurse.start(&["watch", "--thread", &thread], &log).unwrap();
    let seq = wait_for("the file in the thread", || file_at(&physician, &thread)).to_string();
    drop(again);

    physician.run(&["file", "fetch", &thread, &seq]).unwrap();
    let out = clinic.folder().join("saved.txt");
    let wrong = physician.with_password("this is not it, clearly").unwrap();
    assert_eq!(wrong.ask(&["file", "get", &thread, &seq, "--out", out.to_str().unwrap()]).unwrap().status, 10);
    assert!(!out.exists());
    physician.run(&["file", "get", &thread, &seq, "--out", out.to_str().unwrap()]).unwrap();
    assert!(std::fs::read(&out).unwrap() == std::fs::read(&path).unwrap(), "what was saved is what was sent");
    let told = || {
        let page = nurse.run(&["read", &thread]).ok()?;
        let messages = page.object().ok()?["messages"].as_array()?.clone();
        messages.iter().any(|one| one["change"] == "exported" && one["author_name"] == "Paul Physician").then_some(())
    };
    wait_for("the record of who saved it", told);
}

#[test]
fn a_program_is_refused_whatever_it_is_called() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let thread = nurse.run(&["thread", "new", "--with", "Nora Nurse", "--title", "Mine"]).unwrap().text("/row/thread").unwrap();
    let path = clinic.folder().join("wound.png");
    std::fs::write(&path, b"MZ\x90\x00\x03 a program").unwrap();
    let refused = nurse.ask(&["send", &thread, "--file", path.to_str().unwrap()]).unwrap();
    assert_eq!(refused.status, 111);
    let says = nurse.says(&["send", &thread, "--file", path.to_str().unwrap()], "es_ES.UTF-8").unwrap();
    assert!(says.contains("se juzga por su contenido"), "{says}");
}
