//! A clinic whose workstations never open without its server: what the locked screen says, and that nothing is lost by it.

use std::path::Path;

use anyhow::{Result, ensure};

use super::cast::{Cast, PASSWORD_LINE, only};
use super::transcript::Transcript;
use crate::clinic::Rules;
use crate::synthetic::PASSWORD;

/// What the window says, and what to do.
const ENDED: &str =
    "The clinic’s server cannot be reached, and the time for which this workstation opens your messages without it is over.";
const NEXT: &str = "Check the network cable or Wi-Fi, then try again. Nothing is lost. If the network is fine, tell IT.";

/// Plays it.
pub async fn play(folder: &Path, transcript: &mut Transcript) -> Result<()> {
    let never = Rules { lease_shared_s: 0, ..only(&["amara", "ines"]) };
    let mut cast = Cast::assemble_by(&never, folder, transcript).await?;
    let nurse = cast.open("amara").await?;
    nurse.sign_in().await?;
    nurse.leave("Lock", PASSWORD_LINE).await?;
    cast.server.kill()?;
    transcript.note("The nurse signed in and locked; the server is gone, and the clinic's lease is `never`.")?;
    nurse.app.fill("password", PASSWORD).await?;
    nurse.app.press("sign-in").await?;
    nurse.app.see(ENDED).await?;
    nurse.app.see(NEXT).await?;
    ensure!(nurse.app.has("password").await, "the line for the password is gone");
    nurse.picture(transcript, "1-lease-ended").await?;
    transcript.note("The locked screen says that the time without the server is over, and what to do.")?;
    cast.server.restart().await?;
    nurse.unlock("Unlock").await?;
    nurse.picture(transcript, "2-server-is-back").await?;
    transcript.note("The server is back, and the same password opens the same vault.")?;
    nurse.app.close().await
}
