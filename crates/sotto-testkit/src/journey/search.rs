//! The word somebody remembers: found among everything, kept to who wrote it and about whom, in its place; and what was read there is read elsewhere.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use fantoccini::Locator;
use serde_json::{Value, json};

use super::cast::{AtWindow, Cast, only};
use super::transcript::Transcript;
use crate::clinic::SPARE;
use crate::wait;

const THREAD: &str = "SAMPLE, Maria";
/// A word that nobody of the clinic says by themselves.
const WORD: &str = "xylometazoline";
const SAID: &str = "Use the xylometazoline from the second drawer, the other one is expired.";
/// A patient whom that was not about.
const OTHER_PATIENT: &str = "MUESTRA";

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let cast = Cast::assemble_by(&only(&["amara", "daniel"]), folder, transcript).await?;
    let (nurse, physician) = (cast.open("amara").await?, cast.open("daniel").await?);
    physician.sign_in().await?;
    physician.open_thread(THREAD).await?;
    physician.send(SAID).await?;
    physician.delivered(SAID).await?;
    physician.app.close().await?;
    transcript.note("The physician wrote one message with a word that nobody else uses.")?;

    nurse.sign_in().await?;
    find_it(&nurse, &physician.who.name, transcript).await?;
    nurse.app.close().await?;
    read_elsewhere(&cast, transcript).await
}

/// Looks for the word, jumps to it, and keeps the search to the author and then to another patient.
async fn find_it(nurse: &AtWindow, author: &str, transcript: &mut Transcript) -> Result<()> {
    nurse.app.click("button", "Search").await?;
    nurse.app.type_into("Search all messages", WORD).await?;
    nurse.app.press("search-hit").await?;
    nurse.app.find("textbox", &format!("Message about or to {THREAD}")).await?;
    let pointed = || async { nurse.app.client().find(Locator::Css("[data-testid=message][data-hit=true]")).await.is_ok() };
    wait::until("the thread to point at the message", pointed).await?;
    nurse.picture(transcript, "1-found-in-its-place").await?;
    transcript.note("The nurse typed the word and came to the message in its thread.")?;
    nurse.app.press("search-filters").await?;
    nurse.app.fill("filter-from", author).await?;
    nurse.app.press("filter-person").await?;
    wait::until("the hit to stay", || async { nurse.app.has("search-hit").await }).await?;
    nurse.picture(transcript, "2-written-by").await?;
    nurse.app.fill("filter-patient", OTHER_PATIENT).await?;
    nurse.app.see("No message has these words").await?;
    nurse.picture(transcript, "3-another-patient").await?;
    transcript.note("Kept to what the physician wrote it is there, and about another patient it is not.")
}

/// The nurse's own machine marks the thread, and a machine where they sit down meanwhile shows it.
async fn read_elsewhere(cast: &Cast, transcript: &mut Transcript) -> Result<()> {
    let found = cast.command("amara", &["search", WORD])?;
    let hit = found.pointer("/hits/0").context("the word is not found at a terminal")?;
    let thread = hit.get("thread").and_then(Value::as_str).context("a hit has a thread")?.to_owned();
    let seq = hit.get("seq").and_then(Value::as_u64).context("a hit has a place")?.to_string();
    let read = cast.command("amara", &["mark", &thread, "--read-to", &seq])?;
    ensure!(read.get("unread") == Some(&json!(0)), "after reading everything something is unread");

    let nurse = cast.sit_down("amara", SPARE).await?;
    nurse.app.press("someone-else").await?;
    nurse.fill_by_name().await?;
    nurse.enter("sign-in").await?;
    wait::until("the thread to be in the list, read", || async { unread(&nurse).await == Some(false) }).await?;
    nurse.picture(transcript, "4-read-at-another-machine").await?;
    transcript.note("What was read at the nurse's own machine is read at one where they never were.")?;
    cast.command("amara", &["mark", &thread, "--unread-from", &seq])?;
    wait::until("the thread to be unread", || async { unread(&nurse).await == Some(true) }).await?;
    nurse.picture(transcript, "5-unread-at-another-machine").await?;
    transcript.note("Marked as unread there, it is unread here at once.")?;
    nurse.app.close().await
}

/// Whether the thread's row says that something is unread; `None` while there is no such row.
async fn unread(person: &AtWindow) -> Option<bool> {
    let script = "const row = [...document.querySelectorAll('[role=option]')].find((one) => one.innerText.includes(arguments[0]));
        return row === undefined ? null : /unread/u.test(row.textContent);";
    person.app.client().execute(script, vec![json!(THREAD)]).await.ok()?.as_bool()
}
