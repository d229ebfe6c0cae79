//! When the UI's npm packages are installed: once for each lock file.

use std::fs;

use anyhow::{Context as _, Result};

use crate::place::Place;
use crate::shell;

/// Runs `npm ci`, unless what is there was installed from this very lock file.
pub fn install(place: &Place) -> Result<()> {
    let lock = place.ui().join("package-lock.json");
    let stamp = place.ui().join("node_modules/.sotto-lock");
    let wanted = fs::read_to_string(&lock).with_context(|| format!("could not read {}", lock.display()))?;
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("Installing the UI's npm packages");
    shell::run(&mut shell::npm(place, ["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, wanted).with_context(|| format!("could not write {}", stamp.display()))
}
