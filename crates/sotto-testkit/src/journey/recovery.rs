//! A lost password: a recovery code and the phone bring a person back, with everything they had; codes and password of before are over.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::cast::{AtWindow, Cast, IDLE_LOCK_S, PASSWORD_LINE, only};
use super::transcript::Transcript;
use crate::clinic::Rules;
use crate::synthetic::PASSWORD;
use crate::{totp, wait};

const THREAD: &str = "SAMPLE, Maria";
/// What the synthetic clinic's thread begins with.
const OLD: &str = "Mrs. SAMPLE is on the phone for her lisinopril";
/// A password that the window's judge of passwords takes.
const CHOSEN: &str = "seven grey herons by the mill";
/// The clinic's half minute, and what a slow machine adds.
const IDLE: Duration = Duration::from_secs(30 + 60);

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let rules = Rules { idle_lock_s: IDLE_LOCK_S, ..only(&["amara", "daniel", "ines"]) };
    let cast = Cast::assemble_by(&rules, folder, transcript).await?;
    let person = cast.open("amara").await?;
    recover(&person, transcript, "1").await?;
    person.app.press("codes-go").await?;
    person.app.see("tick the box").await?;
    person.picture(transcript, "1-not-kept").await?;
    person.app.press("codes-have").await?;
    person.enter("codes-go").await?;
    person.open_thread(THREAD).await?;
    person.app.see(OLD).await?;
    person.picture(transcript, "2-inside").await?;
    transcript.note("The messages of before are there.")?;
    try_old_password(&person, transcript).await?;

    person.app.close().await?;
    let another = cast.open("ines").await?;
    recover(&another, transcript, "4").await?;
    walk_away(&cast, &another, transcript).await?;
    another.app.close().await
}

/// From the tiles to the new codes.
async fn recover(person: &AtWindow, transcript: &mut Transcript, number: &str) -> Result<()> {
    let (app, who) = (&person.app, &person.who);
    let code = who.recovery.first().context("the clinic kept no recovery codes")?;
    app.press("someone-else").await?;
    app.click("button", "Lost your password?").await?;
    app.fill("login", &who.login).await?;
    // As a person copies it from paper.
    app.fill("recovery-code", &code.to_lowercase().replace('-', " ")).await?;
    person.picture(transcript, &format!("{number}-recovery-code")).await?;
    app.press("next").await?;
    app.fill("password", CHOSEN).await?;
    app.fill("password-again", CHOSEN).await?;
    app.fill("code", &totp::code_now(&who.totp, 0)?).await?;
    person.picture(transcript, &format!("{number}-new-password")).await?;
    app.press("next").await?;
    let codes = app.items("recovery-codes").await?;
    ensure!(codes.len() == 10, "there are not ten recovery codes");
    ensure!(!codes.iter().any(|code| who.recovery.contains(code)), "a code of before is shown again");
    person.picture(transcript, &format!("{number}-new-codes")).await?;
    transcript.note(&format!("{}: a recovery code and the phone set a new password; ten new codes are shown.", who.name))
}

async fn try_old_password(person: &AtWindow, transcript: &mut Transcript) -> Result<()> {
    person.leave("Lock", PASSWORD_LINE).await?;
    person.app.fill("password", PASSWORD).await?;
    person.app.press("sign-in").await?;
    person.app.see("That password is not right").await?;
    person.picture(transcript, "3-old-password").await?;
    person.unlock_with(CHOSEN, "Unlock").await?;
    person.app.see(OLD).await?;
    transcript.note("After a lock the old password opens nothing, and the new one does.")
}

/// Nobody's session waits behind codes that nobody looks at; the codes stay, since they cannot be had again.
async fn walk_away(cast: &Cast, person: &AtWindow, transcript: &mut Transcript) -> Result<()> {
    let file = cast.clinic_folder.join(&person.who.workstation).join("workstation.json");
    let locked = || async {
        let told: Value = serde_json::from_slice(&std::fs::read(&file).ok()?).ok()?;
        (told.pointer("/locked/account") == Some(&json!(person.who.account))).then_some(())
    };
    wait::until_some_within(IDLE, "the session that waits to be locked", locked).await?;
    ensure!(person.app.has("recovery-codes").await, "the codes are gone before they were written down");
    person.app.press("codes-have").await?;
    person.app.press("codes-go").await?;
    person.app.see("Now choose your name").await?;
    person.picture(transcript, "5-walked-away").await?;
    transcript.note("Left alone with the codes on the screen, the session behind them was locked; the tiles ask for the password.")?;
    person.app.click("button", &person.who.name).await?;
    person.unlock_with(CHOSEN, "Sign in").await?;
    transcript.note("The new password opens it.")
}
