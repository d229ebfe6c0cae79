//! What may be typed after `sotto`?

mod account;
mod attachment;
mod file;
mod fleet;
mod lease;
mod organisation;
mod receipt;
mod rules;
mod thread;
mod workstation;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use self::account::{
    CodeArgs, EnrolArgs, PasswordChangeArgs, PasswordCommand, PinCommand, PinSetArgs, RecoverArgs, SignInAnswer, SignInArgs, SignInsArgs,
    UnlockArgs,
};
pub use self::file::{FileCommand, FileGetArgs, FilePlaceArgs};
pub use self::fleet::{CustodyArgs, FleetCommand, GroupArgs, IncidentCommand, ReceiptsCommand, TargetArgs};
pub use self::organisation::{
    ImportArgs, InviteArgs, OrgCommand, OrgInitArgs, PeopleArgs, PeopleCommand, PersonRoleArgs, RevokeArgs, RoleArgs, SheetsCommand,
};
pub use self::receipt::{AcknowledgeArgs, ReadersArgs};
pub use self::rules::{RulesArgs, RulesCommand};
pub use self::thread::{
    DraftArgs, MarkArgs, ReadArgs, SearchArgs, SendArgs, ThreadCommand, ThreadMembersArgs, ThreadNewArgs, ThreadsArgs, WatchArgs,
};
pub use self::workstation::{ManagedCommand, WorkstationCommand, WorkstationTokenArgs};

/// Sotto in a terminal: the same core as the desktop window, for people, scripts and tests.
#[derive(Debug, Parser)]
#[command(name = "sotto", version, disable_help_subcommand = true, after_help = "Exit statuses: sotto help errors")]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub options: Options,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// What holds for every command.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// The folder of this workstation's vaults; several on one machine do not touch each other.
    #[arg(long, global = true, env = "SOTTO_HOME", value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Write JSON: one object, or one a line where results stream.
    #[arg(long, global = true)]
    pub json: bool,
    /// Who, by name or account id; default is whoever signed in last.
    #[arg(id = "as", long, global = true, value_name = "NAME")]
    pub person: Option<String>,
    /// Keep keys in a plain file instead of the operating system's keyring. For machines without one, and tests.
    #[arg(long, global = true, env = "SOTTO_INSECURE_KEYRING_FILE", value_parser = clap::builder::FalseyValueParser::new())]
    pub insecure_keyring_file: bool,
    /// Read the password from the first line of this file instead of asking.
    #[arg(long, global = true, env = "SOTTO_PASSWORD_FILE", value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

/// Everything `sotto` does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Found an organisation.
    #[command(subcommand)]
    Org(OrgCommand),
    /// Invite a person; prints the invite to hand over.
    Invite(InviteArgs),
    /// Let machines in, list them, shut them out.
    #[command(subcommand)]
    Workstation(WorkstationCommand),
    /// Tell machines what to do, set what holds at them, prove what was done.
    #[command(subcommand)]
    Fleet(FleetCommand),
    /// Hear what IT tells this machine while nobody is signed in, and do it.
    Control {
        /// Hear and do what waits, then end.
        #[arg(long)]
        once: bool,
    },
    /// Look at what this machine's management says.
    #[command(subcommand)]
    Managed(ManagedCommand),
    /// Use an invite on this machine: password, second factor, recovery codes.
    Enrol(EnrolArgs),
    /// Choose who uses this terminal and check the password. By login name, also where one was never before.
    SignIn(SignInArgs),
    /// Set a new password with a recovery code.
    Recover(RecoverArgs),
    /// Work on the password.
    #[command(subcommand)]
    Password(PasswordCommand),
    /// Work on the PIN that opens your vault on this machine.
    #[command(subcommand)]
    Pin(PinCommand),
    /// Keep the session open in the background until `sotto lock` or the idle lock.
    Unlock(UnlockArgs),
    /// End the background session.
    Lock,
    /// List threads, newest first.
    Threads(ThreadsArgs),
    /// Work on threads.
    #[command(subcommand)]
    Thread(ThreadCommand),
    /// Read a thread.
    Read(ReadArgs),
    /// Send a message, or many.
    Send(SendArgs),
    /// Fetch or save the files of messages.
    #[command(subcommand)]
    File(FileCommand),
    /// Take note of somebody's message, with one of the answers that it offers.
    Acknowledge(AcknowledgeArgs),
    /// Who has a message, who had it on a screen, who acknowledged it.
    Readers(ReadersArgs),
    /// Show the draft of a thread, or keep another one.
    Draft(DraftArgs),
    /// Print messages as they arrive, one JSON object a line.
    Watch(WatchArgs),
    /// Mark a thread as read or as unread, at every workstation of yours.
    Mark(MarkArgs),
    /// Search all messages in the vault.
    Search(SearchArgs),
    /// Who, where, connected or not, and what waits to be sent.
    Status,
    /// List where you signed in that was new to you, say of one whether that was you, or end it.
    SignIns(SignInsArgs),
    /// Sign out everywhere but here: sessions elsewhere close, and what waits there to be sent never is.
    SignOutEverywhere,
    /// List the rules that hold for you here, or tighten them for yourself.
    Rules(RulesArgs),
    /// Shut out a device or a person.
    Revoke(RevokeArgs),
    /// List the organisation's people, or work on the list as an administrator.
    People(PeopleArgs),
    /// Explain something: `errors` lists the exit statuses.
    Help {
        /// What to explain.
        topic: Option<Topic>,
    },
    /// The background session itself; `unlock` starts it.
    #[command(hide = true)]
    Agent {
        /// What comes through the pipe is a PIN.
        #[arg(long)]
        pin: bool,
    },
}

/// What `help` explains.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Topic {
    /// Exit statuses and error codes.
    Errors,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_surface_is_consistent() {
        Cli::command().debug_assert();
    }

    /// Two of one name are one to the parser: who gives a command would be whom it is for.
    #[test]
    fn no_command_has_an_argument_of_a_global_options_name() {
        fn look(command: &clap::Command, globals: &[&clap::Id]) {
            for one in command.get_subcommands() {
                let mut names = one.get_arguments().map(clap::Arg::get_id);
                assert!(names.all(|name| !globals.contains(&name)), "{}", one.get_name());
                look(one, globals);
            }
        }
        let command = Cli::command();
        let globals: Vec<_> = command.get_arguments().filter(|one| one.is_global_set()).map(clap::Arg::get_id).collect();
        assert!(!globals.is_empty());
        look(&command, &globals);
    }
}
