//! Somebody looks for a word by who said it, about whom and when; and what they read at one machine is read at another.

use std::time::Instant;

use sotto_journeys::{Clinic, Terminal};
use sotto_testkit::wait::PATIENCE;

fn hits(terminal: &Terminal, args: &[&str]) -> usize {
    let found = terminal.run(&[["search"].as_slice(), args].concat()).unwrap();
    found.object().unwrap()["hits"].as_array().unwrap().len()
}

fn unread(terminal: &Terminal, thread: &str) -> Option<u64> {
    let rows = terminal.run(&["threads"]).unwrap();
    let rows = rows.object().unwrap()["rows"].as_array().unwrap().clone();
    rows.iter().find(|row| row["thread"] == thread).and_then(|row| row["unread"].as_u64())
}

fn until(what: &str, mut check: impl FnMut() -> bool) {
    let started = Instant::now();
    while !check() {
        assert!(started.elapsed() < PATIENCE, "waited in vain for {what}");
    }
}

#[test]
fn a_word_is_found_by_who_said_it_about_whom_and_when() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let physician = clinic.enrol("Paul Physician", "Physician").unwrap();
    let args = ["thread", "new", "--with", "Paul Physician", "--patient-family", "SAMPLE", "--patient-given", "Ada"];
    let patient = ["--birth-date", "1961-03-04", "--mrn", "004-118-27", "--reason", "Labs"];
    let labs = nurse.run(&[args.as_slice(), &patient].concat()).unwrap().text("/row/thread").unwrap();
    let rota = nurse.run(&["thread", "new", "--with", "Paul Physician", "--title", "Rota"]).unwrap().text("/row/thread").unwrap();
    nurse.run(&["send", &labs, "Potassium is 6.1", "--priority", "stat"]).unwrap();
    nurse.run(&["send", &rota, "Potassium is on the shopping list"]).unwrap();
    until("both messages", || hits(&physician, &["potassium"]) == 2);
    physician.run(&["send", &labs, "Repeat the potassium"]).unwrap();

    assert_eq!(hits(&physician, &["potas", "--from", "Nora Nurse"]), 2);
    assert_eq!(hits(&physician, &["potas", "--from", "Paul Physician"]), 1);
    assert_eq!(hits(&physician, &["potas", "--patient", "sample 1961"]), 2);
    assert_eq!(hits(&physician, &["potas", "--patient", "rota"]), 0, "a title is no patient");
    assert_eq!(hits(&physician, &["--priority", "stat"]), 1);
    assert_eq!(hits(&physician, &["potas", "--priority", "fyi", "--thread", &rota]), 1);
    assert_eq!(hits(&physician, &["potas", "--since", "2020-01-01", "--until", "2020-02-01"]), 0);
    assert_eq!(hits(&physician, &["potas", "--since", "2020-01-01"]), 3);
    assert_eq!(hits(&physician, &["--since", "2020-01-01"]), 0, "a time alone is no question");
}

#[test]
fn what_is_read_at_one_machine_is_read_at_another() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let physician = clinic.enrol("Paul Physician", "Physician").unwrap();
    let thread = physician.run(&["thread", "new", "--with", "Nora Nurse", "--title", "Labs"]).unwrap().text("/row/thread").unwrap();
    physician.run(&["send", &thread, "one"]).unwrap();
    physician.run(&["send", &thread, "two"]).unwrap();
    until("both messages", || unread(&nurse, &thread) == Some(2));
    nurse.run(&["mark", &thread, "--read-to", "1000000"]).unwrap();

    let bed = clinic.let_in("bed").unwrap();
    let code = clinic.folder().join("code");
    std::fs::write(&code, clinic.code("Nora Nurse", 1).unwrap()).unwrap();
    bed.run(&["sign-in", "nora.nurse", "--code-file", &code.display().to_string()]).unwrap();
    assert_eq!(unread(&bed, &thread), Some(0));
    let found = bed.run(&["search", "two"]).unwrap();
    let seq = found.object().unwrap()["hits"][0]["seq"].as_u64().unwrap().to_string();
    let marked = bed.run(&["mark", &thread, "--unread-from", &seq]).unwrap();
    assert_eq!(marked.object().unwrap()["unread"], 1);
    until("the mark", || unread(&nurse, &thread) == Some(1));
    assert_eq!(unread(&physician, &thread), Some(0));
}
