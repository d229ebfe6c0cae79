//! What does the shell hold? The workstation, the door to its one session, and the clock.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sotto_client::clock::Clock;
use sotto_client::view::{Connection, ErrorCode, ErrorView, Language, WorkstationView};
use sotto_client::{KeyringChoice, Options, Session, Workstation};
use tauri::{AppHandle, Manager as _};
use tokio::sync::OnceCell;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::spawn_blocking;

use crate::background::{self, Background};
use crate::door::{Attempt, Door, Ending, Opened};
use crate::events;
use crate::os::screen_lock_setting;
use crate::presence::Presence;

/// The shell's state, one per process.
pub(crate) struct Desk {
    home: PathBuf,
    options: Options,
    workstation: OnceCell<Workstation>,
    door: Mutex<Door<Session>>,
    /// Somebody asked for the tiles: the lock window names nobody until the next lock.
    switching: AtomicBool,
    /// Whether a task asks for the server while nobody is signed in.
    reaching: AtomicBool,
    /// How the app is started with the system.
    background: Background,
    /// What the page says about the person.
    pub presence: Presence,
    /// The clock that the core uses too.
    pub clock: Arc<dyn Clock>,
}

/// A failure that has only a code.
pub(crate) const fn refused(code: ErrorCode) -> ErrorView {
    ErrorView { code, retry_after_seconds: None }
}

/// Locks a session; when this returns its files are closed and its keys zeroized, as far as [`Session::lock`] says.
pub(crate) async fn close(session: &Session) {
    if let Err(error) = session.lock().await {
        tracing::warn!(%error, "locked, but not all of what the lock screen shows was kept");
    }
}

/// Where the windows keep what the system keeps of them.
pub(crate) const WEBVIEW: &str = "webview";

/// Does what IT tells this machine, for as long as the app runs and whoever is signed in; also after it was wiped and let in again.
fn hear_control(workstation: Workstation) {
    tauri::async_runtime::spawn(async move {
        let mut changes = workstation.events();
        loop {
            let code = workstation.serve_control().await;
            tracing::info!(%code, "this machine hears no more commands");
            if matches!(changes.recv().await, Err(RecvError::Closed)) {
                return;
            }
        }
    });
}

impl Desk {
    /// The desk of the workstation in `home`, locked.
    pub fn new(home: PathBuf, insecure_keyring_file: bool, background: Background) -> Self {
        let keyring = if insecure_keyring_file { KeyringChoice::InsecureFile } else { KeyringChoice::Os };
        let options = Options { wiped_too: vec![home.join(WEBVIEW)], screen_lock: screen_lock_setting::read, ..Options::new(keyring) };
        Self {
            home,
            clock: Arc::clone(&options.clock),
            options,
            workstation: OnceCell::new(),
            door: Mutex::new(Door::Locked),
            switching: AtomicBool::new(false),
            reaching: AtomicBool::new(false),
            background,
            presence: Presence::default(),
        }
    }

    /// How the app is started with the system.
    pub const fn background(&self) -> &Background {
        &self.background
    }

    /// Where the workstation's files are.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The workstation. Opened at the first call; where that fails (no keyring, in use) the next call tries again.
    pub async fn workstation(&self, app: &AppHandle) -> Result<&Workstation, ErrorView> {
        self.workstation
            .get_or_try_init(|| async {
                let (home, options) = (self.home.clone(), self.options.clone());
                let opened = spawn_blocking(move || Workstation::open(&home, options)).await;
                let workstation = opened.map_err(|_| refused(ErrorCode::Internal))??;
                events::forward_workstation(app, &workstation);
                background::keep(app, &workstation);
                hear_control(workstation.clone());
                Ok(workstation)
            })
            .await
    }

