//! How is a workstation's folder opened? Locked against other processes, its keyring tried out, its file read; no secret is touched.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sotto_crypto::recovery;
use sotto_crypto::vault_key::KdfParams;
use sotto_store::{Home, Keyring, WorkstationFile, wipe};
use tokio::sync::broadcast;

use super::{Shared, State, Workstation};
use crate::clock::{Clock, SystemClock};
use crate::control::wipe::Wiping;
use crate::error::{Attempt as _, Result};
use crate::managed::ManagedState;
use crate::receipt::say::GATHER;
use crate::view::LockedView;

/// Where the workstation's secrets lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyringChoice {
    /// The operating system's keyring.
    Os,
    /// A plain file in the home: for machines without a keyring and for tests. Whoever copies the folder has the secrets.
    InsecureFile,
}

/// What a workstation is opened with.
#[derive(Clone)]
pub struct Options {
    /// Where the secrets lie.
    pub keyring: KeyringChoice,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// How slow a recovery code is made. Whoever makes the box says it; every reader takes what is allowed.
    pub recovery_cost: KdfParams,
    /// How long what a session has to say of how far it has come is gathered into one receipt.
    pub receipt_gather: Duration,
    /// What others keep of the people here and a wipe of the workstation deletes: the window's data, logs. Absolute paths.
    pub wiped_too: Vec<PathBuf>,
    /// A file to read in place of what the system has of this machine's management: for tests. No program has a switch for it.
    pub managed: Option<PathBuf>,
    /// Whether the system locks its screen by itself after a time without input; `None` where it does not tell. It is the desktop's to
    /// know, so whoever has none tells nothing. Asked for every report of the machine, on a thread that may block.
    pub screen_lock: fn() -> Option<bool>,
}

impl Options {
    /// The machine's clock and this keyring.
    #[must_use]
    pub fn new(keyring: KeyringChoice) -> Self {
        // Ten codes a login: a build that nobody ships does not wait for them.
        let recovery_cost = if cfg!(debug_assertions) { KdfParams::FLOOR } else { recovery::STRETCH };
        Self {
            keyring,
            clock: Arc::new(SystemClock),
            recovery_cost,
            receipt_gather: GATHER,
            wiped_too: Vec::new(),
            managed: None,
            screen_lock: || None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("keyring", &self.keyring).finish_non_exhaustive()
    }
}

impl Workstation {
    /// Opens the folder, making it if needed.
    ///
    /// # Errors
    /// `vault_in_use` while another process has it open; `keyring_missing`, `keyring_locked`; `vault_corrupt` for a damaged file.
    pub fn open(home: &Path, options: Options) -> Result<Self> {
        let home = Home::open(home).attempting("open the workstation's folder")?;
        let lock = home.lock().attempting("lock the workstation's folder")?;
        let keyring = match options.keyring {
            KeyringChoice::Os => Keyring::os(),
            KeyringChoice::InsecureFile => Keyring::insecure_file(home.path()),
        };
        let keyring = keyring.attempting("open the keyring")?;
        // Before anything else is opened: what was to be destroyed and is not.
        let extra = &options.wiped_too;
        Wiping { home: &home, keyring: &keyring, clock: options.clock.as_ref(), extra }.resume()?;
        let wiped = wipe::load_wiped(&home).attempting("read whether this was wiped")?.map(|wiped| wiped.begun_at_ms);
        let file = WorkstationFile::load(&home).attempting("read the workstation's file")?;
        let locked = file.as_ref().and_then(|file| file.locked).map(|locked| LockedView {
            account: locked.account,
            since: locked.since,
            draft_kept: locked.draft_kept,
            // What waits is not written to a disk that anybody may read.
            waiting: 0,
            stat: 0,
        });
        let state = Mutex::new(State { file, locked, connection: None, wiped });
        let shared = Shared {
            home,
            _lock: lock,
            keyring,
            clock: options.clock,
            state,
            enrolling: Default::default(),
            counted: Default::default(),
            recovery_cost: options.recovery_cost,
            receipt_gather: options.receipt_gather,
            wiped_too: options.wiped_too,
            events: broadcast::Sender::new(64),
            sessions: Mutex::default(),
            control: Default::default(),
            managed: ManagedState::load(options.managed.as_deref()),
            screen_lock: options.screen_lock,
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// How long receipts are gathered here.
    pub(crate) fn receipt_gather(&self) -> Duration {
        self.shared.receipt_gather
    }
}
