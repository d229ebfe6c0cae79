//! People come into a thread and leave it from a terminal; who is out reads nothing that comes after.

use sotto_journeys::{Clinic, Terminal};
use sotto_testkit::wait;

fn read_until(terminal: &Terminal, thread: &str, expected: &[&str]) {
    let started = std::time::Instant::now();
    while terminal.texts(thread).unwrap_or_default() != expected {
        assert!(started.elapsed() < wait::PATIENCE, "waited in vain for a message");
    }
}

#[test]
fn one_comes_in_another_goes_out() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let physician = clinic.enrol("Paul Physician", "Physician").unwrap();
    let pharmacist = clinic.enrol("Petra Pharmacist", "Pharmacist").unwrap();
    let thread = nurse.run(&["thread", "new", "--with", "Paul Physician", "--title", "Night"]).unwrap().text("/row/thread").unwrap();
    nurse.run(&["send", &thread, "before"]).unwrap();
    read_until(&physician, &thread, &["before"]);
    assert_ne!(pharmacist.ask(&["read", &thread]).unwrap().status, 0, "she is not in it");

    // By the thread's title, the people by name, both changes at once.
    let change = ["thread", "members", "Night", "--add", "Petra Pharmacist", "--remove", "Paul Physician"];
    nurse.run(&change).unwrap().text("/entry").unwrap();
    nurse.run(&["send", &thread, "after"]).unwrap();
    read_until(&pharmacist, &thread, &["before", "after"]);
    let rows = pharmacist.run(&["threads"]).unwrap();
    assert_eq!(rows.object().unwrap()["rows"][0]["people"], serde_json::json!(["Nora Nurse"]));

    // What he had stays; what came after does not reach him, and he says nothing there any more.
    assert_eq!(physician.texts(&thread).unwrap(), ["before"]);
    assert_ne!(physician.ask(&["send", &thread, "I am still here"]).unwrap().status, 0);
    assert_eq!(nurse.texts(&thread).unwrap(), ["before", "after"]);
}

#[test]
fn a_change_that_cannot_be_meant_changes_nothing() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let physician = clinic.enrol("Paul Physician", "Physician").unwrap();
    let thread = nurse.run(&["thread", "new", "--with", "Paul Physician", "--title", "Night"]).unwrap().text("/row/thread").unwrap();
    let nobody = nurse.ask(&["thread", "members", &thread, "--remove", "Paul Physician", "--add", "No Body"]).unwrap();
    assert_ne!(nobody.status, 0);
    assert_eq!(
        nurse.command(&["thread", "members", &thread]).unwrap().status().unwrap().code(),
        Some(2),
        "nothing to change is wrong usage"
    );
    nurse.run(&["send", &thread, "for Paul"]).unwrap();
    read_until(&physician, &thread, &["for Paul"]);
}
