//! Who plays in a journey and on what: a virtual screen, the synthetic clinic with its server, and people at their windows.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::transcript::Transcript;
use crate::clinic::{Colleague, DemoClinic, Rules};
use crate::program::{self, Process};
use crate::screen::Screen;
use crate::server::TestServer;
use crate::synthetic::PASSWORD;
use crate::window::{App, Keyring};
use crate::{totp, wait};

/// What selects the main window's content, and the lock window's.
pub const MAIN: &str = "[data-pane=rail]";
/// The lock window's tiles.
pub const TILES: &str = "[data-testid=someone-else]";
/// A line for the password.
pub const PASSWORD_LINE: &str = "[data-testid=password]";

/// What a locked screen offers to somebody whose vault the password alone does not open any more.
pub const FULL: &str = "[data-testid=full-sign-in]";

/// Short enough to wait for, long enough for the slowest step before it.
pub const IDLE_LOCK_S: u32 = 30;

/// A clinic of these people and the administrator: made sooner than the whole one, and not locked by itself.
pub fn only(people: &[&str]) -> Rules {
    Rules { only: people.iter().map(|key| (*key).to_owned()).collect(), ..Rules::default() }
}

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
        Self::assemble_by(&Rules { idle_lock_s: IDLE_LOCK_S, ..Rules::default() }, folder, transcript).await
    }

    /// As [`Self::assemble`], with a clinic that is made by these rules.
    pub async fn assemble_by(rules: &Rules, folder: &Path, transcript: &mut Transcript) -> Result<Self> {
        let screen = Screen::start(&folder.join("screen")).await?;
        let keyring = if screen.has_keyring() { "the screen's own keyring" } else { "a plain file, since no keyring answers here" };
        transcript.note(&format!("A virtual screen is up; secrets are in {keyring}."))?;
        let clinic_folder = folder.join("clinic");
        make_clinic(&screen, &clinic_folder, rules)?;
        let clinic = DemoClinic::load(&clinic_folder).context("the clinic was not completed")?;
        let server = clinic.start_server(&clinic_folder).await?;
        transcript.note(&format!("The server runs at {}; {} people have vaults.", server.url(), clinic.people.len()))?;
        Ok(Self { screen, server, clinic_folder, clinic, pictures: folder.to_path_buf() })
    }

    /// Somebody of the clinic.
    pub fn who(&self, key: &str) -> Result<Colleague> {
        self.clinic.find(key).cloned().with_context(|| format!("{key} is not in the clinic"))
    }

    /// Types a command of `sotto` at somebody's workstation, where no window is open, and gives what it printed.
    pub fn command(&self, key: &str, args: &[&str]) -> Result<Value> {
        let who = self.who(key)?;
        let password = self.clinic_folder.join("password-of-everybody");
        std::fs::write(&password, PASSWORD).context("could not write the password file")?;
        let mut command = Command::new(program::path("sotto")?);
        self.screen.adopt(&mut command);
        command.arg("--home").arg(self.clinic_folder.join(&who.workstation)).args(["--json", "--as", &who.name, "--password-file"]);
        command.arg(&password).args(args).env_remove("SOTTO_HOME").env("LANG", "C");
        if !self.clinic.os_keyring {
            command.arg("--insecure-keyring-file");
        }
        let output = command.output().context("could not run sotto")?;
        if !output.status.success() {
            bail!("sotto {args:?} ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr));
        }
        serde_json::from_slice(&output.stdout).with_context(|| format!("sotto {args:?} printed no JSON"))
    }

    /// Starts the app at a workstation as a person or the system does, driven by nobody; what it says is in the log of that name.
    pub fn start(&self, workstation: &str, arguments: &[&str], name: &str) -> Result<Process> {
        let path = self.pictures.join(format!("{name}.log"));
        let log = std::fs::File::create(&path).with_context(|| format!("could not write {}", path.display()))?;
        let mut command = Command::new(program::path("sotto-desktop")?);
        self.screen.adopt(&mut command);
        command.arg("--home").arg(self.clinic_folder.join(workstation)).args(arguments).env_remove("SOTTO_HOME");
        if !self.clinic.os_keyring {
            command.arg("--insecure-keyring-file");
        }
        Process::start(command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log))
    }

    /// Opens the window of somebody's workstation, at its sign-in tiles.
    pub async fn open(&self, key: &str) -> Result<AtWindow> {
        self.sit_down(key, &self.who(key)?.workstation).await
    }

    /// Opens the window of a workstation for somebody, who need not have been there before.
    pub async fn sit_down(&self, key: &str, workstation: &str) -> Result<AtWindow> {
        Ok(AtWindow { app: self.open_machine(workstation, key).await?, who: self.who(key)? })
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
        let asked = || async { self.app.has("someone-else").await || self.app.has("password").await };
        wait::until("the tiles or the locked screen", asked).await?;
        if self.app.has("someone-else").await {
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

    /// Types login name, password and the code of the second factor.
    pub async fn fill_by_name(&self) -> Result<()> {
        self.app.fill("login", &self.who.login).await?;
        self.app.fill("password", PASSWORD).await?;
        self.app.fill("code", &totp::code_now(&self.who.totp, 0)?).await
    }

    /// Presses what is marked so and waits for the main window.
    pub async fn enter(&self, mark: &str) -> Result<()> {
        let drawing = self.app.drawing()?;
        self.app.press(mark).await?;
        self.app.replaced(&drawing).await?;
        self.app.follow(MAIN).await
    }

    /// Leaves the main window by the button of that name and waits until the lock window shows what `css` selects.
    pub async fn leave(&self, button: &str, css: &str) -> Result<()> {
        let drawing = self.app.drawing()?;
        self.app.click("button", button).await?;
        self.app.replaced(&drawing).await?;
        self.app.follow(css).await
    }

    /// Waits until the open thread, about or to `about`, has the text in the line for the next message.
    pub async fn has_draft(&self, about: &str, text: &str) -> Result<()> {
        let line = self.app.find("textbox", &format!("Message about or to {about}")).await?;
        let kept = || async { line.prop("value").await.ok().flatten().filter(|kept| kept == text) };
        wait::until_some("the draft", kept).await.map(drop)
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

    /// Waits until the message with that text is on the server; an older one's mark says nothing about it.
    pub async fn delivered(&self, text: &str) -> Result<()> {
        let script = "return [...document.querySelectorAll('[data-testid=message][data-state=on_server]')]
            .some((message) => message.innerText.includes(arguments[0]));";
        let is_there = || async { matches!(self.app.client().execute(script, vec![json!(text)]).await, Ok(Value::Bool(true))) };
        wait::until("the message to be on the server", is_there).await
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
fn make_clinic(screen: &Screen, folder: &Path, rules: &Rules) -> Result<()> {
    let mut command = Command::new(std::env::current_exe().context("could not find the running program")?);
    screen.adopt(&mut command);
    command.arg("clinic").arg("--data").arg(folder);
    command.args(["--idle-lock", &rules.idle_lock_s.to_string(), "--lease-shared", &rules.lease_shared_s.to_string()]);
    command.args(rules.only.iter().flat_map(|key| ["--only", key]));
    if !screen.has_keyring() {
        command.arg("--insecure-keyring-file");
    }
    let status = command.status().context("could not make the clinic")?;
    if !status.success() {
        bail!("the clinic could not be made");
    }
    Ok(())
}
