//! What may be typed about machines?

use clap::{Args, Subcommand};

use crate::choice::Kind;

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

/// Commands on this machine's management.
#[derive(Debug, Subcommand)]
pub enum ManagedCommand {
    /// Show what it says, what is wrong with it, and what holds here with whose rule each is. Needs no password.
    Show,
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
