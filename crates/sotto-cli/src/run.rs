//! Where does a command run? In the background session if there is one, else in a session of its own that ends with it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sotto_client::view::{AppEvent, Connection, ErrorCode, Password};
use sotto_client::{ClientError, KeyringChoice, Options as ClientOptions, Session, Workstation};

use sotto_protocol::AccountId;

use crate::args::{
    Cli, Command, FileCommand, FleetCommand, ManagedCommand, OrgCommand, PasswordCommand, PeopleArgs, PeopleCommand, PinCommand,
    ReceiptsCommand, SheetsCommand, UnlockArgs, WorkstationCommand,
};
use crate::command::{self, Context, enrol, find, org_init, password_change, pin, recover, sheets, sign_in};
use crate::failure::{Failure, Outcome};
use crate::output::{self, Line, Output};
use crate::{args, errors, home, password, print};

/// How long a command that reads waits for the server to have been heard; without it, it shows what the vault has.
const PATIENCE: Duration = Duration::from_secs(10);

/// Runs the command and gives the exit status.
///
/// # Errors
/// The command's.
pub async fn run(cli: Cli) -> Outcome<u8> {
    if let Command::Help { topic } = &cli.command {
        print(Line::Out(help(*topic)));
        return Ok(0);
    }
    let home = home::find(cli.options.home.clone())?;
    if cli.options.insecure_keyring_file && !cli.options.json {
        print(Line::Err("sotto: WARNING: --insecure-keyring-file keeps keys in a plain file; whoever copies the folder has them.".into()));
    }
    #[cfg(unix)]
    if !matches!(cli.command, Command::Agent { .. })
        && let Some(status) = crate::agent::call::call(&home, &cli.command, &mut print).await?
    {
        return Ok(status);
    }
    alone(cli, &home).await
}

fn help(topic: Option<args::Topic>) -> String {
    use clap::CommandFactory as _;
    match topic {
        Some(args::Topic::Errors) => errors::table(crate::language()),
        None => Cli::command().render_help().to_string(),
    }
}

/// Runs a command without a background session.
async fn alone(cli: Cli, home: &Path) -> Outcome<u8> {
    let Cli { options, command } = cli;
    match command {
        #[cfg(unix)]
        Command::Unlock(args) => unlock(home, &options, &args),
        #[cfg(unix)]
        Command::Agent { pin } => agent(home, &options, pin).await,
        // Nothing is open: nothing to lock.
        Command::Lock => Ok(0),
        command => {
            let opened = match open(home, &options) {
                // What the system has for this machine can be read while a window is open.
                Err(Failure { code: ErrorCode::VaultInUse, .. }) if matches!(command, Command::Managed(_)) => None,
                opened => Some(opened?),
            };
            let (output, lines) = output::channel(options.json);
            let printing = tokio::spawn(print_all(lines));
            let done = match opened {
                Some(workstation) => within(command, &options, workstation, output).await,
                None => command::managed::show_read(output).await,
            };
            // The command's end of the channel is gone, so this ends.
            let _ = printing.await;
            done.map(|()| 0)
        }
    }
}

async fn print_all(mut lines: tokio::sync::mpsc::Receiver<Line>) {
    while let Some(line) = lines.recv().await {
        print(line);
    }
}

