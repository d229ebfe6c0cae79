//! `sotto-stage code`: what somebody's authenticator app would show, for the people of the demo clinic, who have none.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args as ClapArgs;
use sotto_testkit::clinic::DemoClinic;
use sotto_testkit::totp;

/// Whose.
#[derive(ClapArgs)]
pub struct Args {
    /// The folder of the clinic
    #[arg(long)]
    data: PathBuf,
    /// The person: their login name, or a part of their name
    person: String,
}

/// Prints the code.
pub fn run(args: &Args) -> Result<()> {
    let clinic = DemoClinic::load(&args.data).context("there is no clinic in that folder")?;
    let person = clinic.find(&args.person).with_context(|| format!("{} is nobody, or more than one person", args.person))?;
    println!("{}", totp::code_now(&person.totp, 0)?);
    Ok(())
}
