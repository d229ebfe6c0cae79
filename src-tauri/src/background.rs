//! Does the app start with the system, without a window? So that a machine hears IT before anybody opens it, and while nobody looks.
//!
//! What says so is an entry of the operating system, of whoever uses it there: that entry is the only state. It is made when a machine
//! comes in, and at every start where the machine's management demands it.

use std::time::Duration;

use auto_launch::{AutoLaunch, AutoLaunchBuilder, MacOSLaunchMode, WindowsEnableMode};
use sotto_client::Workstation;
use sotto_client::view::{BackgroundView, ErrorCode, ErrorView};
use tauri::{AppHandle, Manager as _};
use tokio::sync::broadcast::error::RecvError;
use tokio::task::spawn_blocking;

use crate::arguments::{Arguments, BACKGROUND, Place};
use crate::desk::{Desk, refused};

/// What the entry is called.
const NAME: &str = "Sotto";
/// How long until the folder is tried again where no window asks for it: at the start of a session the keyring may not be open yet.
const AGAIN: Duration = Duration::from_secs(5);

/// How the app is started with the system.
#[derive(Debug, Clone)]
pub(crate) struct Background {
    /// What the entry's program is started with; `None` where there is no entry.
    arguments: Option<Vec<&'static str>>,
    /// Whether this process was started without a window.
    begun: bool,
}

impl Background {
    /// An entry is for the usual folder only: another one is a test's or a second clinic's, which start by other means.
    pub fn new(place: &Place, arguments: &Arguments) -> Self {
        let insecure = arguments.insecure_keyring_file.then_some("--insecure-keyring-file");
        let with = place.usual.then(|| std::iter::once(BACKGROUND).chain(insecure).collect());
        Self { arguments: with, begun: arguments.background }
    }

    /// Whether the process goes on when its last window is closed.
    pub fn stays(&self) -> bool {
        self.begun || self.is_on()
    }

    /// Whether there is an entry.
    fn is_on(&self) -> bool {
        self.entry().is_some_and(|entry| entry.is_enabled().unwrap_or(false))
    }

    /// Makes the entry, or takes it away.
    fn switch(&self, on: bool) -> Result<(), ErrorView> {
        let entry = self.entry().ok_or(refused(ErrorCode::NotPermitted))?;
        let switched = if on { entry.enable() } else { entry.disable() };
        switched.map_err(|error| {
            tracing::warn!(%error, on, "could not change whether the app starts with the system");
            refused(ErrorCode::Internal)
        })
    }

    fn entry(&self) -> Option<AutoLaunch> {
        let arguments = self.arguments.as_ref()?;
        let program = program(std::env::current_exe().ok()?.to_str()?)?;
        let mut builder = AutoLaunchBuilder::new();
        builder.set_app_name(NAME).set_app_path(&program).set_args(arguments.as_slice());
        builder.macos_launch_mode = MacOSLaunchMode::LaunchAgent;
        builder.windows_enable_mode = WindowsEnableMode::CurrentUser;
        builder.build().ok()
    }
}

/// The program's path as the entry takes it. On Linux that is a line of words; what quoting does not hold together gets no entry.
fn program(path: &str) -> Option<String> {
    if !cfg!(target_os = "linux") {
        return Some(path.to_owned());
    }
    let odd = path.contains(['"', '`', '$', '\\', '%', '\n']);
    (!odd).then(|| if path.contains(' ') { format!("\"{path}\"") } else { path.to_owned() })
}

/// Hears IT though no window asks for the workstation: tries again until the folder opens.
pub(crate) fn hear(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        while let Err(error) = app.state::<Desk>().workstation(&app).await {
            tracing::info!(code = %error.code, "this machine does not hear IT yet");
            tokio::time::sleep(AGAIN).await;
        }
    });
}

/// Makes the entry where management demands it, and whenever the machine is let in; what a person switched off stays off otherwise.
pub(crate) fn keep(app: &AppHandle, workstation: &Workstation) {
    let (app, workstation) = (app.clone(), workstation.clone());
    let mut changes = workstation.events();
    let mut was_in = workstation.is_enrolled();
    tauri::async_runtime::spawn(async move {
        if workstation.must_start_in_background() {
            make(&app).await;
        }
        loop {
            let is_in = workstation.is_enrolled();
            if is_in && !was_in {
                make(&app).await;
            }
            was_in = is_in;
            // Lagging is hearing too.
            if matches!(changes.recv().await, Err(RecvError::Closed)) {
                return;
            }
        }
    });
}

async fn make(app: &AppHandle) {
    let background = app.state::<Desk>().background().clone();
    if background.arguments.is_none() {
        return;
    }
    match spawn_blocking(move || background.switch(true)).await {
        Ok(Ok(())) => tracing::info!("the app starts with the system from now on"),
        Ok(Err(_)) | Err(_) => tracing::warn!("the app does not start with the system: this machine hears IT only while it is open"),
    }
}

/// Whether the app starts with the system, and whether the person may say so.
///
/// # Errors
/// Those of opening the workstation.
pub(crate) async fn view(app: &AppHandle) -> Result<BackgroundView, ErrorView> {
    let desk = app.state::<Desk>();
    let demanded = desk.workstation(app).await?.must_start_in_background();
    let background = desk.background().clone();
    let looked = spawn_blocking(move || (background.is_on(), background.entry().is_some())).await;
    let (on, possible) = looked.map_err(|_| refused(ErrorCode::Internal))?;
    Ok(BackgroundView { on, demanded, possible })
}

/// Switches it.
///
/// # Errors
/// `not_permitted` to switch off what management demands, and where there can be no entry; `internal` where the system refuses.
pub(crate) async fn set(app: &AppHandle, on: bool) -> Result<(), ErrorView> {
    let desk = app.state::<Desk>();
    if !on && desk.workstation(app).await?.must_start_in_background() {
        return Err(refused(ErrorCode::NotPermitted));
    }
    let background = desk.background().clone();
    spawn_blocking(move || background.switch(on)).await.map_err(|_| refused(ErrorCode::Internal))?
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use clap::Parser as _;

    use super::*;

    fn background(usual: bool, arguments: &[&str]) -> Background {
        let place = Place { home: PathBuf::from("/srv/front-desk"), usual };
        Background::new(&place, &Arguments::parse_from(std::iter::once(&"sotto-desktop").chain(arguments)))
    }

    #[test]
    fn the_entry_starts_what_is_running_now() {
        assert_eq!(background(true, &[]).arguments, Some(vec!["--background"]));
        let insecure = background(true, &["--insecure-keyring-file"]).arguments;
        assert_eq!(insecure, Some(vec!["--background", "--insecure-keyring-file"]));
    }

    #[test]
    fn a_folder_of_somebodys_choice_has_no_entry() {
        let chosen = background(false, &["--home", "/srv/front-desk"]);
        assert!(chosen.entry().is_none() && !chosen.stays());
        assert_eq!(chosen.switch(true), Err(refused(ErrorCode::NotPermitted)));
        assert!(background(false, &["--background"]).stays());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_path_stays_one_word() {
        assert_eq!(program("/usr/bin/sotto-desktop").as_deref(), Some("/usr/bin/sotto-desktop"));
        assert_eq!(program("/opt/our clinic/sotto-desktop").as_deref(), Some("\"/opt/our clinic/sotto-desktop\""));
        assert_eq!(program("/opt/$(reboot)/sotto-desktop"), None);
    }
}
