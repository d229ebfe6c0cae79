//! What a role opens and closes in a window that is open: classes that are offered, threads that are listed and found, and none for IT.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::cast::{AtWindow, Cast, only};
use super::transcript::Transcript;
use crate::wait;

const TITLE: &str = "Bed 4";
const SAID: &str = "The potassium is 6.1, please call the ward.";
/// The class that the dialog offers to some.
const CLINICAL: &str = "Clinical";
/// What is looked for.
const WORD: &str = "potassium";
const NOT_FOUND: &str = "No message has these words";
/// How soon a role holds in a window that is open.
const AT_ONCE: Duration = Duration::from_secs(5);

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let cast = Cast::assemble_by(&only(&["tom", "joy"]), folder, transcript).await?;
    let desk = cast.open("tom").await?;
    desk.sign_in().await?;
    look_for(&desk).await?;
    desk.app.see(NOT_FOUND).await?;
    desk.app.click("button", "New conversation").await?;
    desk.app.see("Scheduling").await?;
    ensure!(!desk.app.reads(CLINICAL).await, "the front desk is offered clinical conversations");
    desk.picture(transcript, "1-front-desk").await?;
    transcript.note("The front desk's window offers scheduling, and nothing clinical.")?;

    set_role(&cast, &desk, "nurse", CLINICAL).await?;
    desk.picture(transcript, "2-nurse").await?;
    transcript.note("The administrator made the person a nurse: the open dialog offers clinical conversations at once.")?;
    desk.app.click("button", "Cancel").await?;
    cast.command("joy", &["thread", "new", "--with", &desk.who.name, "--title", TITLE, "--class", "clinical"])?;
    cast.command("joy", &["send", TITLE, SAID])?;
    desk.app.click("button", "Mine").await?;
    desk.app.see(TITLE).await?;
    look_for(&desk).await?;
    desk.app.see("1 message found").await?;
    desk.picture(transcript, "3-found").await?;
    transcript.note("A colleague wrote to them in a clinical thread; the window lists and finds it.")?;

    set_role(&cast, &desk, "front_desk", NOT_FOUND).await?;
    desk.app.click("button", "Mine").await?;
    desk.app.see("need action").await?;
    ensure!(!desk.app.reads(TITLE).await && !desk.app.reads(WORD).await, "the clinical thread is still there");
    desk.picture(transcript, "4-front-desk-again").await?;
    transcript.note("Back at the front desk: the thread is neither listed nor found.")?;
    desk.app.close().await?;
    administrator(&cast, transcript).await
}

/// Searches for the word.
async fn look_for(person: &AtWindow) -> Result<()> {
    person.app.click("button", "Search").await?;
    person.app.type_into("Search all messages", WORD).await
}

/// Sets the role at the administrator's terminal and waits, no longer than a role may take, until the open window shows the text.
async fn set_role(cast: &Cast, person: &AtWindow, role: &str, shows: &str) -> Result<()> {
    cast.command("kai", &["people", "role", &person.who.name, role])?;
    let set = Instant::now();
    let holds = || async { person.app.reads(shows).await.then_some(()) };
    wait::until_some_within(AT_ONCE.saturating_sub(set.elapsed()), &format!("{shows:?} in the open window"), holds).await
}

/// The administrator has people and workstations, and not one thread.
async fn administrator(cast: &Cast, transcript: &mut Transcript) -> Result<()> {
    let admin = cast.open("kai").await?;
    admin.sign_in().await?;
    admin.app.find("heading", "People and workstations").await?;
    admin.app.see("Tom Placeholt").await?;
    for place in ["New conversation", "Mine", "Search"] {
        ensure!(!admin.app.shows("button", place).await, "the administrator's window offers {place:?}");
    }
    ensure!(!admin.app.has("thread-row").await, "the administrator's window lists a thread");
    admin.picture(transcript, "5-administrator").await?;
    transcript.note("The administrator's window shows people and workstations, and no conversations.")?;
    admin.app.close().await
}
