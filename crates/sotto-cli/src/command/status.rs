//! How does `status` answer? With the workstation, the session, and what waits to be sent.

use serde::Serialize;
use sotto_client::SessionStatus;
use sotto_client::view::WorkstationView;

use super::Context;
use crate::failure::Outcome;

#[derive(Serialize)]
struct Status {
    workstation: WorkstationView,
    #[serde(flatten)]
    session: SessionStatus,
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
