//! How does `fleet` answer? Machines, commands and rules as lists; what was told as the command's id.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use serde::Serialize;
use sotto_client::view::{
    Action, CommandReason, CommandRequest, CommandView, Counted, ErrorCode, GroupMembersView, GroupRequest, GroupView, MachineReport,
    Settings, WorkstationEntry, WorkstationState,
};
use sotto_client::{ReceiptProof, VerifiedReceipt, verify_receipts};
use sotto_protocol::key::VerifyKey;
use sotto_protocol::{AccountId, CommandId};

use super::{Context, custody, incident, rules};
use crate::args::{FleetCommand, GroupArgs, ReceiptsCommand, TargetArgs};
use crate::failure::{Failure, Outcome};
use crate::output::Output;
use crate::show;

#[derive(Serialize)]
struct Issued {
    command: CommandId,
}

#[derive(Serialize)]
struct Done<'a> {
    done: &'a str,
}

/// Runs what IT does with the fleet.
///
/// # Errors
/// `not_permitted`, `not_found` for a machine, a person or a command that is not there or not the only one of that name; those of the server.
pub async fn run(command: FleetCommand, context: &Context) -> Outcome {
    match command {
        FleetCommand::List => {
            let all = context.session.workstations().await?;
            context.output.value(&all, |all| lines(all, machine_line)).await
        }
        FleetCommand::Lock(target) => issue(Action::Lock, target, context).await,
        FleetCommand::SignOut(target) => issue(Action::SignOut, target, context).await,
        FleetCommand::Wipe(target) => issue(Action::Wipe, target, context).await,
        FleetCommand::Report(target) => issue(Action::Report, target, context).await,
        FleetCommand::Approve { command } => {
            let id: CommandId = command.parse().map_err(|_| Failure::new(ErrorCode::NotFound))?;
            context.session.approve_command(id).await?;
            context.output.value(&Done { done: "approved" }, |_| "Approved.".into()).await
        }
        FleetCommand::Commands => {
            let all = context.session.commands().await?;
            context.output.value(&all, |all| lines(all, command_line)).await
        }
        FleetCommand::Receipts(ReceiptsCommand::Export { file }) => {
            write_proof(&context.folder.join(file), &context.session.export_receipts().await?, context).await
        }
        FleetCommand::Receipts(ReceiptsCommand::Verify { file, root }) => {
            verify(&context.folder.join(file), root.as_deref(), &context.output).await
        }
        FleetCommand::Groups => {
            let all = context.session.groups().await?;
            context.output.value(&all, |all| lines(all, group_line)).await
        }
        FleetCommand::SetGroup(args) => set_group(args, context).await,
        FleetCommand::Rules { workstation } => {
            let id = match workstation {
                Some(named) => Some(find_workstation(&named, context).await?),
                None => None,
            };
            let rules = context.session.rules(id).await?;
            context.output.value(&rules, |rules| lines(rules, rules::line)).await
        }
        FleetCommand::Custody(args) => custody::run(args, context).await,
        FleetCommand::Incident(command) => incident::run(command, context).await,
        FleetCommand::Incidents { export } => incident::list(export.as_deref(), context).await,
    }
}

/// Verifies a file of receipts; needs nothing but the file.
///
/// # Errors
/// `not_found` for a file that cannot be read; `malformed`, `unknown_root`, or why a statement does not hold.
pub async fn verify(file: &Path, root: Option<&str>, output: &Output) -> Outcome {
    let bytes = std::fs::read(file).map_err(|_| Failure::new(ErrorCode::NotFound))?;
    let root = root.map(|root| hex::decode(root).ok().and_then(|root| VerifyKey::try_from(root.as_slice()).ok()));
    let root = root.map(|root| root.ok_or(Failure::new(ErrorCode::Malformed))).transpose()?;
    let verified = verify_receipts(&bytes, root.as_ref())?;
    output.value(&verified, |verified| lines(verified, receipt_line)).await
}

