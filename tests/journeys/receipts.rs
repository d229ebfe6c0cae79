//! What a script learns of a message: stored when a workstation has it, acknowledged when a person answers, and nothing before.

use std::time::Instant;

use serde_json::Value;
use sotto_journeys::{Clinic, Terminal};
use sotto_testkit::wait::PATIENCE;

/// The last message of a thread, once it is as it should be.
fn last(terminal: &Terminal, thread: &str, fits: impl Fn(&Value) -> bool) -> Value {
    let begun = Instant::now();
    loop {
        let page = terminal.ask(&["read", thread]).unwrap();
        let lines = page.lines.first().and_then(|page| page["messages"].as_array().cloned()).unwrap_or_default();
        if let Some(found) = lines.into_iter().rfind(|line| line["kind"] == "message").filter(&fits) {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "waited in vain for a message's receipts");
    }
}

#[test]
fn a_message_goes_from_the_server_to_a_workstation_and_is_answered() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let physician = clinic.enrol("Paul Physician", "Physician").unwrap();
    let thread = nurse.run(&["thread", "new", "--with", "Paul Physician", "--title", "Night"]).unwrap().text("/row/thread").unwrap();
    nurse.run(&["send", &thread, "May I start it?", "--answer", "agree", "--answer", "In 5 min"]).unwrap();
    let sent = last(&nurse, &thread, |line| line["state"]["kind"] == "on_server");
    assert_eq!((&sent["receipts"]["recipients"], &sent["receipts"]["stored"]), (&1.into(), &0.into()), "his workstation is off");
    let seq = sent["seq"].to_string();

    physician.run(&["unlock"]).unwrap();
    let stored = last(&nurse, &thread, |line| line["receipts"]["stored"] == 1);
    assert_eq!((&stored["receipts"]["displayed"], &stored["receipts"]["acknowledged"]), (&0.into(), &0.into()), "no terminal is a screen");
    let readers = nurse.run(&["readers", &thread, &seq]).unwrap();
    let reader = &readers.object().unwrap()[0];
    assert_eq!((&reader["name"], &reader["devices"][0]["workstation"]), (&"Paul Physician".into(), &"paul-physician".into()));

    assert_ne!(physician.ask(&["acknowledge", &thread, &seq, "--answer", "need-to-talk"]).unwrap().status, 0, "nobody offered that");
    physician.run(&["acknowledge", &thread, &seq, "--answer", "In 5 min"]).unwrap();
    let answered = last(&nurse, &thread, |line| line["receipts"]["acknowledged"] == 1);
    assert_eq!(answered["receipts"]["answers"][1]["count"], 1);
    assert_ne!(nurse.ask(&["acknowledge", &thread, &seq]).unwrap().status, 0, "nobody acknowledges their own words");
    // What a person reads, who has the session open in the background.
    nurse.run(&["unlock"]).unwrap();
    let told = nurse.prints_without(&["readers", &thread, &seq]).unwrap();
    assert!(told.starts_with("Paul Physician: acknowledged ") && told.contains("In 5 min"), "{told}");
}
