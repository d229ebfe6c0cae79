//! How does `workstation` answer? Tokens as the text to carry to a machine, machines as a list.

use serde::Serialize;
use sotto_client::Workstation;
use sotto_client::view::{ErrorCode, MakeWorkstationTokenRequest, WorkstationEntry, WorkstationState};

use super::Context;
use super::enrol::text_or_file;
use crate::args::{WorkstationCommand, WorkstationTokenArgs};
use crate::failure::{Failure, Outcome};
use crate::output::Output;
use crate::show;

#[derive(Serialize)]
struct Revoked<'a> {
    revoked: &'a str,
}

/// Uses a token on this machine.
///
/// # Errors
/// `not_found` for a file that cannot be read, and those of [`Workstation::enrol_workstation`].
pub async fn enrol(token: &str, workstation: &Workstation, output: &Output) -> Outcome {
    let enrolled = workstation.enrol_workstation(&text_or_file(token)?).await?;
    output.value(&enrolled, |enrolled| format!("This machine is a workstation of {} now.", enrolled.server)).await
}

/// Runs what an administrator does with machines.
///
/// # Errors
/// `not_permitted`, `not_found`, and those of the server.
pub async fn run(command: WorkstationCommand, context: &Context) -> Outcome {
    match command {
        WorkstationCommand::Token(args) => token(args, context).await,
        // It needs no session, so it comes another way.
        WorkstationCommand::Enrol { .. } => Err(Failure::new(ErrorCode::VaultInUse)),
        WorkstationCommand::List => {
            let all = context.session.workstations().await?;
            context.output.value(&all, |all| all.iter().map(line).collect::<Vec<_>>().join("\n")).await
        }
        WorkstationCommand::Revoke { id } => {
            context.session.revoke_workstation(&id).await?;
            context.output.value(&Revoked { revoked: &id }, |_| "Shut out.".into()).await
        }
    }
}

async fn token(args: WorkstationTokenArgs, context: &Context) -> Outcome {
    let WorkstationTokenArgs { name, location, kind, days } = args;
    let request = MakeWorkstationTokenRequest { name, location, kind: kind.into(), days };
    let made = context.session.make_workstation_token(request).await?;
    context.output.value(&made, |made| made.text.expose().to_owned()).await
}

fn line(entry: &WorkstationEntry) -> String {
    let state = match entry.state {
        WorkstationState::Waiting => "waiting",
        WorkstationState::Active => "active",
        WorkstationState::Revoked => "OUT",
    };
    let seen = entry.last_seen_at.map(|at| format!(", last seen {}", show::time(at))).unwrap_or_default();
    let until = entry.expires_at.map(|at| format!(", until {}", show::time(at))).unwrap_or_default();
    let here = if entry.here { "  (this machine)" } else { "" };
    format!("{}  {}, {}  {state}{seen}{until}{here}", entry.id, entry.name, entry.location)
}
