//! What may be typed after `sotto`?

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use sotto_protocol::DeviceId;

use crate::choice::{Class, Filter, Kind, Urgency};

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
    #[arg(long = "as", global = true, value_name = "NAME")]
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
    /// Use an invite on this machine: password, second factor, recovery codes.
    Enrol(EnrolArgs),
    /// Choose who uses this terminal and check the password. By login name, also where one was never before.
    SignIn(SignInArgs),
    /// Set a new password with a recovery code.
    Recover(RecoverArgs),
    /// Work on the password.
    #[command(subcommand)]
    Password(PasswordCommand),
    /// Keep the session open in the background until `sotto lock` or the idle lock.
    Unlock,
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
    /// Print messages as they arrive, one JSON object a line.
    Watch(WatchArgs),
    /// Search all messages in the vault.
    Search(SearchArgs),
    /// Who, where, connected or not, and what waits to be sent.
    Status,
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
    Agent,
}

/// What `help` explains.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Topic {
    /// Exit statuses and error codes.
    Errors,
}

/// Commands on the organisation.
#[derive(Debug, Subcommand)]
pub enum OrgCommand {
    /// Make the organisation's root and its first admin on this machine.
    Init(OrgInitArgs),
}

/// `org init`.
#[derive(Debug, Args)]
pub struct OrgInitArgs {
    /// The server, `https://host:port`.
    #[arg(long)]
    pub server: String,
    /// The server's certificate authority, PEM, from `sotto-server init`.
    #[arg(long, value_name = "FILE")]
    pub ca: PathBuf,
    /// The setup code that `sotto-server init` printed.
    #[arg(long)]
    pub setup_code: String,
    /// What the clinic calls itself.
    #[arg(long)]
    pub clinic: String,
    /// The first admin's name.
    #[arg(long)]
    pub admin: String,
    /// What the first admin does.
    #[arg(long, default_value = "Administrator")]
    pub admin_title: String,
    /// What the first admin types to sign in: 2 to 64 of a-z, 0-9, dot, hyphen and underscore.
    #[arg(long)]
    pub login: String,
    /// What this machine is to be called.
    #[arg(long, default_value = "Workstation")]
    pub workstation: String,
    /// Idle time before a shared workstation locks, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = sotto_client::IDLE_LOCK_S, value_parser = clap::value_parser!(u32).range(30..=900))]
    pub idle_lock: u32,
    /// Where to write the root's recovery sheet. Print it, lock it away, delete the file. Must not exist.
    #[arg(long, value_name = "FILE")]
    pub recovery: PathBuf,
    /// Where the second factor's code comes from.
    #[command(flatten)]
    pub code: CodeArgs,
}

/// Where a code of the second factor comes from; without either, whoever sits at the terminal is asked.
#[derive(Debug, Clone, Args)]
pub struct CodeArgs {
    /// Read the second factor's code from standard input, one line.
    #[arg(long)]
    pub totp_code_stdin: bool,
    /// Read the second factor's code from the first line of this file.
    #[arg(long, value_name = "FILE", conflicts_with = "totp_code_stdin")]
    pub code_file: Option<PathBuf>,
}

/// Commands on machines.
#[derive(Debug, Subcommand)]
pub enum WorkstationCommand {
    /// Make a token that lets one machine in; prints the text to carry there.
    Token(WorkstationTokenArgs),
    /// Use a token on this machine.
    Enrol {
        /// The token, or `@FILE` that holds it.
        token: String,
    },
    /// List the clinic's machines, and the tokens that nobody used.
    List,
    /// Shut a machine out, or withdraw a token.
    Revoke {
        /// An id of the list.
        id: String,
    },
}

/// `workstation token`.
#[derive(Debug, Args)]
pub struct WorkstationTokenArgs {
    /// What the machine is to be called.
    #[arg(long)]
    pub name: String,
    /// Where it stands.
    #[arg(long, default_value = "")]
    pub location: String,
    /// Who uses it.
    #[arg(long, value_enum, default_value_t = Kind::Shared)]
    pub kind: Kind,
    /// How long the token works.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=30))]
    pub days: u32,
}

