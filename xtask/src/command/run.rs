//! `cargo xtask run`: from a fresh machine to the app at its sign-in tiles.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args as ClapArgs;

use super::{build_programs, stage};
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::shell;

/// Who sits where.
#[derive(ClapArgs)]
pub struct Args {
    /// Open a second window at this person's own workstation: any part of a name of the demo clinic
    #[arg(long = "as", value_name = "NAME")]
    colleague: Option<String>,
    /// Where the demo's server and workstations keep their files
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Runs it; with no display, plays the first-message journey on a virtual one instead.
pub fn run(place: &Place, args: &Args) -> Result<()> {
    let display = setup::has_display();
    setup::prepare(place, if display { Purpose::Desktop } else { Purpose::Headless })?;
    build_programs(place)?;
    let mut stage = stage(place, "debug");
    if !display {
        println!("There is no display here: playing the first-message journey between two real windows on a virtual one.");
        return shell::run(stage.args(["journey", "first-message"]));
    }
    stage.arg("run").arg("--data").arg(args.data.clone().map_or_else(|| place.output("demo"), Ok)?);
    if let Some(name) = &args.colleague {
        stage.args(["--as", name]);
    }
    shell::run(&mut stage)
}
