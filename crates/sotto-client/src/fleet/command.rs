//! How does IT tell a machine what to do? By a statement that is signed here, and that the machine verifies from the root.

use std::collections::HashMap;

use sotto_protocol::api::{CommandProgress, CommandsResponse, WorkstationSeen};
use sotto_protocol::directory::IssuedCommand;
use sotto_protocol::statement::{Action, Approval, Command, CommandOutcome, Statement};
use sotto_protocol::{CommandId, WorkstationId};

use super::list::{fetch_seen, report_view};
use super::proof;
use crate::error::{Attempt as _, ClientError, Result};
use crate::people::DAY_MS;
use crate::permissions::{permissions, require};
use crate::session::{Core, People, Session};
use crate::statements;
use crate::sync::directory::refresh;
use crate::view::{CommandRequest, CommandState, CommandView, ErrorCode, MachineReport};

/// How long a machine has to begin. A wipe of one that comes back after months must still be done.
const VALID_MS: u64 = 366 * DAY_MS;
/// After this long without a receipt nobody may think that it was done.
const UNCONFIRMED_MS: u64 = DAY_MS;

impl Session {
    /// Tells a machine what to do, and returns the command. A wipe destroys the server's half of the keys at once, unless the machine's
    /// rules ask for a second administrator first. Needs the server.
    ///
    /// # Errors
    /// `locked`, `not_permitted`; `not_found` for a machine that was never let in; those of the server.
    pub async fn issue_command(&self, request: CommandRequest) -> Result<CommandId> {
        let call = self.enter()?;
        let core = call.core();
        require(permissions(core).workstations)?;
        let workstation: WorkstationId =
            request.workstation.parse().map_err(|_| ClientError::new(ErrorCode::NotFound, "find the workstation"))?;
        let issued = async {
            // The serial must be above the newest one there is.
            refresh(core).await?;
            let people = core.people();
            if people.directory.workstation(&workstation).is_none() {
                return Err(ClientError::new(ErrorCode::NotFound, "find the workstation"));
            }
            let (command, now) = (Core::make_id(CommandId::from_bytes), core.clock.wall_ms());
            let statement = Statement::Command(Command {
                org: core.org,
                command,
                workstation,
                account: request.account,
                action: request.action,
                directory: people.directory.head(),
                serial: people.directory.command_serial(&workstation) + 1,
                reason: request.reason,
                issued_at: now,
                not_after: now.saturating_add(VALID_MS),
            });
            statements::assert(core, &statement).await.attempting("give a command")?;
            Ok(command)
        };
        call.run(issued).await
    }

    /// Agrees to a command that waits for a second administrator. Needs the server.
    ///
    /// # Errors
    /// `locked`; `not_permitted`, also for who gave it; `not_found`; `conflict` where it holds already; those of the server.
    pub async fn approve_command(&self, command: CommandId) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        require(permissions(core).workstations)?;
        let approved = async {
            refresh(core).await?;
            if core.people().directory.command(&command).is_none() {
                return Err(ClientError::new(ErrorCode::NotFound, "find the command"));
            }
            let statement = Statement::Approval(Approval { org: core.org, command, issued_at: core.clock.wall_ms() });
            statements::assert(core, &statement).await.attempting("agree to a command")
        };
        call.run(approved).await
    }

    /// Every command, the newest first.
    ///
    /// # Errors
    /// `locked`, `not_permitted`. Without the server nobody knows how far each was brought; that is no error.
    pub async fn commands(&self) -> Result<Vec<CommandView>> {
        let call = self.enter()?;
        let core = call.core();
        let may = permissions(core);
        require(may.workstations || may.review)?;
        let heard = call.run(async { Ok(hear(core).await) }).await?;
        Ok(views(core, &core.people(), &heard))
    }
}

/// What only the server knows of commands: how far each was brought, and what machines told. Nothing without it.
pub(super) struct Heard {
    progress: HashMap<CommandId, CommandProgress>,
    seen: HashMap<WorkstationId, WorkstationSeen>,
}

