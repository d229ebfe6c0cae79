//! How long a workstation opens without the server, and what it says when that time is over.

use std::time::{Duration, Instant};

use sotto_journeys::{Clinic, Terminal};
use sotto_testkit::wait::PATIENCE;

/// `lease_ended`.
const ENDED: i32 = 57;
const SAYS: &str = "The clinic's server cannot be reached, and the time for which this vault opens without it is over.";
const NEXT: &str = "Connect this computer to the clinic's network and sign in again; nothing is lost.";
const DICE: &str = "No se puede contactar con el servidor de la clínica, y el tiempo en que esta bóveda se abre sin él ha terminado.";

/// Opens and locks, and gives how that ended.
fn open(terminal: &Terminal) -> i32 {
    let answer = terminal.ask(&["unlock"]).unwrap();
    if answer.status == 0 {
        terminal.run(&["lock"]).unwrap();
    }
    answer.status
}

fn refused(terminal: &Terminal) {
    assert_eq!(open(terminal), ENDED);
    let said = terminal.says(&["unlock"], "C").unwrap();
    assert!(said.contains(SAYS) && said.contains(NEXT), "{said}");
}

#[test]
fn never_means_that_the_server_is_asked_every_time() {
    let mut clinic = Clinic::found_with(&["--lease-shared", "never", "--lease-private", "1h"]).unwrap();
    let ward = clinic.enrol("Nora Nurse", "RN").unwrap();
    let desk = clinic.let_in_as("desk", "private").unwrap();
    clinic.enrol_at(&desk, "Paul Physician", "Physician").unwrap();
    assert_eq!((open(&ward), open(&desk)), (0, 0));
    clinic.kill_server().unwrap();
    refused(&ward);
    // Refused before the password was tried: no attempt is used up, however often.
    for _ in 0..4 {
        refused(&ward);
    }
    assert!(ward.says(&["unlock"], "es_US.UTF-8").unwrap().contains(DICE));
    assert_eq!(open(&desk), 0, "one person's machine has a lease of its own");
    clinic.start_server().unwrap();
    assert_eq!(open(&ward), 0);
}

#[test]
fn a_lease_lasts_its_time_and_no_longer() {
    let mut clinic = Clinic::found_with(&["--lease-shared", "25s"]).unwrap();
    let ward = clinic.enrol("Nora Nurse", "RN").unwrap();
    assert_eq!(open(&ward), 0);
    let began = Instant::now();
    clinic.kill_server().unwrap();
    let mut opened = 0;
    while open(&ward) == 0 {
        opened += 1;
        assert!(began.elapsed() < PATIENCE + Duration::from_secs(25), "it opens without end");
    }
    assert!(opened > 0, "it opens while the lease runs");
    // The refusal cannot have come before its time; that it opened meanwhile prolonged nothing.
    assert!(began.elapsed() >= Duration::from_secs(20), "it ended after {:?}", began.elapsed());
    refused(&ward);
    clinic.start_server().unwrap();
    assert_eq!(open(&ward), 0);
}
