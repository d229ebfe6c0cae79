//! How does `status` answer? With the workstation, the session, and what waits to be sent.

use serde::Serialize;
use sotto_client::view::WorkstationView;
use sotto_client::{SessionStatus, Workstation};

use super::Context;
use crate::failure::Outcome;
use crate::output::Output;

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
        let names: Vec<&str> = status.workstation.people.iter().map(|tile| tile.name.as_str()).collect();
        format!("{}, {}: locked. People: {}", status.workstation.name, status.workstation.organisation, names.join(", "))
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
        format!("{} ({}) at {}, {}: {connection}, {} queued", who.name, who.title, who.workstation, who.organisation, status.session.queued)
    };
    context.output.value(&status, says).await
}
