//! What may be typed about who belongs to the organisation: founding it, letting people in, shutting them out?

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use sotto_client::Splitting;
use sotto_protocol::DeviceId;
use sotto_protocol::role::{Permission, Role};

use super::CodeArgs;
use super::lease::parse_lease;

/// Commands on the organisation.
#[derive(Debug, Subcommand)]
pub enum OrgCommand {
    /// Make the organisation's root and its first admin on this machine.
    Init(Box<OrgInitArgs>),
    /// Work on the root's printed sheets.
    #[command(subcommand)]
    Sheets(SheetsCommand),
}

/// Commands on the root's sheets.
#[derive(Debug, Subcommand)]
pub enum SheetsCommand {
    /// Say whether these sheets, typed or scanned into a file each, bring the organisation's root back. Prints no secret, changes nothing.
    Check {
        /// The sheets' files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
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
    /// How long a shared workstation opens without the server: `never` (it asks at every unlock), hours, or 90m, 30s.
    #[arg(long, value_name = "LEASE", default_value = "12h", value_parser = parse_lease)]
    pub lease_shared: u32,
    /// The same for a workstation of one person.
    #[arg(long, value_name = "LEASE", default_value = "72h", value_parser = parse_lease)]
    pub lease_private: u32,
    /// The folder to write the root's sheets into. Print each, lock them away at different places, delete the files. No sheet may be there.
    #[arg(long, value_name = "FOLDER")]
    pub sheets: PathBuf,
    /// How many sheets bring the root back, of how many: 2-of-3, up to 16-of-16, or 1-of-1.
    #[arg(long, value_name = "M-of-N", default_value = "2-of-3", value_parser = parse_splitting)]
    pub split: Splitting,
    /// Where the second factor's code comes from.
    #[command(flatten)]
    pub code: CodeArgs,
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
    /// What they may do.
    #[command(flatten)]
    pub role: RoleArgs,
    /// How long the invite works.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=30))]
    pub days: u32,
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
    /// Invite everybody on a list: CSV with the columns name, title, login and role, and permissions for custom roles.
    Import(ImportArgs),
    /// Invite somebody anew who lost password and recovery codes; prints the invite to hand over.
    InviteAgain {
        /// Name, login name or account id.
        name: String,
        /// How long the invite works.
        #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=30))]
        days: u32,
    },
    /// Give a person another role; it holds at once, everywhere.
    Role(PersonRoleArgs),
    /// List where a person signed in that was new to them.
    SignIns {
        /// Name, login name or account id.
        name: String,
    },
    /// Ask to become an administrator, as one whose role is to administer: makes the key here, prints new recovery codes.
    AskAdmin(CodeArgs),
    /// Make an administrator of whoever asked: with the root's key in the founder's vault, or with the root's sheets.
    GrantAdmin {
        /// Name, login name or account id.
        name: String,
        /// The files of enough root sheets, where this is not the founder's vault.
        #[arg(long, value_name = "FILE", num_args = 1..)]
        sheets: Vec<PathBuf>,
    },
    /// Shut a person out, or withdraw their invite.
    Revoke {
        /// Name, login name or account id.
        name: String,
    },
}

/// A role.
#[derive(Debug, Clone, Args)]
pub struct RoleArgs {
    /// What they may do: physician, nurse, front_desk, billing, it_admin, privacy_officer or custom.
    #[arg(long, value_name = "ROLE", value_parser = parse_role)]
    pub role: Role,
    /// For a custom role: clinical, scheduling, billing, staff, people, workstations or review; repeat for more.
    #[arg(long = "permission", value_name = "PERMISSION", value_parser = parse_permission)]
    pub permissions: Vec<Permission>,
}

/// `people role`.
#[derive(Debug, Args)]
pub struct PersonRoleArgs {
    /// Name, login name or account id.
    pub name: String,
    /// physician, nurse, front_desk, billing, it_admin, privacy_officer or custom.
    #[arg(value_name = "ROLE", value_parser = parse_role)]
    pub role: Role,
    /// For a custom role: clinical, scheduling, billing, staff, people, workstations or review; repeat for more.
    #[arg(long = "permission", value_name = "PERMISSION", value_parser = parse_permission)]
    pub permissions: Vec<Permission>,
}

fn parse_splitting(words: &str) -> Result<Splitting, &'static str> {
    let numbers = words.split_once("-of-").and_then(|(needed, of)| Some((needed.parse().ok()?, of.parse().ok()?)));
    numbers.and_then(|(needed, of)| Splitting::new(needed, of)).ok_or("1-of-1, or M-of-N with 2 <= M <= N <= 16")
}

fn parse_role(word: &str) -> Result<Role, &'static str> {
    Role::parse(&word.replace('-', "_")).ok_or("no such role")
}

fn parse_permission(word: &str) -> Result<Permission, &'static str> {
    Permission::parse(word).ok_or("no such permission")
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
