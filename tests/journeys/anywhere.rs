//! Somebody signs in by name at a machine where they never were, is cut off by a power cut, and finds everything all the same.

use std::time::{Duration, Instant};

use sotto_journeys::{Clinic, Terminal};
use sotto_testkit::wait::PATIENCE;

#[test]
fn a_power_cut_while_a_new_vault_fills_costs_nothing() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let physician = clinic.enrol("Paul Physician", "Physician").unwrap();
    let thread = nurse.run(&["thread", "new", "--with", "Paul Physician", "--title", "Labs"]).unwrap().text("/row/thread").unwrap();
    nurse.run(&["send", &thread, "before the night"]).unwrap();
    let lines: Vec<String> = (0..3_000).map(|number| format!("line {number}")).collect();
    let file = clinic.folder().join("lines.txt");
    std::fs::write(&file, lines.join("\n")).unwrap();
    physician.run(&["threads"]).unwrap();
    physician.run(&["send", &thread, "--lines", &file.display().to_string(), "--ref", "night"]).unwrap();

    let bed = clinic.let_in("bed").unwrap();
    let code = clinic.folder().join("code");
    std::fs::write(&code, clinic.code("Nora Nurse", 1).unwrap()).unwrap();
    let (code, log) = (code.display().to_string(), clinic.folder().join("sign-in.log"));
    let mut process = bed.start(&["sign-in", "nora.nurse", "--code-file", &code], &log).unwrap();
    let file = bed.home().join("workstation.json");
    let started = Instant::now();
    while !std::fs::read_to_string(&file).unwrap_or_default().contains("Nora Nurse") {
        assert!(started.elapsed() < PATIENCE && process.is_running(), "{}", std::fs::read_to_string(&log).unwrap());
        std::thread::sleep(Duration::from_millis(5));
    }
    process.kill_now().unwrap();

    bed.run(&["sign-in", "Nora Nurse"]).unwrap();
    let read = bed.texts(&thread).unwrap();
    assert_eq!((read[0].as_str(), &read[1..]), ("before the night", &lines[..]));
    bed.run(&["send", &thread, "I have read it all"]).unwrap();
    let texts = nurse.texts(&thread).unwrap();
    assert_eq!((texts.len(), texts.last().unwrap().as_str()), (3_002, "I have read it all"));
}

#[test]
fn whoever_has_a_session_open_is_told_of_a_sign_in_elsewhere_and_says_what_it_was() {
    let clinic = Clinic::found().unwrap();
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    nurse.run(&["unlock"]).unwrap();
    let bed = clinic.let_in("bed").unwrap();
    let code = clinic.folder().join("code");
    std::fs::write(&code, clinic.code("Nora Nurse", 1).unwrap()).unwrap();
    bed.run(&["sign-in", "nora.nurse", "--code-file", &code.display().to_string()]).unwrap();
    let signed_in = Instant::now();
    let told = loop {
        let status = nurse.run(&["status"]).unwrap();
        if let Some(one) = status.object().unwrap().pointer("/session/new_sign_ins/0") {
            break one.clone();
        }
        assert!(signed_in.elapsed() < Duration::from_secs(5), "nobody tells the nurse");
    };
    assert_eq!((told["workstation"].as_str(), told["denied"].as_bool()), (Some("bed"), Some(false)));
    let device = told["device"].as_str().unwrap();
    nurse.run(&["sign-ins", "not-mine", device]).unwrap();
    let denied = nurse.run(&["status"]).unwrap();
    assert_eq!(denied.object().unwrap().pointer("/session/new_sign_ins/0/denied"), Some(&true.into()));
    nurse.run(&["sign-ins", "mine", device]).unwrap();
    let settled = nurse.run(&["status"]).unwrap();
    assert_eq!(settled.object().unwrap().pointer("/session/new_sign_ins"), Some(&serde_json::json!([])));
    assert_ne!(nurse.ask(&["sign-ins", "mine", device]).unwrap().status, 0, "it is no news any more");

    let own = nurse.run(&["sign-ins"]).unwrap();
    assert_eq!(own.text("/0/workstation").unwrap(), "bed");
    let seen = clinic.admin.run(&["people", "sign-ins", "Nora Nurse"]).unwrap();
    assert_eq!((seen.text("/0/workstation").unwrap(), seen.object().unwrap().as_array().unwrap().len()), ("bed".into(), 1));
    let refused = nurse.ask(&["people", "sign-ins", &nurse.run(&["status"]).unwrap().text("/session/account").unwrap()]).unwrap();
    assert_ne!(refused.status, 0, "a nurse does not review");
    nurse.run(&["lock"]).unwrap();
}

/// Waits until nobody is signed in at that terminal any more, and the locked workstation says that its device is out.
fn wait_shut_out(terminal: &Terminal) {
    let asked = Instant::now();
    loop {
        let status = terminal.ask_without(&["status"]).unwrap();
        let code = status.lines.first().and_then(|line| line.pointer("/workstation/people/0/shut_out")?.as_str().map(str::to_owned));
        if code.as_deref() == Some("device_revoked") {
            return;
        }
        assert!(asked.elapsed() < Duration::from_secs(5), "the session there is still open");
    }
}

