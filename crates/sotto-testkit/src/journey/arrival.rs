//! The first day: an administrator lets a machine and a person in, and the person comes in at the machine. Nothing but windows is used.

use std::path::Path;

use anyhow::{Result, ensure};

use super::cast::{AtWindow, Cast, MAIN, only};
use super::transcript::Transcript;
use crate::{totp, wait};

const NAME: &str = "Nora Newcomb";
const LOGIN: &str = "nora.newcomb";
const MACHINE: &str = "Reception 2";
/// A password that the window's judge of passwords takes.
const CHOSEN: &str = "seven grey herons by the mill";

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let cast = Cast::assemble_by(&only(&["amara"]), folder, transcript).await?;
    let admin = cast.open("kai").await?;
    admin.sign_in().await?;
    admin.app.click("button", "People and workstations").await?;
    admin.app.see(&admin.who.name).await?;
    admin.picture(transcript, "1-people").await?;
    let invite = invite(&admin, transcript).await?;
    let token = make_token(&admin, transcript).await?;
    transcript.note("The administrator made a token for a machine and an invite for a person.")?;

    let app = cast.open_machine("workstation-new", "nora").await?;
    app.fill("token", &token).await?;
    transcript.picture(&app.picture("6-token").await?)?;
    app.click("button", "Set up this workstation").await?;
    app.see("This workstation is ready").await?;
    transcript.picture(&app.picture("7-machine").await?)?;
    app.press("go-to-tiles").await?;
    app.see("Nobody uses this workstation yet").await?;
    transcript.picture(&app.picture("8-nobody").await?)?;
    app.click("button", "Use an invite").await?;
    app.fill("invite", &invite).await?;
    transcript.picture(&app.picture("9-invite").await?)?;
    app.press("next").await?;
    app.fill("password", CHOSEN).await?;
    app.fill("password-again", CHOSEN).await?;
    transcript.picture(&app.picture("10-password").await?)?;
    app.press("next").await?;
    let secret = app.read("totp-secret").await?;
    transcript.picture(&app.picture("11-second-factor").await?)?;
    app.fill("code", "000000").await?;
    app.press("next").await?;
    app.see("That six-digit code is not right").await?;
    transcript.picture(&app.picture("12-wrong-code").await?)?;
    app.fill("code", &totp::code_now(&secret, 0)?).await?;
    app.press("next").await?;
    ensure!(app.items("recovery-codes").await?.len() == 10, "there are not ten recovery codes");
    transcript.picture(&app.picture("13-recovery-codes").await?)?;
    let drawing = app.drawing()?;
    app.press("codes-have").await?;
    app.press("codes-go").await?;
    app.replaced(&drawing).await?;
    app.follow(MAIN).await?;
    transcript.picture(&app.picture("14-inside").await?)?;
    transcript.note("The person set up password, second factor and recovery codes, and is in.")?;

    admin.app.click("tab", "People").await?;
    admin.app.see(LOGIN).await?;
    wait::until("the invite to count as used", || async { !admin.app.reads("Invited").await }).await?;
    admin.picture(transcript, "15-person-is-in").await?;
    admin.app.click("tab", "Workstations").await?;
    admin.app.see(MACHINE).await?;
    wait::until("the token to count as used", || async { !admin.app.reads("Token not used yet").await }).await?;
    admin.picture(transcript, "16-machine-is-in").await?;
    transcript.note("The administrator sees both.")?;
    app.close().await?;
    admin.app.close().await
}

async fn invite(admin: &AtWindow, transcript: &mut Transcript) -> Result<String> {
    admin.app.press("invite-open").await?;
    admin.app.fill("invite-name", NAME).await?;
    admin.app.fill("invite-title", "MA").await?;
    ensure!(admin.app.read("invite-login").await? == LOGIN, "another login was proposed");
    admin.app.click("radio", "Nurse").await?;
    admin.picture(transcript, "2-invite").await?;
    admin.app.press("invite-make").await?;
    let invite = admin.app.read("invite-text").await?;
    admin.picture(transcript, "3-invite-made").await?;
    admin.app.press("invite-done").await?;
    Ok(invite)
}

async fn make_token(admin: &AtWindow, transcript: &mut Transcript) -> Result<String> {
    admin.app.click("tab", "Workstations").await?;
    admin.app.press("token-open").await?;
    admin.app.fill("token-name", MACHINE).await?;
    admin.app.fill("token-location", "Reception").await?;
    admin.picture(transcript, "4-token").await?;
    admin.app.press("token-make").await?;
    let token = admin.app.read("token-text").await?;
    admin.picture(transcript, "5-token-made").await?;
    admin.app.press("token-done").await?;
    Ok(token)
}
