//! What the journeys of the fleet have in common: the administrator's console, and a machine that is told something there.

use anyhow::Result;

use super::cast::{AtWindow, Cast};

/// The machine that is told something; several people share it.
pub const MACHINE: &str = "Triage 1";
/// What its window says in the end.
pub const WIPED: &str = "This workstation was wiped";
/// What a command says whose receipt is there.
pub const RECEIPTED: &str = "Done, with receipt";

/// The administrator's window, signed in, at that tab.
pub async fn console(cast: &Cast, tab: &str) -> Result<AtWindow> {
    let admin = cast.open("kai").await?;
    admin.sign_in().await?;
    admin.app.find("heading", "People and workstations").await?;
    admin.app.click("tab", tab).await?;
    Ok(admin)
}

/// Opens what the console knows of a machine.
pub async fn open_machine(admin: &AtWindow, name: &str) -> Result<()> {
    admin.app.click("row", name).await?;
    admin.app.read("machine-panel").await.map(drop)
}

/// Gives the command whose dialog is open; a wipe asks for the machine's name.
pub async fn give(admin: &AtWindow, word: Option<&str>) -> Result<()> {
    if let Some(word) = word {
        admin.app.fill("command-word", word).await?;
    }
    admin.app.press("command-give").await
}