/// Somebody unlocks their workstation, signs in at another one and unlocks that too; gives the three: theirs, the other, the device there.
fn signed_in_twice(clinic: &Clinic, name: &str, login: &str, machine: &str) -> (Terminal, Terminal, String) {
    let own = clinic.enrol(name, "RN").unwrap();
    own.run(&["unlock"]).unwrap();
    let other = clinic.let_in(machine).unwrap();
    let code = clinic.folder().join("code");
    std::fs::write(&code, clinic.code(name, 1).unwrap()).unwrap();
    other.run(&["sign-in", login, "--code-file", &code.display().to_string()]).unwrap();
    other.run(&["unlock"]).unwrap();
    let begun = Instant::now();
    loop {
        if let Ok(device) = own.run(&["status"]).unwrap().text("/session/new_sign_ins/0/device") {
            return (own, other, device);
        }
        assert!(begun.elapsed() < Duration::from_secs(5), "nobody tells {name}");
    }
}

#[test]
fn people_end_their_sign_ins_elsewhere_and_nobody_elses() {
    let clinic = Clinic::found().unwrap();
    let (nora, bed, device) = signed_in_twice(&clinic, "Nora Nurse", "nora.nurse", "bed");
    let (nils, aisle, his) = signed_in_twice(&clinic, "Nils Night", "nils.night", "aisle");
    assert_ne!(nora.ask(&["sign-ins", "end", &his]).unwrap().status, 0, "that is somebody else's");
    let ended = |terminal: &Terminal, words: &[&str]| terminal.run(words).unwrap().object().unwrap()["ended"].as_u64();
    assert_eq!(ended(&nora, &["sign-ins", "end", &device]), Some(1));
    wait_shut_out(&bed);
    assert!(!bed.home().join("agent.sock").exists(), "the background session still listens");
    assert_eq!(bed.ask(&["threads"]).unwrap().status, 30, "and its vault opens no more");
    let news = nora.run(&["status"]).unwrap();
    assert_eq!(news.object().unwrap().pointer("/session/new_sign_ins"), Some(&serde_json::json!([])));
    assert_eq!(ended(&nora, &["sign-out-everywhere"]), Some(0), "it was the only one");

    aisle.run(&["threads"]).unwrap();
    assert_eq!(ended(&nils, &["sign-out-everywhere"]), Some(1));
    wait_shut_out(&aisle);
    for own in [nora, nils] {
        own.run(&["threads"]).unwrap();
        own.run(&["lock"]).unwrap();
    }
}

#[test]
fn a_list_of_people_is_tried_first_and_machines_are_listed() {
    let clinic = Clinic::found().unwrap();
    let file = clinic.folder().join("people.csv");
    std::fs::write(
        &file,
        "name,title,login,role\nNora Nurse,RN,nora,nurse\n,RN,nobody,nurse\nPaul,Physician,NORA,physician\nPia,RN,pia,chief\n",
    )
    .unwrap();
    let file = file.display().to_string();
    let dry = clinic.admin.run(&["people", "import", &file, "--dry-run"]).unwrap();
    let kinds = |answer: &serde_json::Value| -> Vec<String> {
        answer["rows"].as_array().unwrap().iter().map(|row| row["outcome"].to_string()).collect()
    };
    let refused = |reason: &str| format!("{{\"kind\":\"refused\",\"reason\":\"{reason}\"}}");
    let expected = ["{\"kind\":\"ready\"}".to_owned(), refused("name_missing"), refused("login_repeated"), refused("role_unknown")];
    assert_eq!(kinds(dry.object().unwrap()), expected);
    let done = clinic.admin.run(&["people", "import", &file]).unwrap();
    assert_eq!((done.object().unwrap()["fit"].as_u64(), done.object().unwrap()["refused"].as_u64()), (Some(1), Some(3)));
    let people = clinic.admin.run(&["people", "list"]).unwrap();
    let nora = &people.object().unwrap().as_array().unwrap()[1];
    assert_eq!(
        (nora["name"].as_str(), nora["login"].as_str(), nora["state"].as_str()),
        (Some("Nora Nurse"), Some("nora"), Some("invited"))
    );
    clinic.admin.run(&["people", "revoke", "nora"]).unwrap();

    let ward = clinic.let_in("ward").unwrap();
    let machines = clinic.admin.run(&["workstation", "list"]).unwrap();
    let names: Vec<_> = machines.object().unwrap().as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["ward", "Workstation"]);
    let id = machines.text("/0/id").unwrap();
    clinic.admin.run(&["workstation", "revoke", &id]).unwrap();
    let answer = ward.ask(&["sign-in", "nora", "--code-file", &file]).unwrap();
    assert_ne!(answer.status, 0);
}
