//! `sotto-stage journey`: lists the journeys, or plays one or all.

use anyhow::{Result, bail};
use clap::Args as ClapArgs;
use sotto_testkit::journey;

/// Which ones.
#[derive(ClapArgs)]
pub struct Args {
    /// The journey to play; without it, they are listed
    name: Option<String>,
    /// Play every one
    #[arg(long)]
    all: bool,
}

/// Lists or plays; the error names those that failed.
pub async fn run(args: &Args) -> Result<()> {
    let mut names: Vec<&str> = journey::ALL.iter().map(|journey| journey.name).collect();
    if let Some(name) = &args.name {
        names = vec![name];
    } else if !args.all {
        journey::ALL.iter().for_each(|journey| println!("{:<16} {}", journey.name, journey.story));
        return Ok(());
    }
    let mut failed = Vec::new();
    for name in names {
        match journey::play(name).await {
            Ok(folder) => println!("{name}: passed; pictures and transcript in {}", folder.display()),
            Err(error) => {
                println!("{name}: FAILED: {error:#}");
                failed.push(name);
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!("these journeys failed: {}", failed.join(", ")) }
}
