//! A nurse writes to a physician on another workstation, who answers; both lock, unlock and find it again.

use sotto_journeys::{Clinic, Terminal};
use sotto_testkit::wait;

fn read_until(terminal: &Terminal, thread: &str, expected: &[&str]) {
    let started = std::time::Instant::now();
    while terminal.texts(thread).unwrap_or_default() != expected {
        assert!(started.elapsed() < wait::PATIENCE, "waited in vain for a message");
    }
}

#[test]
fn a_nurse_writes_and_a_physician_answers() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let physician = clinic.enrol("Paul Physician", "Physician").unwrap();
    let args = ["thread", "new", "--with", "Paul Physician", "--patient-family", "SAMPLE", "--patient-given", "Ada"];
    let patient = ["--birth-date", "1961-03-04", "--mrn", "004-118-27", "--reason", "Labs"];
    let thread = nurse.run(&[args.as_slice(), &patient].concat()).unwrap().text("/row/thread").unwrap();
    nurse.run(&["send", &thread, "Potassium is 6.1, repeat sent. Can you look now?", "--priority", "concern"]).unwrap();

    read_until(&physician, &thread, &["Potassium is 6.1, repeat sent. Can you look now?"]);
    let rows = physician.run(&["threads", "--filter", "unread"]).unwrap();
    let row = &rows.object().unwrap()["rows"][0];
    assert_eq!((&row["patient"]["family"], &row["unread"], &row["priority"]), (&"SAMPLE".into(), &1.into(), &"concern".into()));
    physician.run(&["send", &thread, "Looking. Calcium gluconate ready, ECG now."]).unwrap();

    let both = ["Potassium is 6.1, repeat sent. Can you look now?", "Looking. Calcium gluconate ready, ECG now."];
    read_until(&nurse, &thread, &both);
    let hits = nurse.run(&["search", "gluconate"]).unwrap();
    assert_eq!(hits.object().unwrap()["hits"].as_array().unwrap().len(), 1);
}

#[test]
fn a_background_session_answers_until_it_is_locked() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    nurse.run(&["unlock"]).unwrap();
    let stranger = nurse.with_password("this is not it, clearly").unwrap();
    // Open: the agent answers whoever this user is, without the password again.
    stranger.run(&["threads"]).unwrap();
    nurse.run(&["lock"]).unwrap();
    assert_eq!(stranger.ask(&["threads"]).unwrap().status, 10);
    nurse.run(&["threads"]).unwrap();
}

#[test]
fn two_people_share_a_workstation_each_with_a_vault() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    clinic.enrol_at(&nurse, "Nils Night", "RN").unwrap();
    let thread = nurse
        .run(&["--as", "Nora Nurse", "thread", "new", "--with", "Nora Nurse", "--title", "Mine"])
        .unwrap()
        .text("/row/thread")
        .unwrap();
    nurse.run(&["--as", "Nora Nurse", "send", &thread, "for herself"]).unwrap();
    let rows = nurse.run(&["--as", "Nils Night", "threads"]).unwrap();
    assert!(rows.object().unwrap()["rows"].as_array().unwrap().is_empty());
    assert_ne!(nurse.ask(&["--as", "Nils Night", "read", &thread]).unwrap().status, 0);
}
