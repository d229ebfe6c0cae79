//! `sotto-stage run`: the demo on this screen, until ctrl-C or until its windows are closed.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use clap::Args as ClapArgs;
use sotto_client::{KeyringChoice, Options, Workstation};
use sotto_testkit::clinic::{Colleague, DemoClinic, HERE, Rules, SPARE};
use sotto_testkit::program::{self, Process};
use sotto_testkit::synthetic::PASSWORD;

use crate::clinic::load_or_make;

/// Who sits where.
#[derive(ClapArgs)]
pub struct Args {
    /// The folder of the clinic; made if it is not there
    #[arg(long)]
    data: PathBuf,
    /// Open a second window at this person's workstation
    #[arg(long = "as")]
    colleague: Option<String>,
    /// Open no window: server and clinic only
    #[arg(long)]
    no_window: bool,
}

/// Runs it.
pub async fn run(args: &Args) -> Result<()> {
    let keyring = if args.no_window { KeyringChoice::InsecureFile } else { choose_keyring() };
    let clinic = load_or_make(&args.data, keyring, &Rules::default()).await?;
    let second = args.colleague.as_deref().map(|name| find(&clinic, name)).transpose()?;
    let mut server = clinic.start_server(&args.data).await?;
    describe(&clinic, args, &server.url());
    let mut windows = Vec::new();
    if !args.no_window {
        windows.push(open(&clinic, args, HERE)?);
        if let Some(colleague) = second {
            windows.push(open(&clinic, args, &colleague.workstation)?);
        }
    }
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = closed(&mut windows) => {}
    }
    println!("\nStopping what was started.");
    windows.iter_mut().for_each(Process::stop);
    server.stop();
    Ok(())
}

/// The machine's keyring where it answers; otherwise the file, said loudly.
fn choose_keyring() -> KeyringChoice {
    let answers = tempfile::tempdir().is_ok_and(|folder| Workstation::open(folder.path(), Options::new(KeyringChoice::Os)).is_ok());
    if answers {
        return KeyringChoice::Os;
    }
    println!("No keyring answers on this machine: the demo keeps its secrets in a PLAIN FILE. Real workstations never do.");
    KeyringChoice::InsecureFile
}

fn find<'a>(clinic: &'a DemoClinic, name: &str) -> Result<&'a Colleague> {
    let elsewhere: Vec<&str> = clinic.people.iter().filter(|p| p.workstation != HERE).map(|p| p.key.as_str()).collect();
    match clinic.find(name) {
        Some(colleague) if colleague.workstation != HERE => Ok(colleague),
        Some(colleague) => {
            bail!("{} sits at the shared workstation, which is open already; --as takes one of: {}", colleague.name, elsewhere.join(", "))
        }
        None => bail!("{name:?} is nobody, or more than one person; --as takes one of: {}", elsewhere.join(", ")),
    }
}

fn open(clinic: &DemoClinic, args: &Args, workstation: &str) -> Result<Process> {
    let mut command = Command::new(program::path("sotto-desktop")?);
    command.arg("--home").arg(args.data.join(workstation));
    if !clinic.os_keyring {
        command.arg("--insecure-keyring-file");
    }
    Process::start(&mut command).context("could not open the window")
}

fn describe(clinic: &DemoClinic, args: &Args, url: &str) {
    println!("\nThe demo clinic is open. Nobody in it is real.");
    println!("Server:   {url}, files in {}", args.data.join("server").display());
    println!("Password: {PASSWORD}   (everybody's)\n");
    for person in &clinic.people {
        let place = if person.workstation == HERE { "here".to_owned() } else { format!("--as {}", person.key) };
        println!("  {:<18} {:<30} {place}", person.name, person.title);
    }
    if args.no_window {
        let sotto = program::path("sotto").map_or_else(|_| "sotto".to_owned(), |path| path.display().to_string());
        let home = args.data.join("workstation-daniel");
        let keyring = if clinic.os_keyring { "" } else { " --insecure-keyring-file" };
        println!("\nIn a terminal:\n  {sotto} --home {}{keyring} threads", home.display());
        let (spare, data) = (args.data.join(SPARE), args.data.display());
        let stage = program::path("sotto-stage").map_or_else(|_| "sotto-stage".to_owned(), |path| path.display().to_string());
        println!("Daniel at a workstation where he never was:\n  {stage} code --data {data} daniel   # what his app would show");
        println!("  {sotto} --home {}{keyring} sign-in daniel", spare.display());
    }
    println!("\nCtrl-C stops it.");
}

/// Returns when every window was closed; never where there are none.
async fn closed(windows: &mut [Process]) {
    loop {
        tokio::time::sleep(Duration::from_millis(300)).await;
        if !windows.is_empty() && windows.iter_mut().all(|window| !window.is_running()) {
            return;
        }
    }
}
