//! A machine that nobody opened: the app runs there without a window, hears IT, shows its lock window at a second start, and is wiped.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::cast::{Cast, only};
use super::fleet::MACHINE;
use super::transcript::Transcript;
use crate::program::Process;
use crate::{scan, wait};

/// Who has a vault at that machine.
const NURSE: &str = "amara";
/// Who tells machines what to do.
const ADMIN: &str = "kai";

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let cast = Cast::assemble_by(&only(&[NURSE, "daniel"]), folder, transcript).await?;
    let workstation = cast.who(NURSE)?.workstation;
    let home = cast.clinic_folder.join(&workstation);
    let mut hidden = cast.start(&workstation, &["--background"], "hidden")?;
    receipted(&cast, "report").await?;
    ensure!(!draws(&hidden), "a window was opened that nobody asked for");
    transcript
        .note("The app was started without a window, as the system does it. IT asked the machine for a report and has its receipt.")?;

    let mut again = cast.start(&workstation, &[], "again")?;
    let ended = || {
        let runs = again.is_running();
        async move { !runs }
    };
    wait::until("the second start to hand over to the first", ended).await?;
    wait::until("the lock window", || async { draws(&hidden) }).await?;
    transcript.note("Somebody started the app: the one that runs showed its lock window, and no second one stayed.")?;

    ensure!(home.join("accounts").exists(), "there is no vault to wipe");
    receipted(&cast, "wipe").await?;
    ensure!(!home.join("accounts").exists(), "the vaults are still there");
    ensure!(hidden.is_running(), "the app went with the wipe");
    transcript.note("IT wiped the machine: its vaults are gone, and its signed receipt is with the administrator.")?;
    hidden.stop();
    Ok(())
}

/// Tells the machine to do that, and waits for its receipt.
async fn receipted(cast: &Cast, action: &str) -> Result<()> {
    let given = cast.command(ADMIN, &["fleet", action, MACHINE])?;
    let id = given.get("command").and_then(Value::as_str).context("no command was given")?.to_owned();
    let is_over = || {
        let all = cast.command(ADMIN, &["fleet", "commands"]).unwrap_or_default();
        let one = all.as_array().into_iter().flatten().find(|one| one.get("command").and_then(Value::as_str) == Some(id.as_str()));
        let over = one.is_some_and(|one| one.get("state").and_then(Value::as_str) == Some("receipted"));
        async move { over }
    };
    wait::until(&format!("the receipt of the {action}"), is_over).await
}

/// Whether the app draws a window.
fn draws(app: &Process) -> bool {
    let is_page = |pid: u32| std::fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name.starts_with("WebKitWebProces"));
    scan::family(app.id()).into_iter().any(is_page)
}
