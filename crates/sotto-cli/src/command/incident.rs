//! How do `fleet incident` and `fleet incidents` answer? With the incident's id; with the register, each incident with what was done since.

use std::path::Path;

use serde::Serialize;
use sotto_client::view::{CloseIncidentRequest, CommandView, ErrorCode, IncidentPersonView, IncidentView, OpenIncidentRequest};
use sotto_protocol::IncidentId;

use super::Context;
use super::fleet::{find_machine, word, write_proof};
use crate::args::IncidentCommand;
use crate::failure::{Failure, Outcome};
use crate::show;

#[derive(Serialize)]
struct Opened {
    incident: IncidentId,
}

#[derive(Serialize)]
struct Done {
    done: &'static str,
}

/// Reports a machine, or says how that ended.
///
/// # Errors
/// `not_permitted`; `not_found` for a machine or an incident that is not there, and for the receipt without which none ends as wiped;
/// `conflict` for a machine that is reported already and an incident that is over; those of the server.
pub async fn run(command: IncidentCommand, context: &Context) -> Outcome {
    match command {
        IncidentCommand::Open { workstation, reason } => {
            let workstation = find_machine(&workstation, context).await?.id;
            let incident = context.session.open_incident(OpenIncidentRequest { workstation, reason: reason.into() }).await?;
            context.output.value(&Opened { incident }, |opened| opened.incident.to_string()).await
        }
        IncidentCommand::Close { incident, outcome } => {
            let incident: IncidentId = incident.parse().map_err(|_| Failure::new(ErrorCode::NotFound))?;
            context.session.close_incident(CloseIncidentRequest { incident, outcome: outcome.into() }).await?;
            context.output.value(&Done { done: "closed" }, |_| "Closed.".into()).await
        }
    }
}

/// Tells the register, or writes it to a file.
///
/// # Errors
/// `not_permitted`; `conflict` for a file that is there already.
pub async fn list(export: Option<&Path>, context: &Context) -> Outcome {
    let Some(file) = export else {
        let all = context.session.incidents().await?;
        return context.output.value(all.as_slice(), text).await;
    };
    write_proof(&context.folder.join(file), &context.session.export_incidents().await?, context).await
}

fn text(all: &[IncidentView]) -> String {
    if all.is_empty() {
        return "No machine was ever reported.".into();
    }
    all.iter().map(entry).collect::<Vec<_>>().join("\n")
}

/// An incident in a line, and under it what was told and whose accounts were there.
fn entry(one: &IncidentView) -> String {
    let by = one.opened_by.as_deref().unwrap_or("the root");
    let out = if one.shut_out { "out of service" } else { "IN SERVICE" };
    let end = one.closed.as_ref().map_or_else(
        || "OPEN".to_owned(),
        |end| format!("{} {} by {}", word(end.outcome), show::time(end.at), end.by.as_deref().unwrap_or("the root")),
    );
    let line =
        format!("{}  {}  {} {}  by {by}  {out}  {end}", one.incident, show::time(one.opened_at), one.workstation_name, word(one.reason));
    let told = one.commands.iter().map(told).chain(one.people.iter().map(person));
    [line].into_iter().chain(told).collect::<Vec<_>>().join("\n    ")
}

fn told(command: &CommandView) -> String {
    let end = command.receipt.as_ref().map(|receipt| format!("  {} {}", word(receipt.outcome), show::time(receipt.ended_at)));
    format!("{}  {}  {}{}", show::time(command.issued_at), word(command.action), word(command.state), end.unwrap_or_default())
}

fn person(one: &IncidentPersonView) -> String {
    let keys = match (one.revoked, one.renewed) {
        (true, _) => "is out",
        (_, true) => "has new keys since",
        _ => "has the same keys",
    };
    format!("{} {keys}", one.name)
}

#[cfg(test)]
mod tests {
    use sotto_client::view::{IncidentEndView, IncidentOutcome, IncidentReason};
    use sotto_protocol::AccountId;

    use super::*;

    fn incident(closed: Option<IncidentEndView>) -> IncidentView {
        let account = AccountId::from_bytes([3; 16]);
        IncidentView {
            incident: IncidentId::from_bytes([7; 16]),
            workstation: "ab".into(),
            workstation_name: "Cart 3".into(),
            reason: IncidentReason::Stolen,
            opened_by: Some("Ida Admin".into()),
            opened_at: 0,
            commands: Vec::new(),
            shut_out: false,
            wiped: false,
            people: vec![IncidentPersonView { account, name: "Nora Nurse".into(), revoked: false, renewed: false }],
            closed,
        }
    }

    #[test]
    fn an_open_incident_says_so_and_whose_keys_were_there() {
        let open = text(&[incident(None)]);
        assert!(open.contains("Cart 3 stolen  by Ida Admin  IN SERVICE  OPEN"), "{open}");
        assert!(open.ends_with("\n    Nora Nurse has the same keys"), "{open}");
        let closed = text(&[incident(Some(IncidentEndView { outcome: IncidentOutcome::WrittenOff, by: None, at: 0 }))]);
        assert!(closed.contains("written_off") && closed.contains("by the root"), "{closed}");
        assert_eq!(text(&[]), "No machine was ever reported.");
    }
}
