//! Somebody leaves the clinic: the server cuts them off at once, and they are out of every thread's next epoch although nobody writes.

use std::time::{Duration, Instant};

use sotto_journeys::{Clinic, Terminal};
use sotto_testkit::wait::PATIENCE;

/// How soon a leaver is out of every thread's next epoch, once a member is online.
const NEXT_EPOCH: Duration = Duration::from_secs(60);
/// How soon the server cuts them off.
const AT_ONCE: Duration = Duration::from_secs(5);

/// What the server says to whom it shut out, with its exit status: the account, or the device with it.
const REVOKED: [(&str, i32); 2] = [("device_revoked", 30), ("account_revoked", 31)];

/// Whether the person is among the people of any thread of that workstation.
fn is_in_a_thread_of(terminal: &Terminal, name: &str) -> bool {
    let rows = terminal.run(&["threads"]).unwrap();
    rows.object().unwrap()["rows"].as_array().unwrap().iter().any(|row| row["people"].as_array().unwrap().iter().any(|one| one == name))
}

/// Waits until the locked workstation says why the server takes nothing from its person any more.
fn shut_out_of(terminal: &Terminal) -> i32 {
    let begun = Instant::now();
    loop {
        // While the background session closes its vault, nobody else opens the home.
        let status = terminal.ask_without(&["status"]).unwrap();
        let code = status.lines.first().and_then(|line| line.pointer("/workstation/people/0/shut_out")?.as_str().map(str::to_owned));
        if let Some(code) = code {
            return REVOKED.iter().find(|(word, _)| *word == code).unwrap().1;
        }
        assert!(begun.elapsed() < PATIENCE, "nobody says that the leaver is out");
    }
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
    // The session in the background is shut, with its vault, and nobody typed anything there.
    let said = shut_out_of(&leaver);
    assert!(left.elapsed() < AT_ONCE, "the leaver's session was shut after {:?}", left.elapsed());
    assert!(!leaver.home().join("agent.sock").exists(), "the background session still listens");
    assert_eq!(leaver.ask(&["send", "Ward", "am I still here"]).unwrap().status, said);
    let status = leaver.prints_without(&["status"]).unwrap();
    assert!(status.contains("\nGone Tomorrow: ") && status.contains("shut out."), "{status}");
    // Nobody writes, and nobody asks for it: whoever is online ends the epochs.
    while is_in_a_thread_of(&nurse, "Gone Tomorrow") {
        assert!(left.elapsed() < NEXT_EPOCH, "still sealed to after {:?}", left.elapsed());
    }
    nurse.run(&["send", "Ward", "without them"]).unwrap();
    assert_eq!(nurse.texts("Ward").unwrap(), ["for both of us", "without them"]);
    assert_eq!(leaver.ask(&["read", "Ward"]).unwrap().status, said, "nor is anything read that was there before");
    nurse.run(&["lock"]).unwrap();
}
