//! What people get when something is wrong: a code of its own, a sentence with a next step, and nothing lost.

use std::process::Command;

use sotto_journeys::terminal::PASSWORD;
use sotto_journeys::{Answer, Clinic, Terminal};

/// The answer failed with this code, named it, and said something a person can read that names no patient.
fn failed(answer: &Answer, number: i32, code: &str) {
    assert_eq!(answer.status, number, "expected {code}, and it said: {}", answer.said);
    assert!(answer.lines.iter().any(|line| line["code"] == code) || answer.said.contains(code), "the code is not named: {}", answer.said);
    assert!(answer.said.len() > 20 || !answer.lines.is_empty());
    assert!(!answer.said.contains(SECRET), "a message's text stands in an error");
}

/// A word of a message that must stand in no error.
const SECRET: &str = "haemoglobin-seven-point-two";

fn ward() -> (Clinic, Terminal, String) {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let thread = nurse.run(&["thread", "new", "--with", "Nora Nurse", "--title", "Labs"]).unwrap().text("/row/thread").unwrap();
    (clinic, nurse, thread)
}

#[test]
fn a_wrong_password_is_counted_and_throttled_and_the_right_one_still_opens() {
    let (_clinic, nurse, _) = ward();
    let stranger = nurse.with_password("not the password at all").unwrap();
    for _ in 0..3 {
        failed(&stranger.ask(&["status"]).unwrap(), 10, "wrong_password");
    }
    let throttled = stranger.ask(&["status"]).unwrap();
    failed(&throttled, 11, "throttled");
    // Waiting is told in seconds, and holds for the right password as well.
    failed(&nurse.ask(&["status"]).unwrap(), 11, "throttled");
}

#[test]
fn invites_work_once_and_only_whole() {
    let (clinic, _, _) = ward();
    let invite = clinic.invite("Paula Physician", "Physician").unwrap();
    let first = Terminal::new(clinic.folder(), "first").unwrap();
    failed(&first.ask(&["enrol", &invite]).unwrap(), 25, "not_enrolled");
    failed(&first.ask(&["workstation", "enrol", "sotto-workstation-v1.AAAA"]).unwrap(), 26, "token_malformed");
    let (first, second) = (clinic.let_in("first").unwrap(), clinic.let_in("second").unwrap());
    failed(&first.ask(&["enrol", "sotto-invite-v1.AAAA"]).unwrap(), 20, "invite_malformed");
    failed(&first.ask(&["enrol", &invite[..invite.len() - 9]]).unwrap(), 20, "invite_malformed");
    first.confirm(&["enrol", &invite]).unwrap();
    failed(&second.ask(&["enrol", &invite]).unwrap(), 23, "invite_used");
    failed(&first.ask(&["enrol", &invite]).unwrap(), 24, "already_enrolled");
}

#[test]
fn without_the_server_writing_goes_on_and_nothing_is_lost() {
    let (mut clinic, nurse, thread) = ward();
    clinic.kill_server().unwrap();
    failed(
        &clinic.admin.ask(&["invite", "--name", "X", "--title", "Y", "--login", "x.y", "--role", "nurse"]).unwrap(),
        43,
        "server_unreachable",
    );
    nurse.run(&["send", &thread, SECRET, "--no-wait"]).unwrap();
    let status = nurse.run(&["status"]).unwrap();
    // The message, and of the thread's first two entries what had not gone out yet.
    assert!(status.object().unwrap()["queued"].as_u64() >= Some(1), "{:?}", status.lines);
    clinic.start_server().unwrap();
    nurse.run(&["send", &thread, "and now with the server"]).unwrap();
    assert_eq!(nurse.texts(&thread).unwrap(), [SECRET, "and now with the server"]);
}