async fn issue(action: Action, target: TargetArgs, context: &Context) -> Outcome {
    let workstation = find_workstation(&target.workstation, context).await?;
    let account = match &target.person {
        Some(named) => Some(find_person(named, context).await?),
        None => None,
    };
    let reason: CommandReason = target.reason.into();
    let command = context.session.issue_command(CommandRequest { workstation, account, action, reason }).await?;
    context.output.value(&Issued { command }, |issued| issued.command.to_string()).await
}

async fn find_workstation(named: &str, context: &Context) -> Outcome<String> {
    Ok(find_machine(named, context).await?.id)
}

/// The machine of that name or id.
///
/// # Errors
/// `not_permitted`; `not_found`, also where the name is more than one machine's.
pub(super) async fn find_machine(named: &str, context: &Context) -> Outcome<WorkstationEntry> {
    let all = context.session.workstations().await?;
    let fits = |entry: &WorkstationEntry| entry.id == named || (entry.state != WorkstationState::Waiting && entry.name == named);
    only(all.into_iter().filter(fits))
}

async fn find_person(named: &str, context: &Context) -> Outcome<AccountId> {
    let all = context.session.people().await?;
    only(all.iter().filter(|person| person.account.to_string() == named || person.name == named)).map(|person| person.account)
}

/// The one that there is: a name that two have names nobody.
fn only<T>(mut found: impl Iterator<Item = T>) -> Outcome<T> {
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(Failure::new(ErrorCode::NotFound)),
    }
}

/// Writes a proof to a file that is not there yet.
///
/// # Errors
/// `conflict` where it is, or cannot be written.
pub(super) async fn write_proof(file: &Path, proof: &ReceiptProof, context: &Context) -> Outcome {
    let text = serde_json::to_string_pretty(proof).map_err(|_| Failure::new(ErrorCode::Internal))?;
    let written = OpenOptions::new().write(true).create_new(true).open(file).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|_| Failure::new(ErrorCode::Conflict))?;
    context.output.value(&Done { done: "exported" }, |_| "Exported.".into()).await
}

fn settings(args: &GroupArgs) -> Settings {
    let forbid = |forbidden: bool| forbidden.then_some(false);
    Settings {
        idle_lock_s: args.idle_lock,
        session_s: args.session,
        lease_s: args.lease,
        self_wipe_days: args.self_wipe_days,
        retain_days: args.retain_days,
        attachment_mb: args.attachments.attachment_mb,
        attachment_types: args.attachments.types(),
        pin: forbid(args.no_pin),
        notifications: forbid(args.no_notifications),
        clipboard: forbid(args.no_clipboard),
        content_protection: args.content_protection.map(Into::into),
        two_person_wipe: args.two_person_wipe.then_some(true),
    }
}

async fn set_group(args: GroupArgs, context: &Context) -> Outcome {
    let settings = settings(&args);
    let mut listed = Vec::with_capacity(args.workstation.len());
    for named in &args.workstation {
        listed.push(find_workstation(named, context).await?);
    }
    let members = match args.kind {
        Some(kind) => GroupMembersView::Kind(kind.into()),
        None if listed.is_empty() => GroupMembersView::Everyone,
        None => GroupMembersView::Workstations(listed),
    };
    let group = context.session.groups().await?.into_iter().find(|group| group.name == args.name).map(|group| group.group);
    context.session.set_group(GroupRequest { group, name: args.name, members, settings }).await?;
    context.output.value(&Done { done: "set" }, |_| "Set.".into()).await
}

