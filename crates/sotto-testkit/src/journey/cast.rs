//! Who plays in a journey and on what: a virtual screen, the synthetic clinic with its server, and people at their windows.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::transcript::Transcript;
use crate::clinic::{Colleague, DemoClinic};
use crate::screen::Screen;
use crate::server::TestServer;
use crate::synthetic::PASSWORD;
use crate::window::{App, Keyring};

/// What selects the main window's content, and the lock window's.
pub const MAIN: &str = "[data-pane=rail]";
/// A line for the password.
pub const PASSWORD_LINE: &str = "[data-testid=password]";

/// Screen, clinic and server of a journey.
pub struct Cast {
    /// The screen.
    pub screen: Screen,
    /// The server.
    pub server: TestServer,
    /// Where the clinic's files are.
    pub clinic_folder: PathBuf,
    clinic: DemoClinic,
    pictures: PathBuf,
}

/// Somebody at their window.
pub struct AtWindow {
    /// The window.
    pub app: App,
    /// Who.
    pub who: Colleague,
}

impl Cast {
    /// Sets the stage in `folder`: pictures go there, the clinic below it.
    pub async fn assemble(folder: &Path, transcript: &mut Transcript) -> Result<Self> {
        let screen = Screen::start(&folder.join("screen")).await?;
        let keyring = if screen.has_keyring() { "the screen's own keyring" } else { "a plain file, since no keyring answers here" };
        transcript.note(&format!("A virtual screen is up; secrets are in {keyring}."))?;
        let clinic_folder = folder.join("clinic");
        make_clinic(&screen, &clinic_folder)?;
        let clinic = DemoClinic::load(&clinic_folder).context("the clinic was not completed")?;
        let server = clinic.start_server(&clinic_folder).await?;
        transcript.note(&format!("The server runs at {}; {} people have vaults.", server.url(), clinic.people.len()))?;
        Ok(Self { screen, server, clinic_folder, clinic, pictures: folder.to_path_buf() })
    }

    /// Opens the window of somebody's workstation, at its sign-in tiles.
    pub async fn open(&self, key: &str) -> Result<AtWindow> {
        let workstation = self.clinic.find(key).with_context(|| format!("{key} is not in the clinic"))?.workstation.clone();
        self.sit_down(key, &workstation).await
    }

    /// Opens the window of a workstation for somebody, who need not have been there before.
    pub async fn sit_down(&self, key: &str, workstation: &str) -> Result<AtWindow> {
        let who = self.clinic.find(key).with_context(|| format!("{key} is not in the clinic"))?.clone();
        Ok(AtWindow { app: self.open_machine(workstation, key).await?, who })
    }

    /// Opens the window of a machine, which may be new; its pictures are named after `name`.
    pub async fn open_machine(&self, workstation: &str, name: &str) -> Result<App> {
        let keyring = if self.clinic.os_keyring { Keyring::Os } else { Keyring::InsecureFile };
        let app = App::open(&self.screen, &self.clinic_folder.join(workstation), keyring, &self.pictures, name).await?;
        app.follow("main").await?;
        Ok(app)
    }
}

impl AtWindow {
    /// Chooses their tile, where several people share the workstation, types the password and waits for the main window.
    pub async fn sign_in(&self) -> Result<()> {
        if self.app.shows("heading", "Who is signing in?").await {
            self.app.click("button", &self.who.name).await?;
            return self.unlock("Sign in").await;
        }
        self.unlock("Unlock").await
    }

    /// Types the password and presses the button of that name.
    pub async fn unlock(&self, action: &str) -> Result<()> {
        self.unlock_with(PASSWORD, action).await
    }

    /// Types a password and presses the button of that name.
    pub async fn unlock_with(&self, password: &str, action: &str) -> Result<()> {
        let drawing = self.app.drawing()?;
        self.app.type_into("Password", password).await?;
        self.app.click("button", action).await?;
        self.app.replaced(&drawing).await?;
        self.app.follow(MAIN).await
    }

    /// Opens the thread whose row shows the text.
    pub async fn open_thread(&self, text: &str) -> Result<()> {
        self.app.click("option", text).await?;
        self.app.find("textbox", &format!("Message about or to {text}")).await.map(drop)
    }

    /// Writes without sending.
    pub async fn write(&self, text: &str) -> Result<()> {
        self.app.type_into("Message about or to", text).await
    }

    /// Takes a picture for the transcript.
    pub async fn picture(&self, transcript: &mut Transcript, name: &str) -> Result<()> {
        transcript.picture(&self.app.picture(name).await?)
    }

    /// Writes and sends.
    pub async fn send(&self, text: &str) -> Result<()> {
        self.write(text).await?;
        self.app.click("button", "Send").await
    }
}

/// In a process of its own, since it has to see the screen's bus to reach its keyring.
fn make_clinic(screen: &Screen, folder: &Path) -> Result<()> {
    let mut command = Command::new(std::env::current_exe().context("could not find the running program")?);
    screen.adopt(&mut command);
    command.arg("clinic").arg("--data").arg(folder);
    // Short enough to wait for, long enough for the slowest step before it.
    command.args(["--idle-lock", "30"]);
    if !screen.has_keyring() {
        command.arg("--insecure-keyring-file");
    }
    let status = command.status().context("could not make the clinic")?;
    if !status.success() {
        bail!("the clinic could not be made");
    }
    Ok(())
}