#[test]
fn another_server_with_another_certificate_is_refused() {
    let (mut clinic, nurse, thread) = ward();
    let address = clinic.address().to_owned();
    clinic.kill_server().unwrap();
    let mut impostor = Clinic::found().unwrap();
    impostor.kill_server().unwrap();
    impostor.listen_on(&address);
    impostor.start_server().unwrap();
    failed(
        &clinic.admin.ask(&["invite", "--name", "X", "--title", "Y", "--login", "x.y", "--role", "nurse"]).unwrap(),
        33,
        "server_certificate",
    );
    nurse.run(&["send", &thread, SECRET, "--no-wait"]).unwrap();
    impostor.kill_server().unwrap();
    clinic.start_server().unwrap();
    nurse.run(&["send", &thread, "to the right one"]).unwrap();
    assert_eq!(nurse.texts(&thread).unwrap(), [SECRET, "to the right one"]);
}

#[test]
fn a_revoked_person_is_out_at_once() {
    let (clinic, nurse, thread) = ward();
    clinic.admin.run(&["revoke", "--account", "Nora Nurse"]).unwrap();
    let answer = nurse.ask(&["send", &thread, SECRET]).unwrap();
    assert!([30, 31].contains(&answer.status), "expected a revocation, got {}: {}", answer.status, answer.said);
    assert!(!answer.said.contains(SECRET));
}

#[test]
fn a_damaged_and_a_missing_vault_say_so() {
    let (_clinic, nurse, _) = ward();
    let vault = vault_of(&nurse);
    let whole = std::fs::read(&vault).unwrap();
    let mut damaged = whole.clone();
    damaged[100..4_000].fill(0x5a);
    std::fs::write(&vault, damaged).unwrap();
    failed(&nurse.ask(&["threads"]).unwrap(), 51, "vault_corrupt");
    std::fs::remove_file(&vault).unwrap();
    failed(&nurse.ask(&["threads"]).unwrap(), 52, "vault_missing");
    std::fs::write(&vault, whole).unwrap();
    assert_eq!(nurse.run(&["threads"]).unwrap().object().unwrap()["rows"].as_array().unwrap().len(), 1);
}

#[test]
fn a_vault_has_one_process_and_a_message_has_a_size() {
    let (clinic, nurse, thread) = ward();
    nurse.run(&["send", &thread, "first"]).unwrap();
    let log = clinic.folder().join("watch.log");
    let watcher = nurse.start(&["watch", "--thread", &thread, "--from", "1"], &log).unwrap();
    let started = std::time::Instant::now();
    while !std::fs::read_to_string(&log).unwrap_or_default().contains("first") {
        assert!(started.elapsed() < sotto_testkit::wait::PATIENCE, "the watcher shows nothing");
    }
    let answer = nurse.ask(&["threads"]).unwrap();
    failed(&answer, 53, "vault_in_use");
    drop(watcher);
    failed(&nurse.ask(&["send", &thread, &"x".repeat(10_001)]).unwrap(), 60, "too_large");
    assert_eq!(nurse.texts(&thread).unwrap(), ["first"]);
}

#[test]
fn without_a_keyring_nothing_is_kept_in_a_file_unless_somebody_says_so() {
    let (clinic, _, _) = ward();
    let invite = clinic.invite("Kay Keyless", "RN").unwrap();
    let home = clinic.folder().join("keyless");
    let password = clinic.folder().join("keyless.password");
    std::fs::write(&password, PASSWORD).unwrap();
    let output = Command::new(sotto_testkit::program::path("sotto").unwrap())
        .args(["--json", "--home"])
        .arg(&home)
        .arg("--password-file")
        .arg(&password)
        .args(["enrol", &invite])
        .env_remove("SOTTO_INSECURE_KEYRING_FILE")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(55), "{}", String::from_utf8_lossy(&output.stderr));
    let retry = clinic.let_in("keyless-after-all").unwrap();
    retry.confirm(&["enrol", &invite]).unwrap();
}

fn vault_of(terminal: &Terminal) -> std::path::PathBuf {
    let accounts = std::fs::read_dir(terminal.home().join("accounts")).unwrap();
    let account = accounts.flatten().find(|entry| entry.path().is_dir()).unwrap();
    account.path().join("vault.db")
}
