//! IT tells machines what to do from a terminal: rules that hold within seconds, a wipe that is proved, and one that is killed in the middle.

use std::time::{Duration, Instant};

use serde_json::Value;
use sotto_journeys::{Clinic, Terminal};

/// How soon a rule holds at a machine that is here.
const AT_ONCE: Duration = Duration::from_secs(5);

/// What holds at that machine, by the setting's name, with the group it comes from.
fn rule(admin: &Terminal, machine: &str, setting: &str) -> (Value, Value) {
    let rules = admin.run(&["fleet", "rules", machine]).unwrap();
    let found = rules.object().unwrap().as_array().unwrap().iter().find(|one| one["setting"] == setting).unwrap().clone();
    (found["value"].clone(), found["from"]["group"].clone())
}

#[test]
fn the_strictest_rule_holds_and_says_where_it_comes_from() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    clinic.admin.run(&["fleet", "set-group", "Shared", "--kind", "shared", "--idle-lock", "90", "--no-pin"]).unwrap();
    clinic.admin.run(&["fleet", "set-group", "Carts", "--workstation", "nora-nurse", "--idle-lock", "45", "--lease", "0"]).unwrap();
    assert_eq!(rule(&clinic.admin, "nora-nurse", "idle_lock_s"), (45.into(), "Carts".into()));
    assert_eq!(rule(&clinic.admin, "nora-nurse", "pin"), (false.into(), "Shared".into()));
    nurse.ask_without(&["control", "--once"]).unwrap();
    assert_eq!(nurse.ask(&["pin", "set", "--pin-file", "/dev/null"]).unwrap().lines.len(), 0, "no PIN is set");
    clinic.admin.run(&["fleet", "set-group", "Carts"]).unwrap();
    assert_eq!(rule(&clinic.admin, "nora-nurse", "idle_lock_s"), (90.into(), "Shared".into()));
    assert_eq!(nurse.ask(&["fleet", "set-group", "Mine", "--idle-lock", "3600"]).unwrap().status, 65, "a nurse sets no rules");
}

#[test]
fn a_machine_is_handed_on_and_its_log_names_every_hand() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let custody = |more: &[&str]| clinic.admin.run(&[["fleet", "custody", "nora-nurse"].as_slice(), more].concat()).unwrap();
    assert_eq!(custody(&[]).object().unwrap(), &Value::Array(Vec::new()));
    custody(&["--to", "Nora Nurse", "--location", "Ward 7"]);
    custody(&["--nobody"]);
    let answer = custody(&[]);
    let log = answer.object().unwrap();
    let told = |place: usize| ["from", "to", "location"].map(|field| log[place][field].clone());
    assert_eq!(told(0), ["Nora Nurse".into(), Value::Null, "Ward 7".into()]);
    assert_eq!(told(1), [Value::Null, "Nora Nurse".into(), "Ward 7".into()]);
    assert_eq!(nurse.ask(&["fleet", "custody", "nora-nurse", "--to", "Nora Nurse"]).unwrap().status, 65, "a nurse takes nothing");
}

#[test]
fn a_lost_machine_is_reported_wiped_and_written_down_with_its_receipt() {
    let mut clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let register = || clinic.admin.run(&["fleet", "incidents"]).unwrap().object().unwrap().clone();
    assert_eq!(register(), Value::Array(Vec::new()));
    let opened = clinic.admin.run(&["fleet", "incident", "open", "nora-nurse", "--reason", "stolen"]).unwrap();
    let incident = opened.text("/incident").unwrap();
    assert_eq!(clinic.admin.ask(&["fleet", "incident", "open", "nora-nurse", "--reason", "lost"]).unwrap().status, 66, "reported already");
    assert_eq!(nurse.ask(&["fleet", "incidents"]).unwrap().status, 65, "a nurse sees no register");
    let close = |outcome: &str| clinic.admin.ask(&["fleet", "incident", "close", &incident, "--outcome", outcome]).unwrap().status;
    assert_eq!(close("wiped"), 63, "there is no receipt");

    let wipe = clinic.admin.run(&["fleet", "wipe", "nora-nurse", "--reason", "stolen"]).unwrap().text("/command").unwrap();
    assert_eq!(nurse.ask_without(&["control", "--once"]).unwrap().status, 82);
    clinic.receipt(&wipe).unwrap();
    assert_eq!(close("wiped"), 0);
    let one = register()[0].clone();
    assert!(one["reason"] == "stolen" && one["shut_out"] == true && one["closed"]["outcome"] == "wiped", "{one}");
    assert!(one["people"][0]["name"] == "Nora Nurse" && one["people"][0]["renewed"] == false, "{one}");
    assert_eq!(one["commands"][0]["receipt"]["complete"], true, "{one}");

    let file = clinic.folder().join("incidents.json");
    let path = file.to_str().unwrap();
    clinic.admin.run(&["fleet", "incidents", "--export", path]).unwrap();
    clinic.kill_server().unwrap();
    let verified = clinic.admin.ask_without(&["fleet", "receipts", "verify", path]).unwrap();
    let receipts = verified.object().unwrap().as_array().unwrap().clone();
    assert!(receipts.iter().any(|one| one["command"] == wipe.as_str()), "the register has no receipt in it");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("\"reason\": \"stolen\"", "\"reason\": \"lost\"")).unwrap();
    assert_eq!(clinic.admin.ask_without(&["fleet", "receipts", "verify", path]).unwrap().status, 66, "a register that was changed");
}

