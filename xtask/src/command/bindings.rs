//! `cargo xtask bindings`: the UI's types, generated from the view types of `sotto-client`.

use std::process::Command;

use anyhow::{Context as _, Result, bail};
use clap::Args as ClapArgs;

use super::stage;
use crate::place::Place;
use crate::shell;

/// Whether to write or to compare.
#[derive(ClapArgs)]
pub struct Args {
    /// Write nothing; fail if the file differs from what Rust says
    #[arg(long)]
    check: bool,
}

const BINDINGS: &str = "ui/src/backend/bindings/index.ts";

/// Runs it.
pub fn run(place: &Place, args: &Args) -> Result<()> {
    shell::run(&mut shell::cargo(place, ["build", "--package", "sotto-testkit"]))?;
    let mut stage = stage(place, "debug");
    if args.check {
        return check(place, &mut stage);
    }
    let path = place.root().join(BINDINGS);
    std::fs::write(&path, generate(&mut stage)?).with_context(|| format!("could not write {}", path.display()))?;
    println!("wrote {BINDINGS}");
    Ok(())
}

/// Fails where the file differs from what the given, built, `sotto-stage` generates.
pub fn check(place: &Place, stage: &mut Command) -> Result<()> {
    let wanted = generate(stage)?;
    let found = std::fs::read_to_string(place.root().join(BINDINGS)).with_context(|| format!("could not read {BINDINGS}"))?;
    let first = wanted.lines().zip(found.lines()).zip(1..).find(|((w, f), _)| w != f);
    match first {
        _ if wanted == found => Ok(()),
        Some(((wanted, found), line)) => {
            bail!("{BINDINGS}:{line} differs from Rust; `cargo xtask bindings` writes it anew\n  Rust: {wanted}\n  file: {found}")
        }
        None => bail!("{BINDINGS} differs from Rust in length; `cargo xtask bindings` writes it anew"),
    }
}

fn generate(stage: &mut Command) -> Result<String> {
    shell::output(stage.arg("bindings"))
}
