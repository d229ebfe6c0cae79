//! A photo of a wound and a report: attached, sent with words, opened on the other workstation, and on no disk in the clear; a program is refused.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use fantoccini::Locator;
use serde_json::{Value, json};

use super::cast::{AtWindow, Cast, only};
use super::transcript::Transcript;
use crate::scan::{self, Canary};
use crate::wait;

const THREAD: &str = "SAMPLE, Mariah";
const WORDS: &str = "Left heel, day 4. Does this need a swab?";
/// A picture whose camera wrote a comment into it.
const PHOTO: &[u8] = include_bytes!("files/wound.png");
/// What the camera wrote.
const COMMENT: &str = "ward three, bed 4, camera 0815";

/// A report of two pages, the first with words and a red bar on it.
const REPORT: &[u8] = include_bytes!("files/report.pdf");
const REPORT_NAME: &str = "heel-culture.pdf";
const REPORT_WORDS: &str = "And what the laboratory says.";
/// What stands in it.
const FINDING: &str = "Growth: none after 48 h";
/// The key, as a driver presses it.
const ESCAPE: &str = "\u{e00c}";

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let cast = Cast::assemble_by(&only(&["amara", "daniel"]), folder, transcript).await?;
    let (nurse, physician) = (cast.open("amara").await?, cast.open("daniel").await?);
    for person in [&nurse, &physician] {
        person.sign_in().await?;
        person.open_thread(THREAD).await?;
    }
    // Outside of what is scanned: what somebody has on their own disk is theirs.
    let outside = tempfile::tempdir().context("could not make a folder for the photo")?;
    let (photo, program) = (outside.path().join("left-heel.png"), outside.path().join("result.pdf"));
    std::fs::write(&photo, PHOTO)?;
    std::fs::write(&program, b"MZ\x90\x00\x03 a program")?;

    attach(&nurse, &program).await?;
    nurse.app.see("what is in them decides, not their name").await?;
    nurse.picture(transcript, "1-refused").await?;
    transcript.note("A program that is called result.pdf is refused with a sentence.")?;

    attach(&nurse, &photo).await?;
    nurse.app.see("Ready to send").await?;
    nurse.picture(transcript, "2-attached").await?;
    nurse.send(WORDS).await?;
    nurse.delivered(WORDS).await?;
    physician.app.see(WORDS).await?;
    physician.picture(transcript, "3-arrived").await?;
    transcript.note("The photo is sent with the nurse's words, and the physician sees both.")?;

    physician.app.click("button", "Open left-heel.png").await?;
    wait::until("the photo in the physician's window", || drawn(&physician)).await?;
    physician.picture(transcript, "4-opened").await?;
    transcript.note("The physician opens it inside the app.")?;
    a_report(&nurse, &physician, outside.path(), transcript).await?;
    scan_disks(&cast, transcript)?;
    nurse.app.close().await?;
    physician.app.close().await
}

/// A PDF goes the same way, and its first page is drawn inside the app.
async fn a_report(nurse: &AtWindow, physician: &AtWindow, outside: &Path, transcript: &mut Transcript) -> Result<()> {
    let report = outside.join(REPORT_NAME);
    std::fs::write(&report, REPORT)?;
    attach(nurse, &report).await?;
    nurse.app.see("Ready to send").await?;
    nurse.send(REPORT_WORDS).await?;
    nurse.delivered(REPORT_WORDS).await?;
    physician.app.client().active_element().await?.send_keys(ESCAPE).await.context("the photo stays open")?;
    wait::until("the photo to be closed", || async { !physician.app.has("file-image").await }).await?;
    physician.app.click("button", &format!("Open {REPORT_NAME}")).await?;
    wait::until("the report's first page in the physician's window", || inked(physician)).await?;
    physician.picture(transcript, "5-report").await?;
    transcript.note("The physician reads the report, a PDF, inside the app.")
}

/// Whether the first page is drawn, and there is something on it.
async fn inked(person: &AtWindow) -> bool {
    let script = "const page = document.querySelector('[data-testid=pdf-page][data-drawn=\"1\"]'); \
         return page !== null && page.getContext('2d').getImageData(0, 0, page.width, page.height).data.some((part) => part < 128);";
    matches!(person.app.client().execute(script, vec![]).await, Ok(Value::Bool(true)))
}

/// Chooses a file as the system's dialog would.
async fn attach(person: &AtWindow, path: &Path) -> Result<()> {
    let chooser = person.app.client().find(Locator::Css("[data-testid=composer-form] input[type=file]")).await;
    chooser.context("there is no way to attach a file")?.send_keys(&path.display().to_string()).await.context("the file was not taken")
}

/// Whether the picture is drawn, and in its size.
async fn drawn(person: &AtWindow) -> bool {
    let script =
        "const image = document.querySelector('[data-testid=file-image]'); return image !== null && image.naturalWidth === arguments[0];";
    matches!(person.app.client().execute(script, vec![json!(320)]).await, Ok(Value::Bool(true)))
}

/// Neither what the camera wrote nor what the report says, nor their names, are on a disk of the server or of a workstation.
fn scan_disks(cast: &Cast, transcript: &mut Transcript) -> Result<()> {
    for word in [Canary::new(COMMENT), Canary::new("left-heel.png"), Canary::new(REPORT_NAME), Canary::new(FINDING)] {
        let found = scan::files(&cast.clinic_folder, &word)?;
        let places: Vec<&str> = found.iter().map(|seen| seen.place.as_str()).collect();
        ensure!(places.is_empty(), "a file stands in the clear in {}", places.join(", "));
    }
    transcript.note(
        "No file of the server or of a workstation holds the names of photo and report, what the camera wrote, or what the report says.",
    )
}