#[test]
fn a_person_tightens_for_themselves_from_a_terminal_and_loosens_nothing() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    nurse.run(&["rules", "set", "--idle-lock", "60", "--no-clipboard"]).unwrap();
    let rules = nurse.run(&["rules"]).unwrap();
    let of = |setting: &str| rules.object().unwrap().as_array().unwrap().iter().find(|one| one["setting"] == setting).unwrap().clone();
    assert_eq!((of("idle_lock_s")["value"].clone(), of("idle_lock_s")["from"].clone()), (60.into(), "own".into()));
    assert_eq!((of("clipboard")["value"].clone(), of("session_s")["from"].clone()), (false.into(), "clinic".into()));
    assert_eq!(nurse.ask(&["rules", "set", "--idle-lock", "3600"]).unwrap().status, 83, "looser than the policy");
    assert_eq!(rule(&clinic.admin, "nora-nurse", "clipboard").0, Value::Bool(true), "nobody else's");
}

#[test]
fn an_open_machine_is_locked_and_then_wiped_with_a_receipt_that_anybody_can_check() {
    let mut clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let other = clinic.enrol("Nils Night", "RN").unwrap();
    nurse.run(&["thread", "new", "--with", "Nils Night", "--title", "Ward"]).unwrap();
    nurse.run(&["send", "Ward", "before the wipe"]).unwrap();
    assert_eq!(other.texts("Ward").unwrap(), ["before the wipe"]);
    nurse.run(&["unlock"]).unwrap();
    let begun = Instant::now();
    let lock = clinic.admin.run(&["fleet", "lock", "nora-nurse"]).unwrap().text("/command").unwrap();
    assert_eq!(clinic.receipt(&lock).unwrap()["outcome"], "done");
    assert!(!nurse.home().join("agent.sock").exists(), "the background session still listens");
    assert!(begun.elapsed() < AT_ONCE * 2, "{:?}", begun.elapsed());
    assert_eq!(nurse.ask(&["fleet", "wipe", "nils-night"]).unwrap().status, 65, "a nurse wipes nothing");

    let wipe = clinic.admin.run(&["fleet", "wipe", "nora-nurse", "--reason", "lost"]).unwrap().text("/command").unwrap();
    // The server's half is gone before the machine hears anything.
    assert_eq!(nurse.ask(&["read", "Ward"]).unwrap().status, 36);
    assert_eq!(clinic.command(&wipe).unwrap()["receipt"], Value::Null);
    assert_eq!(nurse.ask_without(&["control", "--once"]).unwrap().status, 82);
    let receipt = clinic.receipt(&wipe).unwrap();
    assert_eq!((receipt["outcome"].clone(), receipt["complete"].clone()), ("done".into(), true.into()), "{receipt}");
    assert!(!nurse.home().join("accounts").exists() && !nurse.home().join("workstation.json").exists());

    let file = clinic.folder().join("receipts.json");
    let path = file.to_str().unwrap();
    clinic.admin.run(&["fleet", "receipts", "export", path]).unwrap();
    clinic.kill_server().unwrap();
    let verified = other.ask_without(&["fleet", "receipts", "verify", path]).unwrap();
    let all = verified.object().unwrap().as_array().unwrap().clone();
    assert!(all.iter().any(|one| one["command"] == wipe.as_str() && one["receipt"]["complete"] == true), "{all:?}");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains("Nora") && !text.contains("ward") && !text.contains("before the wipe"));
    std::fs::write(&file, text.replace("\"sotto_receipts\": 1", "\"sotto_receipts\": 2")).unwrap();
    assert_eq!(other.ask_without(&["fleet", "receipts", "verify", path]).unwrap().status, 61);
    assert_eq!(other.texts("Ward").unwrap(), ["before the wipe"], "nobody else's vault was touched");
}

#[test]
fn a_wipe_that_is_killed_again_and_again_ends_in_its_receipt() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let wipe = clinic.admin.run(&["fleet", "wipe", "nora-nurse"]).unwrap().text("/command").unwrap();
    let log = clinic.folder().join("control.log");
    for after in (0..40).map(|step| Duration::from_millis(step * 12)) {
        let mut hearing = nurse.start(&["control"], &log).unwrap();
        let begun = Instant::now();
        while begun.elapsed() < after && hearing.is_running() {}
        hearing.kill_now().unwrap();
        let keys = nurse.home().join("accounts");
        let begun_wiping = nurse.home().join("wipe").exists() || nurse.home().join("wiped").exists();
        assert!(keys.exists() || begun_wiping, "nothing goes before the tombstone stands");
    }
    assert_eq!(nurse.ask_without(&["control", "--once"]).unwrap().status, 82);
    assert_eq!(clinic.receipt(&wipe).unwrap()["outcome"], "done");
    assert!(!nurse.home().join("accounts").exists());
}
