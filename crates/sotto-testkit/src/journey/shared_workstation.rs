//! Two people at one machine: a PIN, a draft that waits for its author, and somebody who guesses at the PIN.

use std::path::Path;

use anyhow::{Result, ensure};

use super::cast::{AtWindow, Cast, TILES, only};
use super::transcript::Transcript;
use crate::synthetic::PASSWORD;

const THREAD: &str = "EXAMPLE, Walter";
const DRAFT: &str = "He asks whether he may shower. I told him that";
const PIN: &str = "271828";
const WRONG: &str = "999999";
/// What the screen says after each wrong one but the last.
const TRIES: [&str; 4] = ["4 tries left", "3 tries left", "2 tries left", "One try left"];
/// What it says after the last, and what to do.
const GONE: &str = "There were too many wrong PINs here, so the PIN is gone and your password alone does not open your messages.";
const NEXT: &str =
    "Sign in once with your login name, your password and a code from your phone. Nothing is lost, and you can set a new PIN afterwards.";

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let cast = Cast::assemble_by(&only(&["amara", "ines"]), folder, transcript).await?;
    let first = cast.open("amara").await?;
    first.sign_in().await?;
    first.open_thread(THREAD).await?;
    first.write(DRAFT).await?;
    set_pin(&first, transcript).await?;

    first.leave("Switch user", TILES).await?;
    let second = AtWindow { who: cast.who("ines")?, ..first };
    second.sign_in().await?;
    second.open_thread(THREAD).await?;
    ensure!(!second.app.reads(DRAFT).await, "the second person sees the first one's draft");
    second.picture(transcript, "2-second-person").await?;
    transcript.note("The second person chose their tile; the first one's draft is not theirs.")?;

    second.leave("Switch user", TILES).await?;
    let first = AtWindow { who: cast.who("amara")?, ..second };
    first.app.click("button", &first.who.name).await?;
    first.app.fill("pin", PIN).await?;
    first.enter("sign-in").await?;
    first.has_draft(THREAD, DRAFT).await?;
    first.picture(transcript, "3-back-by-pin").await?;
    transcript.note("The first person is back by the PIN, and the draft is there.")?;
    guess(&first, transcript).await?;
    sign_in_in_full(&first, transcript).await?;
    first.app.close().await
}

async fn set_pin(person: &AtWindow, transcript: &mut Transcript) -> Result<()> {
    person.app.click("button", "Preferences").await?;
    person.app.press("pin-set").await?;
    person.app.fill("pin-password", PASSWORD).await?;
    person.app.fill("pin-new", PIN).await?;
    person.app.fill("pin-again", PIN).await?;
    person.app.press("pin-save").await?;
    person.app.see("Your PIN opens your messages on this computer.").await?;
    person.picture(transcript, "1-pin-is-set").await?;
    person.app.click("button", "Done").await?;
    transcript.note("The first person wrote a draft and set a PIN.")
}

/// Five wrong ones at the locked screen.
async fn guess(person: &AtWindow, transcript: &mut Transcript) -> Result<()> {
    person.leave("Lock", "[data-testid=pin]").await?;
    for left in TRIES {
        person.app.fill("pin", WRONG).await?;
        person.app.press("sign-in").await?;
        person.app.see(left).await?;
    }
    person.picture(transcript, "4-one-try-left").await?;
    person.app.fill("pin", WRONG).await?;
    person.app.press("sign-in").await?;
    is_said(person).await?;
    person.picture(transcript, "5-pin-is-gone").await?;
    transcript.note("Five wrong PINs: the screen says that the PIN is gone, and what opens the vault now.")?;
    // The tiles say the same: there is no line for a PIN or for the password alone.
    person.app.click("button", "Switch user").await?;
    person.app.click("button", &person.who.name).await?;
    is_said(person).await?;
    transcript.note("Chosen by the tile it is the same: the password alone is not even asked for.")
}

async fn is_said(person: &AtWindow) -> Result<()> {
    person.app.see(GONE).await?;
    person.app.see(NEXT).await?;
    for line in ["pin", "password"] {
        ensure!(!person.app.has(line).await, "there still is a line for the {line}");
    }
    Ok(())
}

/// Name, password and code open the vault that is here.
async fn sign_in_in_full(person: &AtWindow, transcript: &mut Transcript) -> Result<()> {
    person.app.press("full-sign-in").await?;
    person.fill_by_name().await?;
    person.picture(transcript, "6-in-full").await?;
    person.enter("sign-in").await?;
    person.has_draft(THREAD, DRAFT).await?;
    person.picture(transcript, "7-nothing-is-lost").await?;
    transcript.note("Name, password and code opened the same vault, and the draft is still there.")
}
