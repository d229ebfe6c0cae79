//! `cargo xtask tidy`: the house rules.

use anyhow::{Result, bail};

use crate::place::Place;
use crate::tidy;

/// Runs it.
pub fn run(place: &Place) -> Result<()> {
    if tidy::check(place)? { Ok(()) } else { bail!("the house rules above are broken") }
}
