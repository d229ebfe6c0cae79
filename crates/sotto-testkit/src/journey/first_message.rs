//! The first message: two people, two workstations, one server that cannot read; and a screen that locks itself when left alone.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail, ensure};

use super::cast::{AtWindow, Cast, PASSWORD_LINE};
use super::transcript::Transcript;
use crate::scan::{self, Canary};
use crate::wait;

/// Somebody who is a member of the thread with both of them, by the text of its row.
const THREAD: &str = "SAMPLE, Maria";
const QUESTION: &str = "Mrs. SAMPLE's daughter is here for the tablets. May I hand them over?";
/// Where the nurse goes from there: whoever is composing has ten minutes, and this journey waits for two.
const ELSEWHERE: &str = "MUESTRA";
const DRAFT: &str = "Thank you. I will also tell her that";
/// The clinic's half minute, fivefold while a message is being composed, and what a slow machine adds.
const IDLE: Duration = Duration::from_secs(30 * 5 + 60);

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let cast = Cast::assemble(folder, transcript).await?;
    let (nurse, physician) = (cast.open("amara").await?, cast.open("daniel").await?);
    nurse.picture(transcript, "1-sign-in").await?;
    nurse.sign_in().await?;
    transcript.note(&format!("{} signed in at the shared workstation.", nurse.who.name))?;
    physician.sign_in().await?;
    transcript.note(&format!("{} signed in at another one.", physician.who.name))?;
    nurse.picture(transcript, "2-inbox").await?;

    nurse.open_thread(THREAD).await?;
    physician.open_thread(THREAD).await?;
    nurse.send(QUESTION).await?;
    nurse.delivered(QUESTION).await?;
    physician.app.see(QUESTION).await?;
    transcript.note("The nurse's question is on the server, and the physician reads it.")?;
    physician.picture(transcript, "3-physician-reads").await?;
    let answer = answer(&cast, &nurse, &physician, transcript).await?;
    nurse.write(DRAFT).await?;
    nurse.picture(transcript, "4-answer-and-draft").await?;
    lock_and_unlock(&cast, &nurse, &answer, transcript).await?;
    scan_disks(&cast, &answer, transcript)?;
    nurse.app.close().await?;
    physician.app.revives().await?;
    transcript.note("The process that draws the physician's window was killed, and the window has another one.")
}

/// The physician answers with a word that must be nowhere but on the two screens; the nurse's window shows it, without being asked for it.
async fn answer(cast: &Cast, nurse: &AtWindow, physician: &AtWindow, transcript: &mut Transcript) -> Result<Canary> {
    let word = Canary::new(&["Yes,", "hand", "them", "over.", "Lot", &format!("{:08x}.", cast.server.pid())].join(" "));
    let before = messages(nurse).await;
    physician.send(word.text()).await?;
    // Counted and not read: asking for the word would put it into the memory that is scanned later.
    wait::until("the answer in the nurse's window", || async { messages(nurse).await > before }).await?;
    transcript.note("The physician's answer is in the nurse's window.")?;
    Ok(word)
}

async fn messages(person: &AtWindow) -> usize {
    person.app.client().find_all(fantoccini::Locator::Css("[data-testid=message]")).await.map_or(0, |all| all.len())
}

async fn lock_and_unlock(cast: &Cast, nurse: &AtWindow, answer: &Canary, transcript: &mut Transcript) -> Result<()> {
    let control = seen_in(&nurse.app.processes()?, answer).len();
    ensure!(control > 0, "the memory scan does not see the answer while it is on the screen, so it would prove nothing");
    transcript.note(&format!("Control: the answer is in the memory of the open app ({control} places)."))?;
    nurse.open_thread(ELSEWHERE).await?;
    transcript.note("The nurse leaves the draft, opens another thread, and walks away.")?;
    let drawing = nurse.app.drawing()?;
    let faded = wait::until_some_within(IDLE, "the nurse's screen to fade", || look_for_fade(nurse, &drawing)).await?;
    // The fade lasts five seconds and then its window is gone: a slow machine may have no time for a picture of it.
    if !faded || nurse.picture(transcript, "5-fading").await.is_err() {
        transcript.note("The screen was locked before a picture of its fading was taken.")?;
    }
    nurse.app.replaced(&drawing).await?;
    nurse.app.follow(PASSWORD_LINE).await?;
    transcript.note("Left alone, the nurse's screen faded and locked itself.")?;
    nurse.picture(transcript, "6-locked").await?;
    let locked = nurse.app.processes()?;
    let empty = || async { seen_in(&locked, answer).is_empty().then_some(()) };
    if wait::until_some_within(Duration::from_secs(5), "an empty memory", empty).await.is_err() {
        bail!("the locked app's memory still holds the answer: {}", seen_in(&locked, answer).join("; "));
    }
    transcript.note("The locked app's memory holds the answer no more.")?;
    ensure!(seen_in(&[cast.server.pid()], answer).is_empty(), "the server's memory holds the answer");
    nurse.unlock("Unlock").await?;
    nurse.app.find("textbox", &format!("Message about or to {ELSEWHERE}")).await?;
    nurse.open_thread(THREAD).await?;
    nurse.has_draft(THREAD, DRAFT).await?;
    transcript.note("After the password the same thread is open again, and in the first one the draft is there.")?;
    nurse.picture(transcript, "7-unlocked-with-draft").await
}

/// Whether the screen fades; `false` once its window is gone. Asks seldom, and never a window that is gone.
async fn look_for_fade(nurse: &AtWindow, drawing: &[u32]) -> Option<bool> {
    tokio::time::sleep(Duration::from_millis(250)).await;
    if !nurse.app.is_drawn(drawing) {
        return Some(false);
    }
    nurse.app.client().find(fantoccini::Locator::Css("[data-testid=lock-warning]")).await.is_ok().then_some(true)
}

/// Where the word is, for each process and mapping. A process of the webview may end between the list and the look.
fn seen_in(processes: &[u32], word: &Canary) -> Vec<String> {
    let mut places = Vec::new();
    for pid in processes {
        let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
        places.extend(scan::memory(*pid, word).unwrap_or_default().iter().map(|seen| format!("{} {}", name.trim(), seen.place)));
    }
    places
}

/// Nothing on any disk: the server's folder, both workstations, logs. The control is a file with the word in it.
fn scan_disks(cast: &Cast, answer: &Canary, transcript: &mut Transcript) -> Result<()> {
    let found = scan::files(&cast.clinic_folder, answer)?;
    ensure!(
        found.is_empty(),
        "the answer stands in the clear in {}",
        found.iter().map(|s| s.place.as_str()).collect::<Vec<_>>().join(", ")
    );
    let control = cast.clinic_folder.join("control");
    std::fs::write(&control, answer.text())?;
    ensure!(scan::files(&cast.clinic_folder, answer)?.len() == 1, "the disk scan does not see a word that is there");
    std::fs::remove_file(&control)?;
    transcript.note("No file of the server or of a workstation holds the answer; the scan sees a file that does.")
}