async fn within(command: Command, options: &args::Options, workstation: Workstation, output: Output) -> Outcome {
    match command {
        Command::Org(OrgCommand::Init(args)) => org_init::run(*args, options, &workstation, &output).await,
        Command::Org(OrgCommand::Sheets(SheetsCommand::Check { files })) => {
            sheets::check(&files, Path::new(""), &workstation, &output).await
        }
        Command::Enrol(args) => enrol::run(args, options, &workstation, &output).await,
        Command::SignIn(args) => sign_in::run(args, options, &workstation, &output).await,
        Command::Recover(args) => recover::run(args, options, &workstation, &output).await,
        Command::Workstation(WorkstationCommand::Enrol { token }) => command::workstation::enrol(&token, &workstation, &output).await,
        Command::Managed(ManagedCommand::Show) => command::managed::show(&workstation, &output).await,
        Command::Control { once } => command::control::run(once, &workstation, &output).await,
        Command::Fleet(FleetCommand::Receipts(ReceiptsCommand::Verify { file, root })) => {
            command::fleet::verify(&file, root.as_deref(), &output).await
        }
        Command::Status if !password::is_at_hand(options) => command::status::run_locked(&workstation, &output).await,
        command => {
            let tile = find::tile(&workstation, options.person.as_deref())?;
            let password = password::ask(options)?;
            let session = sign_in(&command, options, &workstation, tile.account, &password).await?;
            wait_for_server(&session, &command).await;
            let context = Context { workstation, session: session.clone(), output, folder: PathBuf::new(), input: None };
            let work = async {
                match command {
                    Command::Password(PasswordCommand::Change(args)) => password_change::run(args, &password, &context).await,
                    Command::People(PeopleArgs { command: Some(PeopleCommand::AskAdmin(args)) }) => {
                        command::people::ask_admin(args, &password, &context).await
                    }
                    Command::Pin(PinCommand::Set(args)) => pin::set(args, &password, &context).await,
                    Command::File(FileCommand::Get(args)) => command::file::get(args, &password, &context).await,
                    command => command::run(command, context).await,
                }
            };
            let done = tokio::select! {
                done = work => done,
                _ = tokio::signal::ctrl_c() => Err(Failure::new(ErrorCode::Cancelled)),
            };
            session.lock().await?;
            done
        }
    }
}

fn open(home: &Path, options: &args::Options) -> Outcome<Workstation> {
    let keyring = if options.insecure_keyring_file { KeyringChoice::InsecureFile } else { KeyringChoice::Os };
    Ok(Workstation::open(home, ClientOptions::new(keyring))?)
}

async fn sign_in(
    command: &Command,
    options: &args::Options,
    workstation: &Workstation,
    account: AccountId,
    password: &Password,
) -> Outcome<Session> {
    // A resumable run is repeated until it is through, also after power cuts that counted as attempts: it waits its turn.
    let patient = matches!(command, Command::Send(send) if send.reference.is_some()) && options.password_file.is_some();
    loop {
        match workstation.sign_in(account, password).await {
            Err(ClientError { code: ErrorCode::Throttled, retry_after: Some(wait), .. }) if patient => tokio::time::sleep(wait).await,
            opened => return Ok(opened?),
        }
    }
}

/// What is read should be what there is: waits until the vault has caught up, or the server cannot be reached.
async fn wait_for_server(session: &Session, command: &Command) {
    if matches!(command, Command::Send(_) | Command::Watch(_)) {
        return;
    }
    let mut events = session.events();
    let heard = async {
        loop {
            match session.session().await.map(|view| view.connection) {
                Ok(Connection::Connecting) => {}
                _ => return,
            }
            while !matches!(events.recv().await, Ok(AppEvent::Connection { .. }) | Err(_)) {}
        }
    };
    let _ = tokio::time::timeout(PATIENCE, heard).await;
}

#[cfg(unix)]
fn unlock(home: &Path, options: &args::Options, args: &UnlockArgs) -> Outcome<u8> {
    let pin = password::pin(args)?;
    let is_pin = pin.is_some();
    let typed = pin.map_or_else(|| password::ask(options), Ok)?;
    crate::agent::start::start(home, options, (is_pin, &typed), &mut print)
}

/// The background session: tells its parent how opening went, then serves until it is locked.
#[cfg(unix)]
async fn agent(home: &Path, options: &args::Options, pin: bool) -> Outcome<u8> {
    use crate::agent::{Answer, serve};
    let opened = async {
        let workstation = open(home, options)?;
        let tile = find::tile(&workstation, options.person.as_deref())?;
        let typed = password::from_parent()?;
        let session = match pin {
            true => workstation.sign_in_pin(tile.account, &typed).await?,
            false => workstation.sign_in(tile.account, &typed).await?,
        };
        Ok::<_, Failure>((workstation, session))
    };
    match opened.await {
        Ok((workstation, session)) => {
            let clock = std::sync::Arc::new(sotto_client::clock::SystemClock);
            serve::serve(home, workstation, session, clock).await.map(|()| 0)
        }
        Err(failure) => {
            serve::tell_parent(&Answer::Line(Line::Err(failure.text(options.json, crate::language()))));
            serve::tell_parent(&Answer::Exit(failure.status()));
            Ok(failure.status())
        }
    }
}
