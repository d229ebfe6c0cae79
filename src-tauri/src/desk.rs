//! What does the shell hold? The workstation, the door to its one session, and the clock.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sotto_client::clock::{Clock, SystemClock};
use sotto_client::session::Session;
use sotto_client::view::{ErrorCode, ErrorView, Language};
use sotto_client::workstation::{KeyringChoice, Options, Workstation};
use tokio::sync::OnceCell;

use crate::door::{Attempt, Door, Opened};
use crate::presence::Presence;

/// The shell's state, one per process.
pub(crate) struct Desk {
    home: PathBuf,
    options: Options,
    workstation: OnceCell<Workstation>,
    door: Mutex<Door<Session>>,
    /// What the page says about the person.
    pub presence: Presence,
    /// The clock that the core uses too.
    pub clock: Arc<dyn Clock>,
}

/// A failure that has only a code.
pub(crate) const fn refused(code: ErrorCode) -> ErrorView {
    ErrorView { code, retry_after_seconds: None }
}

impl Desk {
    /// The desk of the workstation in `home`, locked.
    pub fn new(home: PathBuf, insecure_keyring_file: bool) -> Self {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let keyring = if insecure_keyring_file { KeyringChoice::InsecureFile } else { KeyringChoice::Os };
        Self {
            home,
            options: Options { keyring, clock: Arc::clone(&clock) },
            workstation: OnceCell::new(),
            door: Mutex::new(Door::Locked),
            presence: Presence::default(),
            clock,
        }
    }

    /// Where the workstation's files are.
    pub fn home(&self) -> &std::path::Path {
        &self.home
    }

    /// The workstation. Opened at the first call; where that fails (no keyring, in use) the next call tries again.
    pub async fn workstation(&self) -> Result<&Workstation, ErrorView> {
        self.workstation.get_or_try_init(|| async { Ok(Workstation::open(&self.home, self.options.clone()).await?) }).await
    }

    /// The last person's language; English before anybody was here.
    pub async fn language(&self) -> Language {
        match self.workstation.get() {
            Some(workstation) => workstation.view().language,
            None => Language::En,
        }
    }

    /// The session, or `locked`.
    pub fn session(&self) -> Result<Session, ErrorView> {
        self.door().session().map_err(refused)
    }

    /// The session to save what a person had begun: also during the first moments of a lock. Otherwise `locked`.
    pub fn session_to_save(&self) -> Result<Session, ErrorView> {
        self.door().session_to_save().map_err(refused)
    }

    /// See [`Door::begin_opening`].
    pub fn begin_opening(&self) -> Result<Attempt, ErrorView> {
        self.door().begin_opening().map_err(refused)
    }

    /// See [`Door::give_up`].
    pub fn give_up(&self, attempt: &Attempt) {
        self.door().give_up(attempt);
    }

    /// See [`Door::open`].
    pub fn open(&self, attempt: &Attempt, session: Session) -> Opened<Session> {
        self.door().open(attempt, session)
    }

    /// See [`Door::begin_closing`].
    pub fn begin_closing(&self) -> Option<Session> {
        self.door().begin_closing()
    }

    /// See [`Door::close`].
    pub fn finish_closing(&self) {
        self.door().close();
        self.presence.clear();
    }

    /// Closes whatever is open, for the end of the process.
    pub async fn close(&self) {
        if let Some(session) = self.begin_closing() {
            self.finish_closing();
            session.lock().await;
        }
    }

    fn door(&self) -> MutexGuard<'_, Door<Session>> {
        self.door.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
