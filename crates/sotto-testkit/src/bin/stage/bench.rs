//! `sotto-stage bench`: the table, as text or as JSON lines.

use anyhow::{Context as _, Result};
use clap::Args as ClapArgs;
use sotto_testkit::bench::{self, Wanted, row::Row};
use sotto_testkit::program;

/// What to measure and how to print it.
#[derive(ClapArgs)]
pub struct Args {
    /// Only metrics whose name contains this
    #[arg(long)]
    only: Option<String>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// Measures on the disk of the output folder: a memory file system would know nothing of fsync.
pub async fn run(args: &Args) -> Result<()> {
    let folder = tempfile::tempdir_in(program::output("bench")?).context("could not make a folder for the bench")?;
    if !args.json {
        println!("{}", Row::head());
    }
    let wanted = Wanted { only: args.only.clone() };
    bench::run(&wanted, folder.path(), |row| println!("{}", if args.json { row.to_json() } else { row.to_line() })).await
}
