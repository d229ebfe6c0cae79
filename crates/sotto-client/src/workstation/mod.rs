//! What is a workstation? A machine that was let in, pinned to one server and one organisation, with its people's vaults; usable while
//! everybody is locked.

mod account;
mod blank;
mod check_invite;
pub(crate) mod credential;
pub(crate) mod enrol;
mod enrol_workstation;
mod first_request;
mod found_org;
mod keys;
pub(crate) mod machine;
mod make_account;
pub(crate) mod new_password;
mod note;
mod open;
mod pending;
mod pin;
mod reach;
mod recover;
pub(crate) mod roam;
pub(crate) mod root_sheets;
mod share;
pub(crate) mod sign_in;
pub(crate) mod unlock_key;

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use sotto_crypto::vault_key::KdfParams;
use sotto_protocol::AccountId;
use sotto_store::home::KeyringItem;
use sotto_store::wipe::Target;
use sotto_store::{Home, Keyring, ProcessLock, WorkstationFile, wipe};
use tokio::sync::broadcast;

pub use self::enrol::Enrolled;
pub use self::found_org::{FoundOrg, IDLE_LOCK_S, LEASE_MAX_S, LEASE_PRIVATE_S, LEASE_SHARED_S};
pub use self::open::{KeyringChoice, Options};
pub use self::root_sheets::RootSheets;
use crate::clock::Clock;
use crate::control::ControlState;
use crate::control::wipe::{Order, Wiping};
use crate::error::{ClientError, Result};
use crate::managed::ManagedState;
use crate::session::{Session, WeakSession};
use crate::view::{AppEvent, Connection, ErrorCode, Language, LockedView, Theme, TileView, WorkstationView, derive_initials};

/// A workstation. Clones are the same one; its folder is closed to other processes until the last is dropped.
#[derive(Clone)]
pub struct Workstation {
    shared: Arc<Shared>,
}

struct Shared {
    home: Home,
    _lock: ProcessLock,
    keyring: Keyring,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
    /// Enrolments that wait for a code of the second factor.
    enrolling: tokio::sync::Mutex<enrol::Enrolling>,
    counted: AtomicU64,
    recovery_cost: KdfParams,
    receipt_gather: std::time::Duration,
    wiped_too: Vec<PathBuf>,
    events: broadcast::Sender<AppEvent>,
    /// Sessions that were begun here; those that are locked or gone are forgotten at the next one.
    sessions: Mutex<Vec<WeakSession>>,
    control: ControlState,
    managed: ManagedState,
    screen_lock: fn() -> Option<bool>,
}

#[derive(Default)]
struct State {
    file: Option<WorkstationFile>,
    /// What is known of the locked session beyond the file: how much waits.
    locked: Option<LockedView>,
    connection: Option<Connection>,
    /// When this machine was wiped, if it was and was not let in again; milliseconds since 1970.
    wiped: Option<u64>,
}

impl fmt::Debug for Workstation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Workstation({})", self.shared.home.path().display())
    }
}

impl Workstation {
    /// What anybody in front of it may know.
    #[must_use]
    pub fn view(&self) -> WorkstationView {
        let managed = &self.shared.managed;
        let state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = &state.file else { return blank::view(self.shared.keyring.is_insecure(), state.wiped, managed) };
        WorkstationView {
            enrolled: true,
            wiped_at: None,
            name: file.name.clone(),
            organisation: file.organisation.clone(),
            people: file.tiles.iter().map(|tile| self.tile(tile)).collect(),
            locked: state.locked.clone(),
            connection: state.connection.unwrap_or(Connection::Offline),
            lease_until: state.locked.as_ref().and_then(|locked| self.lease_until(locked.account)),
            help: managed.help().unwrap_or_else(|| file.help.clone()),
            managed_fault: managed.fault(),
            insecure_keyring: self.shared.keyring.is_insecure(),
            language: parse_word(file.language.as_deref()).or(managed.language()).unwrap_or(Language::En),
            theme: parse_word(file.theme.as_deref()).unwrap_or(Theme::System),
        }
    }

    /// Who signed in last, if they are still here.
    #[must_use]
    pub fn last_person(&self) -> Option<AccountId> {
        self.file().and_then(|file| file.last_account)
    }

