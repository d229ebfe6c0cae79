//! Ten thousand lines a file: each is sent once however often the command is repeated (`faults/kill.rs` repeats it under kill -9).

use std::fmt::Write as _;

use sotto_journeys::Clinic;
use sotto_testkit::wait;

#[test]
fn lines_with_a_ref_are_sent_once() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let physician = clinic.enrol("Paul Physician", "Physician").unwrap();
    let thread = nurse.run(&["thread", "new", "--with", "Paul Physician", "--title", "Bulk"]).unwrap().text("/row/thread").unwrap();
    let lines = clinic.folder().join("lines.txt");
    let mut text = String::new();
    (1..=1_000).for_each(|n| writeln!(text, "line {n}").unwrap());
    std::fs::write(&lines, text).unwrap();
    let lines = lines.display().to_string();
    for _ in 0..2 {
        nurse.run(&["send", &thread, "--lines", &lines, "--ref", "bulk"]).unwrap();
    }
    let expected: Vec<String> = (1..=1_000).map(|n| format!("line {n}")).collect();
    let started = std::time::Instant::now();
    while physician.texts(&thread).unwrap_or_default().len() < expected.len() {
        assert!(started.elapsed() < wait::PATIENCE, "waited in vain for the last line");
    }
    assert_eq!(physician.texts(&thread).unwrap(), expected);
    assert_eq!(nurse.texts(&thread).unwrap(), expected);
}
