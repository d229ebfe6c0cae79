//! What a machine that has only Rust and Node still lacks, and how it gets there.

mod apt;
mod npm;
mod packages;
mod system;

use std::fmt;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::place::Place;
use crate::shell;

pub use packages::browser;
pub use system::has_display;

/// The exit status when packages are missing that we may not, or cannot, install.
pub const EXIT_MISSING: u8 = 3;

/// The lowest major version of Node that the UI builds with.
const NODE: u32 = 20;

/// What the machine is needed for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Building and opening the app on this screen.
    Desktop,
    /// Building it and opening it on a virtual screen.
    Headless,
    /// Everything that CI runs.
    Test,
}

/// Packages are missing, and a person has to install them.
#[derive(Debug)]
pub struct MissingPackages {
    instructions: String,
}

impl fmt::Display for MissingPackages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.instructions)
    }
}

impl std::error::Error for MissingPackages {}

/// Makes the machine ready for `purpose`: Node, system packages and the UI's npm packages.
pub fn prepare(place: &Place, purpose: Purpose) -> Result<()> {
    check_node()?;
    install_packages(purpose)?;
    npm::install(place)
}

/// Installs the system packages alone, which a Rust build needs as well.
pub fn install_packages(purpose: Purpose) -> Result<()> {
    match system::detect() {
        system::System::Debian { ubuntu } => apt::install(&packages::debian(purpose, ubuntu)),
        // On the others we say what to type and look for what can be looked for.
        other => system::check(&other, purpose),
    }
}

fn check_node() -> Result<()> {
    let text =
        shell::output(Command::new("node").arg("--version")).context("Node is needed: https://nodejs.org, version 20.19 or newer")?;
    let major = text.trim().trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE => Ok(()),
        _ => bail!("Node {} is too old: version 20.19 or newer is needed", text.trim()),
    }
}
