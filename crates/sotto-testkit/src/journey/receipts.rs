//! Five honest states: a nurse watches a question go from the outbox to the physician's answer, and is told nothing that is not known.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use super::cast::{AtWindow, Cast, PASSWORD_LINE, only};
use super::transcript::Transcript;
use crate::wait;

const THREAD: &str = "SAMPLE, Maria";
const QUESTION: &str = "May I start the potassium now?";
const OWN_ANSWER: &str = "In 5 min";

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let cast = Cast::assemble_by(&only(&["amara", "daniel"]), folder, transcript).await?;
    let nurse = cast.open("amara").await?;
    nurse.sign_in().await?;
    nurse.open_thread(THREAD).await?;
    ask(&nurse).await?;
    nurse.delivered(QUESTION).await?;
    comes_to(&nurse, "on_server").await?;
    nurse.picture(transcript, "1-on-the-server").await?;
    transcript.note("The nurse's question, with two answers to press, is on the server; the physician's workstation is off, and nothing more is claimed.")?;

    let physician = cast.open("daniel").await?;
    physician.sign_in().await?;
    comes_to(&nurse, "stored").await?;
    nurse.picture(transcript, "2-stored").await?;
    transcript
        .note("The physician signed in and looks at another thread: the question is stored on that workstation, and not displayed.")?;

    physician.open_thread(THREAD).await?;
    physician.app.see(QUESTION).await?;
    let process = *physician.app.processes()?.first().context("the physician's app is not running")?;
    cast.screen.hand().turn_to(process)?;
    // The thread opened at the first unread line; the question is the last.
    physician.app.click("button", "To the newest").await?;
    comes_to(&nurse, "displayed").await?;
    nurse.picture(transcript, "3-displayed").await?;
    transcript.note("Two seconds on the physician's screen, and it is displayed.")?;

    let button = physician.app.find("button", OWN_ANSWER).await?;
    physician.picture(transcript, "4-answers").await?;
    button.click().await?;
    comes_to(&nurse, "acknowledged").await?;
    nurse.picture(transcript, "5-acknowledged").await?;
    transcript.note("The physician pressed the nurse's own answer: acknowledged, which is more than displayed.")?;
    who_has_read(&nurse, transcript).await?;
    nurse.leave("Lock", PASSWORD_LINE).await?;
    nurse.unlock("Unlock").await?;
    nurse.open_thread(THREAD).await?;
    comes_to(&nurse, "acknowledged").await?;
    transcript.note("After a lock all of it is still there.")?;
    physician.app.close().await?;
    nurse.app.close().await
}

/// Writes the question and offers two answers with it.
async fn ask(nurse: &AtWindow) -> Result<()> {
    nurse.write(QUESTION).await?;
    nurse.app.press("ask").await?;
    nurse.app.press("ask-agree").await?;
    nurse.app.fill("ask-words", OWN_ANSWER).await?;
    nurse.app.click("button", "Offer it").await?;
    nurse.app.click("button", "Send").await
}

/// Waits until the newest own message says this.
async fn comes_to(person: &AtWindow, step: &str) -> Result<()> {
    let script = "const all = [...document.querySelectorAll('[data-testid=receipt]')];
        return all.length === 0 ? '' : all[all.length - 1].dataset.step;";
    let says = || async {
        let said = person.app.client().execute(script, Vec::new()).await;
        said.is_ok_and(|said| said.as_str() == Some(step))
    };
    wait::until(&format!("the message to be {step}"), says).await
}

/// The panel names the physician, the workstation and what was answered.
async fn who_has_read(nurse: &AtWindow, transcript: &mut Transcript) -> Result<()> {
    let script = "const all = document.querySelectorAll('[data-testid=message][data-state=on_server]');
        const row = all[all.length - 1];
        row.focus();
        row.dispatchEvent(new KeyboardEvent('keydown', { key: 'V', code: 'KeyV', shiftKey: true, bubbles: true, cancelable: true }));";
    nurse.app.client().execute(script, Vec::new()).await?;
    wait::until("who has read", || async { nurse.app.has("readers").await }).await?;
    let told = nurse.app.read("readers").await?;
    ensure!(told.contains(OWN_ANSWER) && told.contains("Displayed at") && told.contains("Stored at"), "the panel tells only {told:?}");
    nurse.picture(transcript, "6-who-has-read").await?;
    nurse.app.click("button", "Close").await?;
    transcript.note("Shift+V tells who has read: the person, the workstation, when, and the answer.")
}