/// `sign-in`.
#[derive(Debug, Args)]
pub struct SignInArgs {
    /// Name, account id, or login name.
    pub name: String,
    /// Where the second factor's code comes from, if one is needed.
    #[command(flatten)]
    pub code: CodeArgs,
    /// At a new machine, return when the newest messages are here instead of all.
    #[arg(long)]
    pub no_wait: bool,
}

/// `recover`.
#[derive(Debug, Args)]
pub struct RecoverArgs {
    /// The login name.
    pub login: String,
    /// Read the recovery code from the first line of this file instead of asking.
    #[arg(long, value_name = "FILE")]
    pub recovery_code_file: Option<PathBuf>,
    /// Where the second factor's code comes from.
    #[command(flatten)]
    pub code: CodeArgs,
}

/// Commands on the password.
#[derive(Debug, Subcommand)]
pub enum PasswordCommand {
    /// Change it, here and for signing in elsewhere; prints new recovery codes.
    Change(PasswordChangeArgs),
}

/// `password change`.
#[derive(Debug, Args)]
pub struct PasswordChangeArgs {
    /// Read the new password from the first line of this file instead of asking.
    #[arg(long, value_name = "FILE")]
    pub new_password_file: Option<PathBuf>,
    /// Where the second factor's code comes from.
    #[command(flatten)]
    pub code: CodeArgs,
}

/// `people`.
#[derive(Debug, Args)]
pub struct PeopleArgs {
    /// What to do; without it, list who can be written to.
    #[command(subcommand)]
    pub command: Option<PeopleCommand>,
}

/// Commands on people, for administrators.
#[derive(Debug, Subcommand)]
pub enum PeopleCommand {
    /// List everybody with login name and state, also who is invited.
    List,
    /// Invite everybody on a list: CSV with the columns name, title and login.
    Import(ImportArgs),
    /// Shut a person out, or withdraw their invite.
    Revoke {
        /// Name, login name or account id.
        name: String,
    },
}

/// `people import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The list.
    pub file: PathBuf,
    /// Only say what would happen.
    #[arg(long)]
    pub dry_run: bool,
    /// How long the invites work.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=30))]
    pub days: u32,
}

/// `invite`.
#[derive(Debug, Args)]
pub struct InviteArgs {
    /// The person's name, as colleagues know it.
    #[arg(long)]
    pub name: String,
    /// What they do: "RN", "Physician", "Front desk".
    #[arg(long)]
    pub title: String,
    /// What they type to sign in: 2 to 64 of a-z, 0-9, dot, hyphen and underscore.
    #[arg(long)]
    pub login: String,
    /// How long the invite works.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=30))]
    pub days: u32,
}

/// `enrol`.
#[derive(Debug, Args)]
pub struct EnrolArgs {
    /// The invite, or `@FILE` that holds it.
    pub invite: String,
    /// Where the second factor's code comes from.
    #[command(flatten)]
    pub code: CodeArgs,
}

/// `threads`.
#[derive(Debug, Args)]
pub struct ThreadsArgs {
    /// Which.
    #[arg(long, value_enum, default_value_t = Filter::Mine)]
    pub filter: Filter,
    /// Rows at most.
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
    /// Where the page before ended (`next`).
    #[arg(long)]
    pub after: Option<String>,
}

/// Commands on threads.
#[derive(Debug, Subcommand)]
pub enum ThreadCommand {
    /// Begin a thread.
    New(ThreadNewArgs),
    /// Take people in or put people out.
    Members(ThreadMembersArgs),
}

/// `thread members`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("whom").required(true).multiple(true).args(["add", "remove"])))]
pub struct ThreadMembersArgs {
    /// The thread: its id, the start of its id, or its title.
    pub thread: String,
    /// Who comes in, by name or account id; repeat for more.
    #[arg(long, value_name = "NAME")]
    pub add: Vec<String>,
    /// Who goes out, by name or account id; repeat for more.
    #[arg(long, value_name = "NAME")]
    pub remove: Vec<String>,
}

