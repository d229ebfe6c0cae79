//! What may be typed about files?

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Commands on the files of messages.
#[derive(Debug, Subcommand)]
pub enum FileCommand {
    /// Bring a message's file into the vault, sealed; an interrupted one goes on where it stopped.
    Fetch(FilePlaceArgs),
    /// Save a message's file outside of Sotto, in the clear. Needs the password; the thread says who saved it.
    Get(FileGetArgs),
}

/// Which file.
#[derive(Debug, Args)]
pub struct FilePlaceArgs {
    /// The thread: its id, the start of its id, or its title.
    pub thread: String,
    /// The message's number in it, as `read` lists it.
    pub seq: u64,
}

/// `file get`.
#[derive(Debug, Args)]
pub struct FileGetArgs {
    /// Which file.
    #[command(flatten)]
    pub place: FilePlaceArgs,
    /// Where to; by default under its own name in the current folder.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}
