//! `sotto-stage clinic`: makes the synthetic clinic in a folder, unless it is there already.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Args as ClapArgs;
use sotto_client::KeyringChoice;
use sotto_testkit::clinic::{self, DemoClinic, Rules};

/// Where, and with which keyring.
#[derive(ClapArgs)]
pub struct Args {
    /// The folder of the clinic
    #[arg(long)]
    data: PathBuf,
    /// Keep the workstations' secrets in a plain file: for machines without a keyring
    #[arg(long)]
    insecure_keyring_file: bool,
    /// Idle time before its shared workstations lock, in seconds
    #[arg(long, default_value_t = sotto_client::IDLE_LOCK_S)]
    idle_lock: u32,
    /// How long its shared workstations open without the server, in seconds; 0 is never
    #[arg(long, default_value_t = sotto_client::LEASE_SHARED_S)]
    lease_shared: u32,
    /// Somebody who works there, beside the administrator; repeat for more. Without it, everybody
    #[arg(long)]
    only: Vec<String>,
}

/// Makes it.
pub async fn run(args: &Args) -> Result<()> {
    let keyring = if args.insecure_keyring_file { KeyringChoice::InsecureFile } else { KeyringChoice::Os };
    let rules = Rules { idle_lock_s: args.idle_lock, lease_shared_s: args.lease_shared, only: args.only.clone() };
    load_or_make(&args.data, keyring, &rules).await.map(drop)
}

/// The clinic of the folder. What a start that was interrupted left behind is removed first.
pub async fn load_or_make(folder: &Path, keyring: KeyringChoice, rules: &Rules) -> Result<DemoClinic> {
    if let Some(clinic) = DemoClinic::load(folder) {
        return Ok(clinic);
    }
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("could not empty {}", folder.display()));
        }
        _ => {}
    }
    println!("Making the synthetic clinic in {}", folder.display());
    clinic::make(folder, keyring, rules, &|line| println!("  {line}")).await
}