/// `thread new`.
#[derive(Debug, Args)]
pub struct ThreadNewArgs {
    /// A member, by name or account id; repeat for more.
    #[arg(long = "with", required = true, value_name = "NAME")]
    pub with: Vec<String>,
    /// A title.
    #[arg(long)]
    pub title: Option<String>,
    /// The reason for contact.
    #[arg(long)]
    pub reason: Option<String>,
    /// Its class; by default clinical with a patient and staff without.
    #[arg(long, value_enum)]
    pub class: Option<Class>,
    /// The patient's family name.
    #[arg(long, requires_all = ["patient_given", "birth_date", "mrn"])]
    pub patient_family: Option<String>,
    /// The patient's given name.
    #[arg(long, requires = "patient_family")]
    pub patient_given: Option<String>,
    /// The patient's date of birth, `YYYY-MM-DD`.
    #[arg(long, requires = "patient_family")]
    pub birth_date: Option<String>,
    /// The patient's medical record number.
    #[arg(long, requires = "patient_family")]
    pub mrn: Option<String>,
}

/// `read`.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// The thread: its id, the start of its id, or its title.
    pub thread: String,
    /// Only what is older than this seq.
    #[arg(long, value_name = "SEQ")]
    pub before: Option<u64>,
    /// Only what is newer than this seq.
    #[arg(long, value_name = "SEQ", conflicts_with = "before")]
    pub after: Option<u64>,
    /// Rows at most.
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
}

/// `send`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).args(["text", "lines"])))]
pub struct SendArgs {
    /// The thread: its id, the start of its id, or its title.
    pub thread: String,
    /// The message; `-` reads it from standard input.
    pub text: Option<String>,
    /// How pressing.
    #[arg(long, value_enum, default_value_t = Urgency::Fyi)]
    pub priority: Urgency,
    /// Each line of this file is a message.
    #[arg(long, value_name = "FILE")]
    pub lines: Option<PathBuf>,
    /// A name for this run of lines: line N of it is sent exactly once, however often the command is repeated.
    #[arg(long = "ref", value_name = "NAME", requires = "lines")]
    pub reference: Option<String>,
    /// Return when everything is safe in the vault instead of on the server.
    #[arg(long)]
    pub no_wait: bool,
}

/// `watch`.
#[derive(Debug, Args)]
pub struct WatchArgs {
    /// Only this thread: its id, the start of its id, or its title.
    #[arg(long)]
    pub thread: Option<String>,
    /// Begin with this seq of the thread, from the vault; without it, with what arrives from now on.
    #[arg(long, value_name = "SEQ", requires = "thread")]
    pub from: Option<u64>,
    /// End after this many messages.
    #[arg(long, value_name = "N")]
    pub until_count: Option<u64>,
}

/// `search`.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// The words; each must occur.
    pub query: String,
    /// Only in this thread: its id, the start of its id, or its title.
    #[arg(long)]
    pub thread: Option<String>,
    /// Hits at most.
    #[arg(long, default_value_t = 20)]
    pub limit: u32,
    /// Where the page before ended (`next`).
    #[arg(long)]
    pub before: Option<String>,
}

/// `revoke`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("whom").required(true).args(["device", "account"])))]
pub struct RevokeArgs {
    /// A device, by id.
    #[arg(long)]
    pub device: Option<DeviceId>,
    /// A person, by name or account id.
    #[arg(long)]
    pub account: Option<String>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_surface_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn lines_and_text_exclude_each_other() {
        assert!(Cli::try_parse_from(["sotto", "send", "t", "hello"]).is_ok());
        assert!(Cli::try_parse_from(["sotto", "send", "t", "--lines", "f", "--ref", "night", "--json"]).is_ok());
        assert!(Cli::try_parse_from(["sotto", "send", "t", "hello", "--lines", "f"]).is_err());
        assert!(Cli::try_parse_from(["sotto", "send", "t"]).is_err());
    }

    #[test]
    fn a_patient_has_two_identifiers() {
        let whole = [
            "sotto",
            "thread",
            "new",
            "--with",
            "A",
            "--patient-family",
            "F",
            "--patient-given",
            "G",
            "--birth-date",
            "1950-01-02",
            "--mrn",
            "7",
        ];
        assert!(Cli::try_parse_from(whole).is_ok());
        assert!(Cli::try_parse_from(&whole[..9]).is_err());
    }
}
