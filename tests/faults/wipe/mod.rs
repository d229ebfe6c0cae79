//! Does a wipe whose process is killed -9 after any step end in a receipt, claim nothing before it, and open nothing after the second step?

mod downloading;
mod hearing;
mod migrating;
mod ordered;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use rustix::process::Signal;
use sotto_journeys::{Clinic, Terminal};
use sotto_testkit::program::Process;

use self::hearing::{Hearing, KEYS_GONE, LAST, RECEIPT, STEPS, place, wait};
use self::ordered::{Ordered, WIPED, steal};

/// Messages of the history that streams in.
const LINES: usize = 2_000;

/// A machine with Nora's locked screen, told to wipe itself.
fn order_locked() -> Ordered {
    let clinic = Clinic::found().unwrap();
    let machine = clinic.let_in("ward").unwrap();
    clinic.enrol_at(&machine, "Nora Nurse", "RN").unwrap();
    machine.run(&["unlock"]).unwrap();
    machine.run(&["lock"]).unwrap();
    assert_eq!(steal(&clinic, &machine).ask(&["threads"]).unwrap().status, 0, "as it is, the stolen disk opens within its lease");
    Ordered::give(clinic, machine).keep()
}

#[test]
fn a_locked_machine_that_is_killed_before_its_receipt_goes_on_and_gives_it() {
    let mut ordered = order_locked();
    let came: Vec<usize> = STEPS.iter().take(place(RECEIPT)).map(|step| ordered.live(step)).collect();
    // A kill comes a little after its step; that it comes after the whole wipe is the exception.
    assert!(came.iter().filter(|last| **last < place(RECEIPT)).count() >= 3, "the kills came too late: {came:?}");
}

#[test]
fn a_locked_machine_that_is_killed_after_its_receipt_still_brings_it() {
    let mut ordered = order_locked();
    STEPS.iter().skip(place(RECEIPT)).for_each(|step| assert!(ordered.live(step) >= place(RECEIPT)));
}

#[test]
fn a_machine_that_nobody_has_used_yet_is_wiped_and_takes_no_invite() {
    let clinic = Clinic::found().unwrap();
    let (machine, invite) = (clinic.let_in("ward").unwrap(), clinic.invite("Nora Nurse", "RN").unwrap());
    let mut ordered = Ordered::give(clinic, machine).keep();
    for step in ["begun", KEYS_GONE, "names", RECEIPT, "key"] {
        ordered.live(step);
        assert_eq!(ordered.machine.ask(&["enrol", &invite]).unwrap().status, WIPED);
    }
}

/// The vault of an enrolment lies there, and its second factor was not confirmed.
#[test]
fn a_machine_at_which_somebody_was_about_to_begin_is_wiped() {
    let clinic = Clinic::found().unwrap();
    let (machine, invite) = (clinic.let_in("ward").unwrap(), clinic.invite("Nora Nurse", "RN").unwrap());
    let mut command = machine.command(&["enrol", &invite, "--totp-code-stdin"]).unwrap();
    let mut enrolling = Process::start(command.stdin(Stdio::piped()).stdout(Stdio::piped())).unwrap();
    let mut shown = String::new();
    BufReader::new(enrolling.child().stdout.take().unwrap()).read_line(&mut shown).unwrap();
    assert!(shown.contains("totp"), "the second factor is shown");
    enrolling.kill_now().unwrap();
    let mut ordered = Ordered::give(clinic, machine).keep();
    assert!(ordered.has_k_dev(), "there is something to wipe");
    for step in ["begun", KEYS_GONE, "accounts", RECEIPT] {
        ordered.live(step);
        assert_eq!(ordered.machine.ask(&["enrol", &invite]).unwrap().status, WIPED);
    }
}

/// A machine at which Nora has signed in by name, cut off before her history was there; and the thread that it is of.
fn half_filled(clinic: &Clinic) -> (Terminal, String) {
    let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
    let thread = nurse.run(&["thread", "new", "--with", "Nora Nurse", "--title", "Labs"]).unwrap().text("/row/thread").unwrap();
    let [lines, code, log] = ["lines.txt", "code", "sign-in.log"].map(|name| clinic.folder().join(name));
    fs::write(&lines, (0..LINES).map(|number| format!("line {number}")).collect::<Vec<_>>().join("\n")).unwrap();
    nurse.run(&["send", &thread, "--lines", lines.to_str().unwrap(), "--ref", "night"]).unwrap();
    let bed = clinic.let_in("bed").unwrap();
    fs::write(&code, clinic.code("Nora Nurse", 1).unwrap()).unwrap();
    let mut signing_in = bed.start(&["sign-in", "nora.nurse", "--code-file", code.to_str().unwrap()], &log).unwrap();
    let tiles = bed.home().join("workstation.json");
    wait("the tile", || fs::read_to_string(&tiles).unwrap_or_default().contains("Nora Nurse"));
    signing_in.kill_now().unwrap();
    (bed, thread)
}

/// The history of a thread streams into a new vault; large files do in `downloading`.
#[test]
fn a_session_whose_new_vault_fills_is_wiped_through_two_kills() {
    let clinic = Clinic::found().unwrap();
    let (bed, thread) = half_filled(&clinic);
    let session = Hearing::start_session(&bed);
    session.signal(Signal::STOP);
    // As a power cut would leave it now: it opens, and the past is not all there.
    let image = steal(&clinic, &bed);
    assert_eq!(image.ask(&["threads"]).unwrap().status, 0);
    let here = image.texts(&thread).map_or(0, |texts| texts.len());
    eprintln!("wipe: {here} of {LINES} messages are here when it is ordered");
    assert!(here < LINES, "the vault is full before the wipe is ordered");
    let ordered = Ordered::give(clinic, bed);
    session.signal(Signal::CONT);
    // The server's word that the account is out here may come first, and end the session before it hears why.
    if let Some(last) = session.kill_after(KEYS_GONE) {
        ordered.look_while_off(&last);
    }
    let control = ordered.machine.command_without(&["control"]).unwrap();
    // Nothing is said where the first kill came after the end.
    let again = Hearing::start(control).kill_after("accounts").unwrap_or_else(|| LAST.to_owned());
    ordered.look_while_off(&again);
    ordered.come_back();
}
