//! A role decides who is in which threads: at the server, in the core and on a session that is open, and an administrator reads none.

use std::time::{Duration, Instant};

use sotto_journeys::{Clinic, Terminal};
use sotto_testkit::wait;

/// How soon a role holds on a session that is open.
const AT_ONCE: Duration = Duration::from_secs(5);

/// The titles of the threads that a person has, in no particular order.
fn titles(terminal: &Terminal) -> Vec<String> {
    let rows = terminal.run(&["threads"]).unwrap();
    let rows = rows.object().unwrap()["rows"].as_array().unwrap().clone();
    let mut titles: Vec<String> = rows.iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect();
    titles.sort();
    titles
}

fn count(terminal: &Terminal) -> u64 {
    terminal.run(&["threads"]).unwrap().object().unwrap()["counts"]["mine"].as_u64().unwrap()
}

fn hits(terminal: &Terminal, word: &str) -> usize {
    terminal.run(&["search", word]).unwrap().object().unwrap()["hits"].as_array().unwrap().len()
}

/// Waits until it holds and says how long that took.
fn until(what: &str, mut holds: impl FnMut() -> bool) -> Duration {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < wait::PATIENCE, "waited in vain for {what}");
    }
    started.elapsed()
}

#[test]
fn a_front_desk_person_is_in_no_clinical_thread_and_finds_none() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let desk = clinic.enrol("Lucy Desk", "Front desk").unwrap();
    let new = |class: &str, with: &str| nurse.ask(&["thread", "new", "--with", with, "--title", class, "--class", class]).unwrap();
    assert_eq!(new("clinical", "Lucy Desk").status, 75, "member_not_permitted");
    assert_eq!(new("billing", "Lucy Desk").status, 65, "not_permitted: a nurse writes no bills");
    assert_eq!(desk.ask(&["thread", "new", "--with", "Nora Nurse", "--title", "X", "--class", "clinical"]).unwrap().status, 65);
    nurse.run(&["thread", "new", "--with", "Nora Nurse", "--title", "Ward", "--class", "clinical"]).unwrap();
    assert_eq!(nurse.ask(&["thread", "members", "Ward", "--add", "Lucy Desk"]).unwrap().status, 75);
    nurse.run(&["send", "Ward", "The potassium is 6.1"]).unwrap();
    assert_eq!(new("scheduling", "Lucy Desk").status, 0);
    nurse.run(&["send", "scheduling", "Mr. SAMPLE comes at ten"]).unwrap();
    until("the desk's thread", || titles(&desk) == ["scheduling"]);
    assert_eq!((count(&desk), hits(&desk, "potassium")), (1, 0));
}

#[test]
fn a_role_change_holds_at_once_on_a_session_that_is_open() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let float = clinic.enrol("Flo Float", "RN").unwrap();
    for class in ["clinical", "scheduling"] {
        nurse.run(&["thread", "new", "--with", "Flo Float", "--title", class, "--class", class]).unwrap();
        nurse.run(&["send", class, "about the potassium"]).unwrap();
    }
    float.run(&["unlock"]).unwrap();
    until("both threads", || titles(&float) == ["clinical", "scheduling"] && hits(&float, "potassium") == 2);
    let ward = float.run(&["threads"]).unwrap().object().unwrap()["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["title"] == "clinical")
        .map(|row| row["thread"].as_str().unwrap().to_owned())
        .unwrap();

    clinic.admin.run(&["people", "role", "Flo Float", "front_desk"]).unwrap();
    let took = until("the ward's thread to be gone", || titles(&float) == ["scheduling"]);
    assert!(took < AT_ONCE, "{took:?}");
    assert_eq!((count(&float), hits(&float, "potassium")), (1, 1), "not listed, not counted, not found");
    assert_eq!(float.ask(&["read", &ward]).unwrap().status, 63, "nor read: as if it were not there");
    assert_ne!(float.ask(&["send", &ward, "am I still here"]).unwrap().status, 0, "nor written to");

    // Back again: by the next epoch, which whoever is in the thread begins.
    clinic.admin.run(&["people", "role", "Flo Float", "nurse"]).unwrap();
    nurse.run(&["send", &ward, "without Flo"]).unwrap();
    let rows = nurse.run(&["threads"]).unwrap();
    let row = rows.object().unwrap()["rows"].as_array().unwrap().iter().find(|row| row["thread"] == ward.as_str()).unwrap().clone();
    if row["people"].as_array().unwrap().is_empty() {
        nurse.run(&["thread", "members", &ward, "--add", "Flo Float"]).unwrap();
    }
    until("the ward's thread to be back", || titles(&float) == ["clinical", "scheduling"]);
    float.run(&["lock"]).unwrap();
}

#[test]
fn an_administrator_reads_no_thread_and_is_in_none() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    for class in ["clinical", "scheduling", "staff"] {
        let with_admin = ["thread", "new", "--with", "Ida Admin", "--title", "For Ida", "--class", class];
        assert_eq!(nurse.ask(&with_admin).unwrap().status, 75, "{class}");
    }
    let thread = nurse.run(&["thread", "new", "--with", "Nora Nurse", "--title", "Mine"]).unwrap().text("/row/thread").unwrap();
    nurse.run(&["send", &thread, "not for the administrator"]).unwrap();
    assert_eq!(clinic.admin.ask(&["read", &thread]).unwrap().status, 63);
    assert_eq!((count(&clinic.admin), hits(&clinic.admin, "administrator")), (0, 0));
    for class in ["clinical", "scheduling", "billing", "staff"] {
        let own = ["thread", "new", "--with", "Nora Nurse", "--title", "X", "--class", class];
        assert_eq!(clinic.admin.ask(&own).unwrap().status, 65, "{class}");
    }
    // Nor by becoming somebody else: nobody sets their own role, and no role has both.
    assert_eq!(clinic.admin.ask(&["people", "role", "Ida Admin", "physician"]).unwrap().status, 65);
    let both = ["people", "role", "Nora Nurse", "custom", "--permission", "clinical", "--permission", "people"];
    assert_eq!(clinic.admin.ask(&both).unwrap().status, 65);
    assert_eq!(nurse.ask(&["people", "role", "Ida Admin", "nurse"]).unwrap().status, 65, "nor does anybody else set one");
}

#[test]
fn a_privacy_officer_sees_the_lists_and_changes_nothing() {
    let clinic = Clinic::found().unwrap();
    let officer = clinic.enrol("Helen Watch", "Privacy officer").unwrap();
    let people = officer.run(&["people", "list"]).unwrap();
    let roles: Vec<_> = people.object().unwrap().as_array().unwrap().iter().map(|person| person["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["privacy_officer", "it_admin"]);
    officer.run(&["workstation", "list"]).unwrap();
    assert_eq!(officer.ask(&["people", "role", "Ida Admin", "nurse"]).unwrap().status, 65);
    assert_eq!(officer.ask(&["people", "revoke", "Ida Admin"]).unwrap().status, 65);
    assert_eq!(officer.ask(&["workstation", "token", "--name", "X"]).unwrap().status, 65);
    assert_eq!(count(&officer), 0);
}
