//! The commands, one a file, and what several of them share.

pub mod bench;
pub mod bindings;
pub mod demo;
pub mod journey;
pub mod nightly;
pub mod run;
pub mod test;
pub mod tidy;

use std::process::Command;

use anyhow::Result;

use crate::place::Place;
use crate::shell;

/// The feature that puts the built UI into the desktop's binary.
const WITH_UI: &[&str] = &["--features", "sotto-desktop/custom-protocol"];

/// Builds the UI and every program of the workspace, with cargo's own progress on the terminal.
fn build_programs(place: &Place) -> Result<()> {
    println!("Building the user interface");
    shell::run(&mut shell::npm(place, ["run", "build"]))?;
    println!("Building server, client and window (the first time takes some minutes)");
    shell::run(&mut shell::cargo(place, [&["build", "--workspace", "--bins"], WITH_UI].concat()))
}

/// `sotto-stage`, the testkit's program that drives real servers, clients and windows.
fn stage(place: &Place, profile: &str) -> Command {
    let mut command = Command::new(place.executable(profile, "sotto-stage"));
    command.current_dir(place.root());
    command.env("SOTTO_PROGRAMS", place.cargo_target().join(profile)).env("SOTTO_OUTPUT", place.root().join("target"));
    command
}
