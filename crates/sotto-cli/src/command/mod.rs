//! Which commands work inside a session? All but those that make one; each is a file.

pub mod control;
pub mod custody;
pub mod enrol;
pub mod file;
pub mod find;
pub mod fleet;
pub mod incident;
pub mod managed;
pub mod org_init;
pub mod password_change;
pub mod people;
pub mod pin;
pub mod recover;
pub mod rules;
pub mod sheets;
pub mod sign_in;
pub mod sign_ins;
pub mod status;
pub mod workstation;

mod draft;
mod invite;
mod mark;
mod read;
mod receipt;
mod revoke;
mod search;
mod send;
mod thread_members;
mod thread_new;
mod threads;
mod watch;

use std::path::PathBuf;

use sotto_client::view::ErrorCode;
use sotto_client::{Session, Workstation};

use crate::args::{Command, FileCommand, ManagedCommand, OrgCommand, PinCommand, SheetsCommand, ThreadCommand, WorkstationCommand};
use crate::failure::{Failure, Outcome};
use crate::output::Output;

/// What a command works with.
#[derive(Debug)]
pub struct Context {
    /// The workstation.
    pub workstation: Workstation,
    /// The session.
    pub session: Session,
    /// Where it writes.
    pub output: Output,
    /// What file names are relative to.
    pub folder: PathBuf,
    /// Standard input, where it was read already.
    pub input: Option<String>,
}

/// Runs a command that needs a session.
///
/// # Errors
/// The command's; `malformed` for a command that makes or ends sessions itself; why the server shut the device out, where it did so under
/// the command.
pub async fn run(command: Command, context: Context) -> Outcome {
    let session = context.session.clone();
    run_inside(command, context).await.map_err(|failure| match session.shut_out() {
        Some(code) if failure.code == ErrorCode::Locked => Failure::new(code),
        _ => failure,
    })
}

async fn run_inside(command: Command, context: Context) -> Outcome {
    match command {
        Command::Invite(args) => invite::run(args, &context).await,
        Command::Threads(args) => threads::run(args, &context).await,
        Command::Thread(ThreadCommand::New(args)) => thread_new::run(args, &context).await,
        Command::Thread(ThreadCommand::Members(args)) => thread_members::run(args, &context).await,
        Command::Read(args) => read::run(args, &context).await,
        Command::Send(args) => send::run(args, &context).await,
        Command::File(FileCommand::Fetch(args)) => file::fetch(args, &context).await,
        Command::Acknowledge(args) => receipt::acknowledge(args, &context).await,
        Command::Readers(args) => receipt::readers(args, &context).await,
        Command::Draft(args) => draft::run(args, &context).await,
        Command::Watch(args) => watch::run(args, &context).await,
        Command::Mark(args) => mark::run(args, &context).await,
        Command::Search(args) => search::run(args, &context).await,
        Command::Status => status::run(&context).await,
        Command::Managed(ManagedCommand::Show) => managed::show(&context.workstation, &context.output).await,
        Command::SignIns(args) => sign_ins::run(args.answer, &context).await,
        Command::SignOutEverywhere => sign_ins::run_out_elsewhere(&context).await,
        Command::Rules(args) => rules::run(args.command, &context).await,
        Command::Revoke(args) => revoke::run(args, &context).await,
        Command::People(args) => people::run(args.command, &context).await,
        Command::Pin(PinCommand::Remove) => pin::remove(&context).await,
        Command::Unlock(_) => Ok(()),
        Command::Org(OrgCommand::Sheets(SheetsCommand::Check { files })) => {
            sheets::check(&files, &context.folder, &context.workstation, &context.output).await
        }
        Command::Org(OrgCommand::Init(_))
        | Command::Enrol(_)
        | Command::SignIn(_)
        | Command::Recover(_)
        | Command::Password(_)
        | Command::Pin(PinCommand::Set(_))
        | Command::File(FileCommand::Get(_))
        | Command::Workstation(WorkstationCommand::Enrol { .. }) => Err(Failure::new(ErrorCode::VaultInUse)),
        Command::Workstation(command) => workstation::run(command, &context).await,
        Command::Fleet(command) => fleet::run(command, &context).await,
        // The background session hears by itself.
        Command::Control { .. } => Err(Failure::new(ErrorCode::VaultInUse)),
        Command::Lock | Command::Agent { .. } | Command::Help { .. } => Err(Failure::new(ErrorCode::Malformed)),
    }
}
