//! How Debian packages are found missing and installed.

use std::process::Command;

use anyhow::Result;

use super::MissingPackages;
use crate::shell;

/// An installation failed once here and its repeat worked.
const ATTEMPTS: usize = 3;

/// Installs those of `wanted` that are not there, as root or through `sudo`.
pub fn install(wanted: &[&str]) -> Result<()> {
    let missing = missing(wanted);
    if missing.is_empty() {
        return Ok(());
    }
    println!("Missing system packages: {}", missing.join(" "));
    let Some(prefix) = authority() else {
        let instructions = format!(
            "these packages are missing and this user may not install them. As an administrator:\n  apt-get update && apt-get install -y {}",
            missing.join(" ")
        );
        return Err(MissingPackages { instructions }.into());
    };
    let mut attempt = 1;
    loop {
        let result = shell::run(&mut apt(prefix, &["update"])).and_then(|()| shell::run(&mut install_command(prefix, &missing)));
        match result {
            Ok(()) => return Ok(()),
            Err(error) if attempt < ATTEMPTS => println!("Attempt {attempt} of {ATTEMPTS} failed ({error:#}); trying again."),
            Err(error) => return Err(error.context("could not install the missing system packages")),
        }
        attempt += 1;
    }
}

fn missing<'a>(wanted: &[&'a str]) -> Vec<&'a str> {
    // dpkg-query fails when any name is unknown, but still prints the known ones.
    let query = Command::new("dpkg-query").args(["-W", "-f", "${Package} ${db:Status-Abbrev}\n"]).args(wanted).output();
    let text = query.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let installed = |name: &str| text.lines().any(|line| line.split_once(' ').is_some_and(|(n, s)| n == name && s.starts_with("ii")));
    wanted.iter().copied().filter(|name| !installed(name)).collect()
}

/// What stands before `apt-get`: nothing for root, `sudo` where it asks nothing or there is a terminal to ask on.
fn authority() -> Option<&'static [&'static str]> {
    let id = shell::output(Command::new("id").arg("-u")).ok()?;
    if id.trim() == "0" {
        return Some(&[]);
    }
    shell::which("sudo")?;
    let silent = Command::new("sudo").args(["-n", "true"]).output().is_ok_and(|output| output.status.success());
    (silent || std::io::IsTerminal::is_terminal(&std::io::stdin())).then_some(&["sudo"])
}

fn apt(prefix: &[&str], args: &[&str]) -> Command {
    let words = [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=1200"], args].concat();
    let mut words = words.into_iter();
    let mut command = Command::new(words.next().unwrap_or("env"));
    command.args(words);
    command
}

fn install_command(prefix: &[&str], missing: &[&str]) -> Command {
    let mut command = apt(prefix, &["install", "-y", "--no-install-recommends"]);
    command.args(missing);
    command
}
