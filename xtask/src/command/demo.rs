//! `cargo xtask demo`: the server with the synthetic clinic, for the CLI and for development of the UI.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args as ClapArgs;

use super::stage;
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::shell;

/// Where it lives.
#[derive(ClapArgs)]
pub struct Args {
    /// Where the demo's server and workstations keep their files
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Builds server and CLI, starts the server, makes the clinic, prints who is who, and waits for ctrl-C.
pub fn run(place: &Place, args: &Args) -> Result<()> {
    setup::install_packages(Purpose::Desktop)?;
    let packages = ["build", "--package", "sotto-server", "--package", "sotto-cli", "--package", "sotto-testkit", "--bins"];
    shell::run(&mut shell::cargo(place, packages))?;
    let data = args.data.clone().map_or_else(|| place.output("demo"), Ok)?;
    shell::run(stage(place, "debug").arg("run").arg("--no-window").arg("--data").arg(data))
}
