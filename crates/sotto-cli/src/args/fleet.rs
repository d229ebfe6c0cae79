//! What may be typed about the fleet: commands to machines, rules of groups, receipts, who answers for which, and which is lost?

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::attachment::AttachmentArgs;
use crate::choice::{Ending, Kind, Loss, Reason, Switch};

/// Commands on the fleet.
#[derive(Debug, Subcommand)]
pub enum FleetCommand {
    /// List the clinic's machines with how each is.
    List,
    /// End the session that is open at a machine.
    Lock(TargetArgs),
    /// End it, and forget the PIN and the server's share there: the next unlock needs password and server.
    SignOut(TargetArgs),
    /// Destroy the keys and then the data at a machine, of one person or of everybody. What it was cannot be undone.
    Wipe(TargetArgs),
    /// Ask a machine for a fresh report with what tells why it does not work; `fleet commands` shows it. Nothing of a person is in it.
    Report(TargetArgs),
    /// Agree to a command that waits for a second administrator.
    Approve {
        /// The command's id.
        command: String,
    },
    /// List the commands, the newest first, with how far each has come.
    Commands,
    /// Work on receipts.
    #[command(subcommand)]
    Receipts(ReceiptsCommand),
    /// List the groups of machines with what holds for them.
    Groups,
    /// Set what holds for a group; what is not named is left to other groups and the clinic. Without any rule the group is given up.
    SetGroup(GroupArgs),
    /// Show what holds at a machine, and whose rule each is.
    Rules {
        /// The machine, by name or id; if absent this one, with what you set for yourself.
        workstation: Option<String>,
    },
    /// Show through whose hands a machine went, the newest first; or hand it to somebody, or say that it stands elsewhere.
    Custody(CustodyArgs),
    /// Report a machine that is lost, or say how that ended.
    #[command(subcommand)]
    Incident(IncidentCommand),
    /// List the register of incidents, the newest first, with what was done since each was reported.
    Incidents {
        /// Write it to this file instead, with every receipt in it; `fleet receipts verify` verifies it. The file must not be there.
        #[arg(long, value_name = "FILE")]
        export: Option<PathBuf>,
    },
}

/// `fleet incident`.
#[derive(Debug, Subcommand)]
pub enum IncidentCommand {
    /// Report a machine lost or stolen. It locks and wipes nothing by itself.
    Open {
        /// The machine, by name or id.
        workstation: String,
        /// What happened to it.
        #[arg(long, value_enum)]
        reason: Loss,
    },
    /// Say how an incident ended. It stays in the register.
    Close {
        /// The incident's id.
        incident: String,
        /// How it ended; wiped only where the machine's receipt says so.
        #[arg(long, value_enum)]
        outcome: Ending,
    },
}

/// `fleet custody`.
#[derive(Debug, Args)]
pub struct CustodyArgs {
    /// The machine, by name or id.
    pub workstation: String,
    /// Who takes it over, by name or account id.
    #[arg(long, value_name = "NAME", conflicts_with = "nobody")]
    pub to: Option<String>,
    /// Nobody answers for it any more.
    #[arg(long)]
    pub nobody: bool,
    /// Where it stands from now on; as before if absent.
    #[arg(long, value_name = "TEXT")]
    pub location: Option<String>,
}

/// Which machine, whose vault and why.
#[derive(Debug, Args)]
pub struct TargetArgs {
    /// The machine, by name or id.
    pub workstation: String,
    /// Only this person's session or vault there, by name or account id.
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// Why.
    #[arg(long, value_enum, default_value_t = Reason::Routine)]
    pub reason: Reason,
}

/// `fleet receipts`.
#[derive(Debug, Subcommand)]
pub enum ReceiptsCommand {
    /// Write every receipt with what it rests on to a file.
    Export {
        /// The file; it must not be there.
        file: PathBuf,
    },
    /// Verify such a file from the root on. Needs neither server nor password.
    Verify {
        /// The file.
        file: PathBuf,
        /// The organisation's root key, in hexadecimal, as another way told you; without it the file's own is taken.
        #[arg(long, value_name = "HEX")]
        root: Option<String>,
    },
}

/// `fleet set-group`.
#[derive(Debug, Args)]
pub struct GroupArgs {
    /// What the group is called; one of that name is changed, else one is made.
    pub name: String,
    /// Every machine of this kind.
    #[arg(long, value_enum, conflicts_with = "workstation")]
    pub kind: Option<Kind>,
    /// These machines, by name or id; every machine if neither this nor a kind is given.
    #[arg(long, value_name = "NAME")]
    pub workstation: Vec<String>,
    /// Idle time before the lock, in seconds.
    #[arg(long, value_parser = clap::value_parser!(u32).range(10..=3_600))]
    pub idle_lock: Option<u32>,
    /// A session's longest time, in seconds.
    #[arg(long, value_parser = clap::value_parser!(u32).range(60..=86_400))]
    pub session: Option<u32>,
    /// How long the server's share may be kept, in seconds; 0 is never.
    #[arg(long)]
    pub lease: Option<u32>,
    /// Days without the server after which a machine wipes itself.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=365))]
    pub self_wipe_days: Option<u32>,
    /// Days for which what was read is kept in a vault on a machine; the clinic's server keeps it all the same.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub retain_days: Option<u32>,
    /// Which files may be sent.
    #[command(flatten)]
    pub attachments: AttachmentArgs,
    /// Allow no PIN.
    #[arg(long)]
    pub no_pin: bool,
    /// Show no notifications of the system.
    #[arg(long)]
    pub no_notifications: bool,
    /// Let no text be copied out of messages.
    #[arg(long)]
    pub no_clipboard: bool,
    /// Whether the system is asked to keep the window out of pictures of the screen. It is where no group says off, or one says on.
    #[arg(long, value_enum, value_name = "STATE")]
    pub content_protection: Option<Switch>,
    /// Ask for a second administrator before a wipe.
    #[arg(long)]
    pub two_person_wipe: bool,
}
