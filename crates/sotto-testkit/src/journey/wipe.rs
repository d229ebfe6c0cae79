//! A workstation is wiped while somebody's screen is locked there: what the machine says then, its receipt, and the nurse at another machine.

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, ensure};

use super::cast::{Cast, PASSWORD_LINE, only};
use super::fleet::{MACHINE, RECEIPTED, WIPED, console, give, open_machine};
use super::transcript::Transcript;
use crate::clinic::SPARE;

const THREAD: &str = "SAMPLE, Maria";
const SAID: &str = "Written at the machine that is wiped now.";

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let cast = Cast::assemble_by(&only(&["amara", "daniel"]), folder, transcript).await?;
    let nurse = cast.open("amara").await?;
    nurse.sign_in().await?;
    nurse.open_thread(THREAD).await?;
    nurse.send(SAID).await?;
    nurse.delivered(SAID).await?;
    nurse.leave("Lock", PASSWORD_LINE).await?;
    let home = cast.clinic_folder.join(&nurse.who.workstation);
    ensure!(home.join("accounts").exists(), "there is no vault to wipe");

    let admin = console(&cast, "Workstations").await?;
    open_machine(&admin, MACHINE).await?;
    admin.picture(transcript, "1-machine").await?;
    admin.app.press("do-wipe").await?;
    admin.app.click("radio", "Suspicion").await?;
    admin.picture(transcript, "2-wipe").await?;
    give(&admin, Some(MACHINE)).await?;
    let given = Instant::now();
    nurse.app.see(WIPED).await?;
    transcript.note(&format!(
        "The administrator wiped the machine with the nurse's locked screen; it said so {:.1} s later.",
        given.elapsed().as_secs_f64()
    ))?;
    nurse.picture(transcript, "3-wiped").await?;
    ensure!(!home.join("accounts").exists(), "the vaults are still there");
    admin.app.see(RECEIPTED).await?;
    admin.picture(transcript, "4-receipt").await?;
    transcript.note("The console has the machine's signed receipt, with what was destroyed.")?;
    nurse.app.close().await?;
    admin.app.close().await?;

    let nurse = cast.sit_down("amara", &nurse.who.workstation).await?;
    nurse.app.see(WIPED).await?;
    ensure!(!nurse.app.has("password").await, "a wiped machine asks for a password");
    nurse.app.close().await?;
    transcript.note("The machine says the same when it is started again.")?;

    let nurse = cast.sit_down("amara", SPARE).await?;
    nurse.app.press("someone-else").await?;
    nurse.fill_by_name().await?;
    nurse.enter("sign-in").await?;
    nurse.open_thread(THREAD).await?;
    nurse.app.see(SAID).await?;
    nurse.picture(transcript, "5-elsewhere").await?;
    transcript.note("At another machine the nurse has everything that was sent.")?;
    nurse.app.close().await
}