fn lines<T>(all: &[T], line: impl Fn(&T) -> String) -> String {
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The word that the wire has for a value of a list.
pub(super) fn word<T: Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn machine_line(entry: &WorkstationEntry) -> String {
    let here =
        if entry.connected { "connected".to_owned() } else { entry.last_seen_at.map(show::time).unwrap_or_else(|| "never heard".into()) };
    let pending = if entry.pending > 0 { format!("  {} pending", entry.pending) } else { String::new() };
    let report = entry.report.as_ref().map(|report| {
        let disk = match report.disk_encrypted {
            Some(true) => "disk encrypted",
            Some(false) => "DISK NOT ENCRYPTED",
            None => "disk unknown",
        };
        let screen = match report.screen_lock {
            Some(true) => "screen locks",
            Some(false) => "SCREEN DOES NOT LOCK",
            None => "screen lock unknown",
        };
        format!("  {}  {}  {disk}  {screen}  {} vaults", report.app_version, report.os, report.vaults)
    });
    let stale = if entry.stale { "  STALE" } else { "" };
    let custodian = entry.custodian.as_ref().map(|one| format!("  with {}{}", one.name, if one.revoked { " (OUT)" } else { "" }));
    format!(
        "{}  {}, {}  {}{}  {here}{stale}{pending}{}",
        entry.id,
        entry.name,
        entry.location,
        word(entry.state),
        custodian.unwrap_or_default(),
        report.unwrap_or_default()
    )
}

fn command_line(view: &CommandView) -> String {
    let whose = view.person.as_deref().map(|person| format!(" of {person}")).unwrap_or_default();
    let end = view.receipt.as_ref().map(|receipt| {
        let complete = if receipt.complete || receipt.erased.is_empty() { "" } else { ", not everything could be deleted" };
        format!("  {} {}{complete}", word(receipt.outcome), show::time(receipt.ended_at))
    });
    let by = view.issued_by.as_deref().unwrap_or("the root");
    let report = view.report.as_ref().map(report_line).unwrap_or_default();
    format!(
        "{}  {}  {}{whose} at {}  {}  by {by}  {}{}{report}",
        view.command,
        show::time(view.issued_at),
        word(view.action),
        view.workstation_name,
        word(view.reason),
        word(view.state),
        end.unwrap_or_default()
    )
}

/// What a machine told when it was asked to.
fn report_line(report: &MachineReport) -> String {
    let told = &report.diagnostics;
    let counts = |what: &str, counts: &[Counted]| {
        let each: Vec<String> = counts.iter().map(|one| format!("{} {}", one.name, one.count)).collect();
        if each.is_empty() { String::new() } else { format!("  {what}: {}", each.join(", ")) }
    };
    let untold = || "unknown".to_owned();
    format!(
        "\n    {}  {}  {} vaults  {} sessions  {} waiting  synced {}  {} MB free  clock ahead {} ms{}{}",
        report.app_version,
        report.os,
        report.vaults,
        told.sessions,
        told.waiting,
        told.synced_at.map_or_else(untold, show::time),
        told.free_disk_bytes.map_or_else(untold, |bytes| (bytes / 1_000_000).to_string()),
        told.clock_ahead_ms.map_or_else(untold, |ahead| ahead.to_string()),
        counts("errors", &told.errors),
        counts("refused", &told.refusals)
    )
}

fn group_line(view: &GroupView) -> String {
    let members = match &view.members {
        GroupMembersView::Everyone => "every machine".to_owned(),
        GroupMembersView::Kind(kind) => format!("every {} machine", word(kind)),
        GroupMembersView::Workstations(listed) => format!("{} machines", listed.len()),
    };
    let settings = serde_json::to_value(view.settings).unwrap_or_default();
    let set = settings.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    let set: Vec<String> = set.map(|(name, value)| format!("{name}={value}")).collect();
    format!("{}  {}  {members}  {}", view.group, view.name, set.join(" "))
}

fn receipt_line(one: &VerifiedReceipt) -> String {
    let whose = one.account.map(|account| format!(" of {account}")).unwrap_or_default();
    let complete = if one.receipt.complete { "complete" } else { "not everything was deleted, or there was nothing to do" };
    let two = if one.two_person { "  two administrators" } else { "" };
    format!(
        "{}  {}{whose} at {}  {}  {} {}  {complete}{two}",
        one.command,
        word(one.action),
        one.workstation,
        word(one.reason),
        word(one.receipt.outcome),
        show::time(one.receipt.ended_at)
    )
}
