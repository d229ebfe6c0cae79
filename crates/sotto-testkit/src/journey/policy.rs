//! A rule for a group of machines: it holds in a window that is already open, and the console says where it comes from.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::cast::{Cast, PASSWORD_LINE, only};
use super::fleet::{MACHINE, console, open_machine};
use super::transcript::Transcript;

const GROUP: &str = "Triage machines";
/// The shortest idle time that the form offers.
const IDLE: Duration = Duration::from_secs(30);
/// How soon a rule holds at a machine that is connected, and the lock itself.
const AT_ONCE: Duration = Duration::from_secs(7);

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let cast = Cast::assemble_by(&only(&["amara", "daniel"]), folder, transcript).await?;
    let nurse = cast.open("amara").await?;
    nurse.sign_in().await?;
    let admin = console(&cast, "Groups and rules").await?;
    admin.app.see("No groups yet").await?;
    admin.picture(transcript, "1-no-groups").await?;
    admin.app.press("group-new").await?;
    admin.app.fill("group-name", GROUP).await?;
    admin.app.click("radio", "Shared ones").await?;
    admin.app.click("radio", "30 seconds").await?;
    admin.picture(transcript, "2-new-group").await?;
    let drawing = nurse.app.drawing()?;
    admin.app.press("group-set").await?;
    admin.app.read("group-row").await?;
    admin.picture(transcript, "3-group").await?;
    // The hand leaves the mouse: from here on nothing is touched.
    let set = Instant::now();
    transcript.note("The administrator set a rule for the shared machines while the nurse's window was open there.")?;

    nurse.app.replaced(&drawing).await?;
    let locked = set.elapsed();
    ensure!(locked < IDLE + AT_ONCE, "the open window was locked after {locked:?}");
    nurse.app.follow(PASSWORD_LINE).await?;
    nurse.picture(transcript, "4-locked").await?;
    transcript.note(&format!("Nobody touched it, and it was locked {:.1} s later.", locked.as_secs_f64()))?;

    // The administrator's own machine is a shared one too.
    admin.app.follow(PASSWORD_LINE).await?;
    admin.unlock("Unlock").await?;
    admin.app.click("tab", "Workstations").await?;
    open_machine(&admin, MACHINE).await?;
    admin.app.see(&format!("group {GROUP}")).await?;
    admin.picture(transcript, "5-where-from").await?;
    transcript.note("The console shows the value that holds at the machine and the group it comes from.")?;
    nurse.app.close().await?;
    admin.app.close().await
}
