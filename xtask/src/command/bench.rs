//! `cargo xtask bench`: the table of docs/PERFORMANCE.md, measured now.

use anyhow::Result;
use clap::Args as ClapArgs;

use super::stage;
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::shell;

/// What to measure and how to print it.
#[derive(ClapArgs)]
pub struct Args {
    /// Only metrics whose name contains this
    #[arg(long, value_name = "METRIC")]
    only: Option<String>,
    /// One JSON object a line: metric, value, unit, target, limit, ok
    #[arg(long)]
    json: bool,
}

/// Builds `--release` and runs it.
pub fn run(place: &Place, args: &Args) -> Result<()> {
    setup::install_packages(Purpose::Desktop)?;
    shell::run(&mut shell::cargo(place, ["build", "--release", "--package", "sotto-server", "--package", "sotto-testkit", "--bins"]))?;
    let mut stage = stage(place, "release");
    stage.arg("bench");
    if let Some(metric) = &args.only {
        stage.args(["--only", metric]);
    }
    if args.json {
        stage.arg("--json");
    }
    shell::run(&mut stage)
}
