//! Monday at another desk: what a person wrote and got at one machine is there at another one, which they never used.

use std::path::Path;

use anyhow::{Result, ensure};

use super::cast::{AtWindow, Cast, FULL, PASSWORD_LINE, only};
use super::transcript::Transcript;
use crate::clinic::SPARE;
use crate::wait;

const THREAD: &str = "SAMPLE, Maria";
const FRIDAY: &str = "Friday: I left the refill form on your desk.";
const REPLY: &str = "Signed it. It is in the tray for Monday.";
const MONDAY: &str = "Found it, thank you.";

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let cast = Cast::assemble_by(&only(&["amara", "daniel"]), folder, transcript).await?;
    let (nurse, physician) = (cast.open("amara").await?, cast.open("daniel").await?);
    nurse.sign_in().await?;
    nurse.open_thread(THREAD).await?;
    nurse.send(FRIDAY).await?;
    nurse.delivered(FRIDAY).await?;
    nurse.app.close().await?;
    transcript.note("The nurse wrote a message at the shared workstation, and that machine is off.")?;
    physician.sign_in().await?;
    physician.open_thread(THREAD).await?;
    physician.app.see(FRIDAY).await?;
    physician.send(REPLY).await?;
    physician.delivered(REPLY).await?;
    transcript.note("The physician answered; that machine never heard of it.")?;

    let nurse = cast.sit_down("amara", SPARE).await?;
    nurse.app.press("someone-else").await?;
    nurse.fill_by_name().await?;
    nurse.picture(transcript, "1-by-name").await?;
    nurse.enter("sign-in").await?;
    nurse.app.see(REPLY).await?;
    nurse.picture(transcript, "2-list").await?;
    transcript.note("The nurse signed in at a machine without any vault, by name, password and code; the answer is in the list.")?;
    nurse.open_thread(THREAD).await?;
    nurse.app.see(FRIDAY).await?;
    nurse.app.see(REPLY).await?;
    wait::until("the vault to be full", || async { !nurse.app.has("fill").await }).await?;
    nurse.picture(transcript, "3-thread").await?;
    transcript.note("Both messages are in the thread, and the vault has everything.")?;
    nurse.send(MONDAY).await?;
    physician.app.see(MONDAY).await?;
    transcript.note("What the nurse writes from here reaches the physician.")?;
    lock_and_unlock(&nurse, transcript).await?;
    ensure!(!nurse.app.has("new-sign-in").await, "the newest machine is told of itself");
    physician.app.close().await?;
    end_it(&cast, &nurse, transcript).await?;
    nurse.app.close().await
}

/// The machine that was off tells of the other one, `away`, until the nurse says what that was: not them, so it is shut at once.
async fn end_it(cast: &Cast, away: &AtWindow, transcript: &mut Transcript) -> Result<()> {
    let nurse = cast.open("amara").await?;
    nurse.sign_in().await?;
    nurse.app.see("Was that you?").await?;
    nurse.picture(transcript, "5-was-that-you").await?;
    nurse.app.press("sign-in-not-mine").await?;
    nurse.app.see("End that sign-in now").await?;
    nurse.picture(transcript, "6-not-me").await?;
    nurse.leave("Lock", PASSWORD_LINE).await?;
    nurse.unlock("Unlock").await?;
    nurse.app.see("End that sign-in now").await?;
    transcript.note("Back at the shared workstation the nurse was asked about the other machine: no, and that is kept over a lock.")?;
    let drawing = away.app.drawing()?;
    nurse.app.press("sign-in-end").await?;
    away.app.replaced(&drawing).await?;
    away.app.follow(FULL).await?;
    away.app.see("Your sign-in on this workstation was shut out").await?;
    away.picture(transcript, "7-shut-out").await?;
    nurse.app.see("The sign-in at").await?;
    nurse.picture(transcript, "8-ended").await?;
    nurse.app.press("sign-in-ended-read").await?;
    wait::until("the notice to go", || async { !nurse.app.has("sign-in-ended").await }).await?;
    transcript.note("The nurse ended it from here: the other machine's open window was shut, and says why.")?;
    nurse.app.close().await
}

/// From now on this machine is one of the nurse's: the password alone opens the vault, and the second factor is not asked for.
async fn lock_and_unlock(nurse: &AtWindow, transcript: &mut Transcript) -> Result<()> {
    nurse.leave("Lock", PASSWORD_LINE).await?;
    ensure!(!nurse.app.has("code").await, "the locked screen asks for a code");
    nurse.picture(transcript, "4-locked").await?;
    nurse.unlock("Unlock").await?;
    nurse.app.see(MONDAY).await?;
    transcript.note("After a lock the password alone opens it.")
}
