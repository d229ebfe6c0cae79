//! A machine that is switched off is lost: the guided steps, what they say while nobody hears it, and the receipt once it comes back.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use super::cast::{AtWindow, Cast, only};
use super::fleet::{MACHINE, WIPED, console, give, open_machine};
use super::transcript::Transcript;

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let cast = Cast::assemble_by(&only(&["amara", "daniel"]), folder, transcript).await?;
    let admin = console(&cast, "Workstations").await?;
    open_machine(&admin, MACHINE).await?;
    admin.app.press("lost-open").await?;
    admin.picture(transcript, "1-report").await?;
    admin.app.press("lost-report").await?;
    admin.app.see("Reported as").await?;
    admin.app.press("lost-lock").await?;
    give(&admin, None).await?;
    admin.app.press("lost-wipe").await?;
    admin.picture(transcript, "2-wipe").await?;
    give(&admin, Some(MACHINE)).await?;
    admin.app.see("It is out of service").await?;
    admin.app.see("Same keys").await?;
    admin.app.see("Without one it is “unconfirmed”").await?;
    ensure!(!admin.app.reads("The receipt is here").await, "a machine that is off has sent a receipt");
    admin.picture(transcript, "3-nobody-hears").await?;
    transcript.note("Reported, locked, wiped and out of service; the machine is off, and nothing says that it is wiped.")?;

    let found = cast.sit_down("amara", &cast.who("amara")?.workstation).await?;
    found.app.see(WIPED).await?;
    found.picture(transcript, "4-found").await?;
    transcript.note("Whoever found it switched it on: it wiped itself before it asked for anything.")?;
    admin.app.see("The receipt is here").await?;
    admin.app.press("lost-export").await?;
    let proof = admin.app.read("receipts-text").await?;
    admin.picture(transcript, "5-receipt").await?;
    verify(&cast, &admin, &proof)?;
    transcript.note("The receipt verifies from the clinic's root on, at a terminal that asks nobody.")?;
    found.app.close().await?;
    admin.app.close().await?;
    register(&cast, transcript)
}

/// What the report left behind is not this window's: the register has it at a terminal, where it is closed with the receipt.
fn register(cast: &Cast, transcript: &mut Transcript) -> Result<()> {
    let open = cast.command("kai", &["fleet", "incidents"])?;
    let one = open.get(0).context("nothing is in the register")?;
    ensure!(one.get("wiped") == Some(&true.into()) && one.get("closed") == Some(&serde_json::Value::Null), "{one}");
    let incident = one.get("incident").and_then(serde_json::Value::as_str).context("the incident has an id")?.to_owned();
    cast.command("kai", &["fleet", "incident", "close", &incident, "--outcome", "wiped"])?;
    transcript.note("The incident that the report opened is closed at a terminal, with the receipt attached.")
}

/// As an auditor does: the file, the root, and neither server nor password.
fn verify(cast: &Cast, admin: &AtWindow, proof: &str) -> Result<()> {
    let file = cast.clinic_folder.join("receipts.json");
    std::fs::write(&file, proof).context("could not write the receipts")?;
    let path = file.to_str().context("the folder's name is text")?;
    let verified = cast.command("daniel", &["fleet", "receipts", "verify", path])?;
    let wiped = |one: &serde_json::Value| {
        one.get("action").is_some_and(|action| action == "wipe") && one.pointer("/receipt/complete") == Some(&true.into())
    };
    ensure!(verified.as_array().is_some_and(|all| all.iter().any(wiped)), "no wipe is proved by {verified}");
    ensure!(!proof.contains(&admin.who.name), "the receipts name somebody");
    Ok(())
}
