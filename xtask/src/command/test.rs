//! `cargo xtask test`: everything that CI runs.

use std::process::Command;

use anyhow::{Result, bail};
use clap::Args as ClapArgs;

use super::{WITH_UI, bindings, stage};
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::shell::{cargo, npm, which};
use crate::steps::Steps;
use crate::tidy;

/// What may be left out while developing; CI leaves out nothing.
#[derive(ClapArgs)]
pub struct Args {
    /// Do not open windows: neither the browser's screens nor the desktop's journeys
    #[arg(long)]
    no_windows: bool,
}

/// Runs it.
pub fn run(place: &Place, args: &Args) -> Result<()> {
    let mut steps = Steps::new(place.output("xtask")?);
    steps.call("setup", &[], || setup::prepare(place, Purpose::Test));
    steps.call("tidy", &[], || if tidy::check(place)? { Ok(()) } else { bail!("the house rules are broken") });
    steps.run("fmt", &[], cargo(place, ["fmt", "--all", "--check"]));
    // The desktop's binary holds the built UI, so every Rust step comes after it.
    steps.run("ui-build", &["setup"], npm(place, ["run", "build"]));
    rust_steps(place, &mut steps);
    steps.run("ui-lint", &["setup"], npm(place, ["run", "lint"]));
    steps.run("ui-test", &["setup"], npm(place, ["test"]));
    if !args.no_windows {
        let mut screens = npm(place, ["run", "e2e:fake"]);
        screens.env("CHROMIUM", setup::browser().unwrap_or_else(|| "chromium".into()));
        steps.run("ui-screens", &["setup"], screens);
        steps.run("journeys", &["build"], journeys(place));
    }
    steps.finish()
}

/// One set of features for all of them, so that dependencies are built once.
fn rust_steps(place: &Place, steps: &mut Steps) {
    let workspace = |words: &[&str], end: &[&str]| cargo(place, [words, &["--workspace", "--locked"], WITH_UI, end].concat());
    steps.run("clippy", &["ui-build"], workspace(&["clippy", "--all-targets"], &["--", "-D", "warnings"]));
    steps.run("build", &["ui-build"], workspace(&["build", "--all-targets"], &[]));
    steps.call("bindings", &["build"], || bindings::check(place, &mut stage(place, "debug")));
    let tests: &[&str] = if which("cargo-nextest").is_some() { &["nextest", "run"] } else { &["test", "--all-targets"] };
    steps.run("rust-test", &["build"], workspace(tests, &["--no-fail-fast"]));
    steps.run("rust-doctest", &["build"], workspace(&["test", "--doc"], &[]));
    let mut doc = workspace(&["doc", "--no-deps"], &[]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    steps.run("rust-doc", &["ui-build"], doc);
}

/// Every journey through real windows, on a virtual screen where there is none.
fn journeys(place: &Place) -> Command {
    let mut command = stage(place, "debug");
    command.args(["journey", "--all"]);
    command
}
