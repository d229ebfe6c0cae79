//! `cargo xtask journey [NAME]`: the end-to-end journeys, through windows and through terminals.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args as ClapArgs;

use super::{build_programs, stage};
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::shell;

/// Which journey.
#[derive(ClapArgs)]
pub struct Args {
    /// The journey to run; without it, they are listed
    name: Option<String>,
}

/// Lists them, or builds and runs one: in every form that it has.
pub fn run(place: &Place, args: &Args) -> Result<()> {
    let Some(name) = &args.name else {
        setup::install_packages(Purpose::Desktop)?;
        shell::run(&mut shell::cargo(place, ["build", "--package", "sotto-testkit"]))?;
        shell::run(stage(place, "debug").arg("journey"))?;
        terminal_journeys(place)?.iter().for_each(|name| println!("{name:<16} (through terminals)"));
        return Ok(());
    };
    setup::prepare(place, Purpose::Headless)?;
    build_programs(place)?;
    let through_terminals = terminal_journeys(place)?.contains(name);
    if through_terminals {
        let filter = format!("test(/^{}::/)", name.replace('-', "_"));
        let args = ["nextest", "run", "--package", "sotto-journeys", "--test", "journeys", "-E", &filter];
        shell::run(&mut shell::cargo(place, args))?;
    }
    let listed = shell::output(stage(place, "debug").arg("journey"))?;
    let through_windows = listed.lines().any(|line| line.split_whitespace().next() == Some(name.as_str()));
    if through_windows || !through_terminals { shell::run(stage(place, "debug").args(["journey", name])) } else { Ok(()) }
}

/// The names of the journeys that go through terminals: a file each.
fn terminal_journeys(place: &Place) -> Result<Vec<String>> {
    let folder: PathBuf = place.root().join("tests/journeys");
    let files = std::fs::read_dir(&folder).with_context(|| format!("could not list {}", folder.display()))?;
    let names = files.flatten().filter_map(|file| Some(file.file_name().to_str()?.strip_suffix(".rs")?.replace('_', "-")));
    let mut names: Vec<String> = names.filter(|name| name != "main").collect();
    names.sort();
    Ok(names)
}
