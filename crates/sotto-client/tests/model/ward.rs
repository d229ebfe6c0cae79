//! Who plays? Four people at five machines: one of them works at two. All are enrolled once, and every history is a thread of its own.

use std::path::PathBuf;

use futures_util::future::join_all;
use sotto_client::Session;
use sotto_client::clock::{Clock as _, SystemClock};
use sotto_protocol::AccountId;

use super::line::Line;
use super::machine::Machine;
use super::order::Awaited;
use super::support::{Clinic, password};

/// All machines.
pub const MACHINES: usize = 5;
/// The machines whose people are in every thread from the beginning: all but the last.
pub const FIRST: usize = MACHINES - 1;
/// Everybody with the administrator.
const PEOPLE: usize = 5;

pub struct Ward {
    clinic: Clinic,
    pub machines: Vec<Machine>,
}

/// A machine before it is started: its name, whose it is, its home, its way to the server.
type Place = (&'static str, AccountId, PathBuf, Line);

impl Ward {
    pub async fn open() -> Self {
        let clinic = Clinic::start().await;
        let (office, admin) = clinic.found().await;
        let ida = office.sign_in(admin, &password()).await.unwrap();
        let ward = enrol(&clinic, &ida, "ward", "Nora Nurse").await;
        let bed = sign_in_elsewhere(&clinic, &ida, "bed", "nora.nurse", ward.1).await;
        let mut places = vec![ward, bed];
        for (name, person) in [("lab", "Rosa Physician"), ("desk", "Paul Physician"), ("night", "Lucy Late")] {
            places.push(enrol(&clinic, &ida, name, person).await);
        }
        ida.lock().await.unwrap();
        // Enrolling lets time pass on the server's clock; from here on nothing does.
        let ahead = i64::try_from(clinic.clock.wall_ms()).unwrap() - i64::try_from(SystemClock.wall_ms()).unwrap();
        let new = |(name, account, home, line): Place| Machine::new(name, account, home, line, ahead);
        let mut ward = Self { clinic, machines: places.into_iter().map(new).collect() };
        assert_eq!(ward.machines.len(), MACHINES);
        let started = ward.machines.iter_mut().map(|machine| async move {
            machine.start().await;
            assert!(machine.wait(Awaited::People(PEOPLE)).await, "{} does not know everybody", machine.name);
        });
        join_all(started).await;
        ward
    }

    /// Ends everything.
    pub async fn close(self) {
        drop(self.machines);
        self.clinic.running.shutdown().await;
    }
}

/// Lets a machine in behind a line of its own, and enrols its person.
async fn enrol(clinic: &Clinic, ida: &Session, name: &'static str, person: &str) -> Place {
    let line = Line::lay(clinic.running.addr).await;
    let workstation = clinic.let_in_over(ida, name, line.address).await;
    let account = clinic.enrol_at(ida, &workstation, person).await;
    (name, account, clinic.home(name), line)
}

/// Lets a machine in, and signs in there who is enrolled at another one.
async fn sign_in_elsewhere(clinic: &Clinic, ida: &Session, name: &'static str, login: &str, account: AccountId) -> Place {
    let line = Line::lay(clinic.running.addr).await;
    let workstation = clinic.let_in_over(ida, name, line.address).await;
    let session = workstation.sign_in_new(login, &password(), &clinic.code(account)).await.unwrap();
    session.lock().await.unwrap();
    (name, account, clinic.home(name), line)
}