/// Asks the server.
pub(super) async fn hear(core: &Core) -> Heard {
    let asked = core.people().directory.commands().any(is_report);
    let progress = fetch_progress(core).await;
    Heard { progress, seen: if asked { fetch_seen(core).await } else { HashMap::new() } }
}

/// Every command of this directory as it is shown, the newest first.
pub(super) fn views(core: &Core, people: &People, heard: &Heard) -> Vec<CommandView> {
    let now = core.clock.wall_ms();
    let views = people.directory.commands().map(|issued| {
        let (mine, report) = (issued.by == Some(core.account), told(people, issued, &heard.seen));
        CommandView { mine, report, ..view(people, issued, heard.progress.get(&issued.command.command), now) }
    });
    let mut views: Vec<CommandView> = views.collect();
    views.sort_by_key(|view| (std::cmp::Reverse(view.issued_at), view.command));
    views
}

async fn fetch_progress(core: &Core) -> HashMap<CommandId, CommandProgress> {
    match core.http.fetch_json::<CommandsResponse>("/v1/commands", Some(&core.signer)).await {
        Ok(answer) => answer.commands.into_iter().map(|one| (one.command, one)).collect(),
        Err(error) => {
            tracing::info!(%error, "nobody knows how far the commands were brought");
            HashMap::new()
        }
    }
}

/// Whether a machine was asked for a report, and gave it.
fn is_report(issued: &IssuedCommand) -> bool {
    let done = issued.receipt.as_ref().is_some_and(|receipt| receipt.outcome == CommandOutcome::Done);
    done && issued.command.action == Action::Report
}

/// What the machine told since it did this command; a machine keeps one report, so only the newest that was asked for has it.
fn told(people: &People, issued: &IssuedCommand, seen: &HashMap<WorkstationId, WorkstationSeen>) -> Option<MachineReport> {
    let command = &issued.command;
    let report = seen.get(&command.workstation)?.report.as_ref()?;
    let newest = people.directory.commands_to(&command.workstation).filter(|one| is_report(one)).map(|one| one.command.serial).max();
    let is_newest = is_report(issued) && newest == Some(command.serial);
    (is_newest && report.command_serial >= command.serial).then(|| report_view(report, people.directory.head().0))
}

fn view(people: &People, issued: &IssuedCommand, progress: Option<&CommandProgress>, now: u64) -> CommandView {
    let command = &issued.command;
    let machine = people.machine(&command.workstation);
    CommandView {
        command: command.command,
        workstation: command.workstation.to_string(),
        workstation_name: machine.map(|profile| profile.name.clone()).unwrap_or_default(),
        person: command.account.map(|account| people.name(&account)),
        action: command.action,
        reason: command.reason,
        state: state(issued, progress, now),
        issued_by: issued.by.map(|account| people.name(&account)),
        mine: false,
        approved_by: issued.approved_by.flatten().map(|account| people.name(&account)),
        issued_at: command.issued_at,
        not_after: command.not_after,
        delivered_at: progress.map(|one| one.delivered_at),
        begun_at: progress.and_then(|one| one.begun_at),
        receipt: issued.receipt.as_ref().map(proof::view),
        report: None,
    }
}

fn state(issued: &IssuedCommand, progress: Option<&CommandProgress>, now: u64) -> CommandState {
    match (issued, progress) {
        (IssuedCommand { receipt: Some(_), .. }, _) => CommandState::Receipted,
        (IssuedCommand { holds_from: None, command, .. }, _) if now > command.not_after => CommandState::Lapsed,
        (IssuedCommand { holds_from: None, .. }, _) => CommandState::Requested,
        _ if now > issued.command.issued_at.saturating_add(UNCONFIRMED_MS) => CommandState::Unconfirmed,
        (_, Some(CommandProgress { begun_at: Some(_), .. })) => CommandState::Executing,
        (_, Some(_)) => CommandState::Delivered,
        (_, None) => CommandState::Issued,
    }
}
