//! Somebody leaves the clinic: the server cuts them off at once, and they are out of every thread's next epoch although nobody writes.

use std::time::{Duration, Instant};

use sotto_journeys::{Clinic, Terminal};
use sotto_testkit::wait::PATIENCE;

/// How soon a leaver is out of every thread's next epoch, once a member is online.
const NEXT_EPOCH: Duration = Duration::from_secs(60);
/// How soon the server cuts them off.
const AT_ONCE: Duration = Duration::from_secs(5);

/// Whether the person is among the people of any thread of that workstation.
fn is_in_a_thread_of(terminal: &Terminal, name: &str) -> bool {
    let rows = terminal.run(&["threads"]).unwrap();
    rows.object().unwrap()["rows"].as_array().unwrap().iter().any(|row| row["people"].as_array().unwrap().iter().any(|one| one == name))
}

#[test]
fn a_leaver_is_cut_off_at_once_and_out_of_every_next_epoch_within_a_minute() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let leaver = clinic.enrol("Gone Tomorrow", "RN").unwrap();
    for title in ["Ward", "Night", "Rota"] {
        let thread = nurse.run(&["thread", "new", "--with", "Gone Tomorrow", "--title", title]).unwrap().text("/row/thread").unwrap();
        nurse.run(&["send", &thread, "for both of us"]).unwrap();
    }
    nurse.run(&["unlock"]).unwrap();
    leaver.run(&["unlock"]).unwrap();
    let begun = Instant::now();
    while leaver.texts("Ward").unwrap_or_default() != ["for both of us"] {
        assert!(begun.elapsed() < PATIENCE, "the leaver never saw the ward's thread");
    }
    assert!(is_in_a_thread_of(&nurse, "Gone Tomorrow"));

    clinic.admin.run(&["people", "revoke", "Gone Tomorrow"]).unwrap();
    let left = Instant::now();
    while leaver.ask(&["send", "Ward", "am I still here"]).unwrap().status == 0 {
        assert!(left.elapsed() < AT_ONCE, "the server still takes what the leaver writes");
    }
    // Nobody writes, and nobody asks for it: whoever is online ends the epochs.
    while is_in_a_thread_of(&nurse, "Gone Tomorrow") {
        assert!(left.elapsed() < NEXT_EPOCH, "still sealed to after {:?}", left.elapsed());
    }
    nurse.run(&["send", "Ward", "without them"]).unwrap();
    assert_eq!(nurse.texts("Ward").unwrap(), ["for both of us", "without them"]);
    let kept = leaver.texts("Ward").unwrap_or_default();
    assert!(!kept.iter().any(|text| text == "without them"), "what came after reaches them: {kept:?}");
    nurse.run(&["lock"]).unwrap();
}