    /// What the lock window may know; whose session is locked only until somebody asked for the tiles.
    pub async fn view(&self, app: &AppHandle) -> Result<WorkstationView, ErrorView> {
        let workstation = self.workstation(app).await?.clone();
        // It asks the keyring, which may take a moment.
        let view = spawn_blocking(move || workstation.view()).await.map_err(|_| refused(ErrorCode::Internal))?;
        if view.enrolled && view.connection == Connection::Offline {
            self.reach_server(app, self.workstation(app).await?.clone());
        }
        let locked = if self.switching.load(Ordering::Acquire) { None } else { view.locked };
        Ok(WorkstationView { locked, ..view })
    }

    /// Lets one task ask until the server answers; the page is told then.
    fn reach_server(&self, app: &AppHandle, workstation: Workstation) {
        if self.reaching.swap(true, Ordering::AcqRel) {
            return;
        }
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            workstation.reach_server().await;
            app.state::<Self>().reaching.store(false, Ordering::Release);
        });
    }

    /// Whether the lock window shows everybody's tiles instead of whose session is locked.
    pub fn set_switching(&self, switching: bool) {
        self.switching.store(switching, Ordering::Release);
    }

    /// The last person's language; English before anybody was here.
    pub async fn language(&self, app: &AppHandle) -> Language {
        self.view(app).await.map_or(Language::En, |view| view.language)
    }

    /// The session, or `locked`.
    pub fn session(&self) -> Result<Session, ErrorView> {
        self.door().session().map_err(refused)
    }

    /// The session to save what a person had begun: also during the first moments of a lock. Otherwise `locked`.
    pub fn session_to_save(&self) -> Result<Session, ErrorView> {
        self.door().session_to_save().map_err(refused)
    }

    /// See [`Door::begin_opening`]. Who had come in and left without entering is locked when this returns.
    pub async fn begin_opening(&self) -> Result<Attempt, ErrorView> {
        let (attempt, left) = self.door().begin_opening().map_err(refused)?;
        if let Some(left) = left {
            close(&left).await;
        }
        Ok(attempt)
    }

    /// See [`Door::give_up`].
    pub fn give_up(&self, attempt: &Attempt) {
        self.door().give_up(attempt);
    }

    /// See [`Door::open`].
    pub fn open(&self, attempt: &Attempt, session: Session) -> Opened<Session> {
        self.door().open(attempt, session)
    }

    /// See [`Door::wait`].
    pub fn wait(&self, attempt: &Attempt, session: Session) -> Opened<Session> {
        self.door().wait(attempt, session)
    }

    /// See [`Door::enter`]. A session that the core has ended meanwhile does not wait any more.
    pub fn enter(&self) -> Result<Session, ErrorView> {
        let mut door = self.door();
        match door.enter() {
            Ok(session) if !session.is_locked() => {
                self.presence.touch();
                Ok(session)
            }
            Ok(_) => {
                *door = Door::Locked;
                Err(refused(ErrorCode::Locked))
            }
            Err(code) => Err(refused(code)),
        }
    }

    /// See [`Door::begin_closing`].
    pub fn begin_closing(&self) -> Ending<Session> {
        self.door().begin_closing()
    }

    /// Lets go of enrolments that wait for a code; they can be begun again.
    pub async fn close_unfinished(&self) {
        if let Some(workstation) = self.workstation.get() {
            workstation.close_unfinished().await;
        }
    }

    /// Whether the session being served was ended by the core.
    pub fn is_ended(&self) -> bool {
        self.door().session().is_ok_and(|session| session.is_locked())
    }

    /// See [`Door::close`].
    pub fn finish_closing(&self) {
        self.door().close();
        self.presence.clear();
    }

    /// Closes whatever is open, for the end of the process.
    pub async fn close(&self) {
        match self.begin_closing() {
            Ending::Unlocked(session) | Ending::Waiting(session) => {
                self.finish_closing();
                close(&session).await;
            }
            Ending::Nothing => {}
        }
        self.close_unfinished().await;
    }

    fn door(&self) -> MutexGuard<'_, Door<Session>> {
        self.door.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