    /// Tells of changes of the workstation itself, also while it is locked.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<AppEvent> {
        self.shared.events.subscribe()
    }

    /// The open sessions of a person, or all of them.
    pub(crate) fn open_sessions(&self, account: Option<AccountId>) -> Vec<Session> {
        let sessions = self.shared.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = sessions.iter().filter(|session| account.is_none_or(|account| account == session.account()));
        asked.filter_map(WeakSession::open).collect()
    }

    fn note_session(&self, session: WeakSession) {
        let mut sessions = self.shared.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|session| session.open().is_some());
        sessions.push(session);
    }

    /// Whether the machine was let in.
    #[must_use]
    pub fn is_enrolled(&self) -> bool {
        self.with_state(|state| state.file.is_some())
    }

    /// Whether this machine was wiped and not let in again.
    pub(crate) fn is_wiped(&self) -> bool {
        self.with_state(|state| state.file.is_none() && state.wiped.is_some())
    }

    /// Destroys a person's vault here, or everything. Its sessions are closed before. Goes on to its end even if the caller stops waiting.
    ///
    /// # Errors
    /// Those of disk and keyring; what was begun is gone on with at the next start.
    pub(crate) async fn wipe(&self, target: Target, order: Order) -> Result<()> {
        let this = self.clone();
        let wiped = tokio::task::spawn_blocking(move || {
            let shared = &this.shared;
            let (home, keyring, clock) = (&shared.home, &shared.keyring, shared.clock.as_ref());
            Wiping { home, keyring, clock, extra: &shared.wiped_too }.wipe(target, &order)
        });
        wiped.await.map_err(|_| ClientError::new(ErrorCode::Internal, "wipe"))??;
        let file = WorkstationFile::load(&self.shared.home)?;
        let wiped = wipe::load_wiped(&self.shared.home)?.map(|wiped| wiped.begun_at_ms);
        self.with_state(|state| {
            let gone = |locked: &LockedView| target == Target::Workstation || target == Target::Account(locked.account);
            state.locked = state.locked.take().filter(|locked| !gone(locked));
            (state.file, state.wiped) = (file, wiped);
        });
        self.tell_changed();
        Ok(())
    }

    /// The people who have a vault here.
    pub(crate) fn accounts(&self) -> Vec<AccountId> {
        let file = self.file();
        let tiles = file.iter().flat_map(|file| &file.tiles);
        tiles.map(|tile| tile.account).filter(|account| self.has_vault(*account)).collect()
    }

    /// Lets the cached share open the vault for so many seconds from now on at most; one that ends before stays as it is.
    pub(crate) fn shorten_lease(&self, account: AccountId, lease_s: u32) -> Result<()> {
        share::shorten(&self.shared.keyring, &self.name_of(account, KeyringItem::Share), self.shared.clock.wall_ms(), lease_s)
    }

    /// Forgets the server's share: the vault opens with the server only.
    pub(crate) fn forget_share(&self, account: AccountId) -> Result<()> {
        Ok(self.shared.keyring.delete(&self.name_of(account, KeyringItem::Share))?)
    }

    /// Tells whoever shows the machine that something changed.
    pub(crate) fn tell_changed(&self) {
        let _ = self.shared.events.send(AppEvent::WorkstationChanged);
    }

    /// Where its files lie.
    pub(crate) fn home(&self) -> &Home {
        &self.shared.home
    }

    /// Where its secrets lie.
    pub(crate) fn keyring(&self) -> &Keyring {
        &self.shared.keyring
    }

    /// What the control connection has heard.
    pub(crate) fn control(&self) -> &ControlState {
        &self.shared.control
    }

    /// What finds whether the system locks its screen by itself.
    pub(crate) fn screen_lock(&self) -> fn() -> Option<bool> {
        self.shared.screen_lock
    }

    /// What time it is.
    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.shared.clock)
    }

    /// Where the server is and who certifies it.
    pub(crate) fn server(&self) -> Result<(String, Vec<u8>)> {
        let file = self.enrolled_file()?;
        Ok((file.server, file.ca_der.0))
    }

    fn tile(&self, tile: &sotto_store::workstation_file::Tile) -> TileView {
        TileView {
            account: tile.account,
            name: tile.name.clone(),
            title: tile.title.clone(),
            initials: derive_initials(&tile.name),
            has_vault: self.has_vault(tile.account),
            pin_tries_left: self.pin_tries_left(tile.account),
            second_factor_needed: self.is_second_factor_due(tile.account),
            shut_out: tile.shut_out,
        }
    }

    pub(crate) fn lease_until(&self, account: AccountId) -> Option<u64> {
        share::load_cached(&self.shared.keyring, &self.name_of(account, KeyringItem::Share)).ok().flatten().map(|cached| cached.until)
    }

    fn file(&self) -> Option<WorkstationFile> {
        self.with_state(|state| state.file.clone())
    }

    /// How slow a recovery code is made here.
    pub(crate) fn recovery_cost(&self) -> KdfParams {
        self.shared.recovery_cost
    }

    /// A number that this workstation has not given before.
    fn next_number(&self) -> u64 {
        self.shared.counted.fetch_add(1, Ordering::Relaxed)
    }

    fn has_tile(&self, account: AccountId) -> bool {
        self.file().is_some_and(|file| file.tiles.iter().any(|tile| tile.account == account))
    }

    /// The file of a machine that was let in; of one that was wiped since, `wiped`.
    fn enrolled_file(&self) -> Result<WorkstationFile> {
        let code = if self.is_wiped() { ErrorCode::Wiped } else { ErrorCode::NotEnrolled };
        self.file().ok_or(ClientError::new(code, "find the workstation's server"))
    }

    /// Changes the file on disk first, then in memory. A workstation without one stays without.
    fn change_file(&self, change: impl FnOnce(&mut WorkstationFile)) -> Result<()> {
        let Some(mut file) = self.file() else { return Ok(()) };
        change(&mut file);
        self.set_file(file)
    }

    fn set_file(&self, file: WorkstationFile) -> Result<()> {
        file.store(&self.shared.home)?;
        self.with_state(|state| state.file = Some(file));
        let _ = self.shared.events.send(AppEvent::WorkstationChanged);
        Ok(())
    }

    fn with_state<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.shared.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn name_of(&self, account: AccountId, item: KeyringItem) -> String {
        self.shared.home.keyring_name(account, item)
    }
}

/// A value whose JSON is one word, from that word.
fn parse_word<T: serde::de::DeserializeOwned>(word: Option<&str>) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word?.to_owned())).ok()
}
