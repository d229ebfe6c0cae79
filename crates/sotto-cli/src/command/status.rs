//! How does `status` answer? With the workstation, the session, and what waits to be sent.

use serde::Serialize;
use sotto_client::view::{DirectoryWarning, NewSignIn, WorkstationView};
use sotto_client::{SessionStatus, Workstation};

use super::Context;
use super::sign_ins::what_to_do;
use crate::errors::sentence;
use crate::failure::Outcome;
use crate::output::Output;
use crate::show;

#[derive(Serialize)]
struct LockedStatus {
    workstation: WorkstationView,
}

#[derive(Serialize)]
struct Status {
    workstation: WorkstationView,
    #[serde(flatten)]
    session: SessionStatus,
}

/// Tells what may be known without a password.
///
/// # Errors
/// `cancelled` if nobody reads.
pub async fn run_locked(workstation: &Workstation, output: &Output) -> Outcome {
    let status = LockedStatus { workstation: workstation.view() };
    let says = |status: &LockedStatus| {
        let people = &status.workstation.people;
        let names: Vec<&str> = people.iter().map(|tile| tile.name.as_str()).collect();
        let out = people.iter().filter_map(|tile| Some(format!("\n{}: {}", tile.name, sentence(tile.shut_out?, crate::language()).says)));
        let out: String = out.collect();
        format!("{}, {}: locked. People: {}{out}", status.workstation.name, status.workstation.organisation, names.join(", "))
    };
    output.value(&status, says).await
}

/// Tells how things stand.
///
/// # Errors
/// `locked`.
pub async fn run(context: &Context) -> Outcome {
    let status = Status { workstation: context.workstation.view(), session: context.session.status().await? };
    let says = |status: &Status| {
        let who = &status.session.session;
        let connection = format!("{:?}", who.connection).to_lowercase();
        let warning = who.directory_warning.map_or("", describe);
        let queued = status.session.queued;
        let news: String = who.new_sign_ins.iter().map(tell).collect();
        format!("{} ({}) at {}, {}: {connection}, {queued} queued{warning}{news}", who.name, who.title, who.workstation, who.organisation)
    };
    context.output.value(&status, says).await
}

/// That the person is somewhere else too, and what they say to that.
fn tell(one: &NewSignIn) -> String {
    let (device, at) = (one.device, show::time(one.at));
    if one.denied {
        return format!("\nSomebody signed in as you at {} ({at}). {}", one.workstation, what_to_do(device));
    }
    let place = &one.workstation;
    format!("\nYou signed in at {place} ({at}). Was that you? sotto sign-ins mine {device}, otherwise sotto sign-ins not-mine {device}")
}

/// What a server was caught at, as the window says it.
const fn describe(warning: DirectoryWarning) -> &'static str {
    match warning {
        DirectoryWarning::Withheld => {
            "\nA colleague has seen changes to the list of people that the server does not give this workstation. Call IT now."
        }
        DirectoryWarning::Forked => "\nA colleague was shown another list of people than this workstation. Call IT now.",
        DirectoryWarning::Forged => {
            "\nThe server sent a change to the list of people that your clinic did not sign. Nothing of it was used. Call IT now."
        }
    }
}
