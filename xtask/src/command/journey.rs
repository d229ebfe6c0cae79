//! `cargo xtask journey [NAME]`: the end-to-end journeys.

use anyhow::Result;
use clap::Args as ClapArgs;

use super::{build_programs, stage};
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::shell;

/// Journeys through terminals, by the names of their files in `tests/journeys`.
const TERMINAL: &[&str] = &["permissions", "leaver"];

/// Which journey.
#[derive(ClapArgs)]
pub struct Args {
    /// The journey to run; without it, they are listed
    name: Option<String>,
}

/// Lists them, or builds and runs one.
pub fn run(place: &Place, args: &Args) -> Result<()> {
    let Some(name) = &args.name else {
        setup::install_packages(Purpose::Desktop)?;
        shell::run(&mut shell::cargo(place, ["build", "--package", "sotto-testkit"]))?;
        return shell::run(stage(place, "debug").arg("journey"));
    };
    if TERMINAL.contains(&name.as_str()) {
        // The programs it plays on are built by their own tests' harness.
        shell::run(&mut shell::cargo(place, ["build", "--package", "sotto-server", "--package", "sotto-cli"]))?;
        let test = ["test", "--package", "sotto-journeys", "--test", "journeys", "--"];
        return shell::run(shell::cargo(place, test).arg(format!("{name}::")));
    }
    setup::prepare(place, Purpose::Headless)?;
    build_programs(place)?;
    shell::run(stage(place, "debug").args(["journey", name]))
}
