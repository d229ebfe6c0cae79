//! Somebody leaves the clinic while their window is open: it is shut at once, and the next epoch goes without them although nobody writes.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::cast::{Cast, only};
use super::transcript::Transcript;
use crate::wait;

/// What a locked screen offers to somebody whose vault nothing opens any more.
const FULL: &str = "[data-testid=full-sign-in]";
const THREAD: &str = "SAMPLE, Mariah";
/// How soon an open window is shut.
const AT_ONCE: Duration = Duration::from_secs(5);
/// How soon a leaver is out of every thread's next epoch, once a member is online.
const NEXT_EPOCH: Duration = Duration::from_secs(60);

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let cast = Cast::assemble_by(&only(&["amara", "daniel"]), folder, transcript).await?;
    let (leaver, colleague) = (cast.open("amara").await?, cast.open("daniel").await?);
    for person in [&leaver, &colleague] {
        person.sign_in().await?;
        person.open_thread(THREAD).await?;
    }
    colleague.app.see("In this conversation (2)").await?;
    colleague.picture(transcript, "1-both").await?;
    transcript.note("Both have the thread open.")?;

    let drawing = leaver.app.drawing()?;
    cast.command("kai", &["people", "revoke", &leaver.who.name])?;
    let left = Instant::now();
    leaver.app.replaced(&drawing).await?;
    let shut = left.elapsed();
    ensure!(shut < AT_ONCE, "the leaver's window was shut after {shut:?}");
    transcript.note(&format!("The administrator revoked the nurse, and the open window was gone {} ms later.", shut.as_millis()))?;
    // Nobody writes, and nobody asks for it.
    let alone = || async { colleague.app.reads("In this conversation (1)").await.then_some(()) };
    wait::until_some_within(NEXT_EPOCH.saturating_sub(left.elapsed()), "the thread's next epoch", alone).await?;
    colleague.picture(transcript, "2-colleague").await?;
    transcript.note(&format!("The colleague's thread is sealed to the others only, {:.1} s after.", left.elapsed().as_secs_f64()))?;

    leaver.app.follow(FULL).await?;
    leaver.app.see("Your access has ended.").await?;
    ensure!(!leaver.app.has("password").await, "the screen asks for a password that opens nothing");
    leaver.picture(transcript, "3-leaver").await?;
    leaver.app.press("full-sign-in").await?;
    leaver.fill_by_name().await?;
    leaver.app.press("sign-in").await?;
    leaver.app.see("The login name or the password is not right.").await?;
    transcript.note("The screen says why, and name, password and code open nothing any more.")?;
    leaver.app.close().await?;
    colleague.app.close().await
}
