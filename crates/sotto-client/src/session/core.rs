//! What does an unlocked session own? The open vault, the account's keys, the directory and the line to the server.

use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use sotto_crypto::login::Login;
use sotto_crypto::{OsRandom, SealingPair, Secret32, SigningKey};
use sotto_protocol::role::Classes;
use sotto_protocol::{AccountId, DeviceId, GrantId, OrgId, ThreadId, WorkstationId};
use sotto_store::Vault;
use sotto_store::anchor::Anchor;
use sotto_store::table::identity::Identity;
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::people::People;
use crate::clock::Clock;
use crate::error::{ClientError, Result};
use crate::event::Events;
use crate::file::Transfers;
use crate::sign_ins::notice::Answers;
use crate::transport::{DeviceSigner, Http};
use crate::view::{AppEvent, Connection, DirectoryWarning, ErrorCode, FillingView, OwnRules};
use crate::workstation::Workstation;

/// Whether the newest part of every thread is here, without which a list would be half of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// Nobody has looked yet.
    Awaited,
    /// The last attempt failed; the next one is scheduled.
    Late,
    /// It is here.
    Here,
}

/// The account's keys. Each is zeroized when dropped.
pub(crate) struct Keys {
    /// Signs events, key entries and device certificates.
    pub signing: SigningKey,
    /// Opens key boxes, by generation.
    pub pairs: Vec<(u32, SealingPair)>,
    /// Opens and seals names.
    pub directory: Secret32,
    /// Signs invites and revocations, where the person is an admin or asks to become one.
    admin: Mutex<Option<(GrantId, SigningKey)>>,
    /// Whether the root's key is in the vault; it is read from there when it signs.
    pub has_root: bool,
}

impl Keys {
    fn of(who: &Identity) -> Result<Self> {
        let pair = SealingPair::from_private(who.sealing_suite, who.sealing_private.as_bytes());
        let pair = pair.map_err(|_| ClientError::new(ErrorCode::VaultCorrupt, "load the account's keys"))?;
        Ok(Self {
            signing: SigningKey::from_seed(who.signing_seed.clone()),
            pairs: vec![(who.generation, pair)],
            directory: who.directory_key.clone(),
            has_root: who.root_seed.is_some(),
            admin: Mutex::new(who.admin.as_ref().map(|(grant, seed)| (*grant, SigningKey::from_seed(seed.clone())))),
        })
    }
}

/// Everything of an unlocked session. Its last owner drops it at the lock.
pub(crate) struct Core {
    pub account: AccountId,
    pub generation: u32,
    /// What the person types to sign in elsewhere.
    pub login: Login,
    pub device: DeviceId,
    pub org: OrgId,
    /// The machine.
    pub machine: WorkstationId,
    pub keys: Keys,
    pub workstation: Workstation,
    pub anchor: Anchor,
    pub vault: Vault,
    pub http: Http,
    pub signer: DeviceSigner,
    pub clock: Arc<dyn Clock>,
    pub events: Events,
    /// Threads whose earlier entries were asked for in this session.
    pub history_asked: Mutex<HashSet<ThreadId>>,
    /// One refresh of the directory at a time.
    pub directory_gate: tokio::sync::Mutex<()>,
    /// Tells tasks and calls to let go.
    pub stop: CancellationToken,
    /// Work on blocking threads is spawned here, so that the lock waits for it.
    pub running: TaskTracker,
    /// The outbox has something new to do.
    pub outbox_wake: Notify,
    /// Files on their way, both ways.
    pub files: Transfers,
    /// There may be something to say of how far this device has come.
    pub receipt_wake: Notify,
    /// The feed is to try again now.
    pub feed_wake: Notify,
    /// Counts committed batches of the feed; the outbox waits on it for echoes and winners.
    pub commits: watch::Sender<u64>,
    /// The directory's version, for whoever waits for the next one.
    pub directory_version: watch::Sender<u64>,
    /// Threads whose epoch is to end although nobody writes; the outbox ends them.
    overdue: Mutex<BTreeSet<ThreadId>>,
    /// Whether the newest part of every thread is here.
    pub arrival: watch::Sender<Arrival>,
    /// How much of the past is here, while some is missing.
    filling: Mutex<Option<FillingView>>,
    people: RwLock<Arc<People>>,
    connection: watch::Sender<Connection>,
    rolled_back: AtomicBool,
    shut_out: watch::Sender<Option<ErrorCode>>,
    /// What the person said of their later devices.
    pub answers: Mutex<Answers>,
    /// What the person set for themselves.
    pub own_rules: Mutex<OwnRules>,
    pub(super) directory_warning: Mutex<Option<DirectoryWarning>>,
}

impl Core {
    /// The grant that the person has or asks for, and the key it is for.
    pub fn admin(&self) -> Option<(GrantId, SigningKey)> {
        self.keys.admin.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes a new admin key in, which counts once it is granted.
    pub fn set_admin(&self, admin: (GrantId, SigningKey)) {
        *self.keys.admin.lock().unwrap_or_else(PoisonError::into_inner) = Some(admin);
    }

    /// What a session owns from the moment that its vault is open; the rest begins empty.
    ///
    /// # Errors
    /// `vault_corrupt` if the account's keys in the vault do not hold, and those of the keyring.
    pub fn new(
        who: &Identity,
        workstation: &Workstation,
        vault: Vault,
        anchor: Anchor,
        http: Http,
        people: People,
        rolled_back: bool,
    ) -> Result<Self> {
        Ok(Self {
            account: who.account,
            generation: who.generation,
            login: who.login.clone(),
            device: who.device,
            org: who.org,
            machine: who.workstation,
            keys: Keys::of(who)?,
            workstation: workstation.clone(),
            anchor,
            vault,
            http,
            signer: workstation.signer(who.account)?,
            clock: workstation.clock(),
            events: Events::default(),
            history_asked: Mutex::default(),
            directory_gate: tokio::sync::Mutex::default(),
            stop: CancellationToken::new(),
            running: TaskTracker::new(),
            outbox_wake: Notify::new(),
            files: Transfers::default(),
            receipt_wake: Notify::new(),
            feed_wake: Notify::new(),
            commits: watch::Sender::new(0),
            directory_version: watch::Sender::new(people.directory.head().0),
            overdue: Mutex::default(),
            arrival: watch::Sender::new(Arrival::Awaited),
            filling: Mutex::new(None),
            people: RwLock::new(Arc::new(people)),
            connection: watch::Sender::new(Connection::Connecting),
            rolled_back: AtomicBool::new(rolled_back),
            shut_out: watch::Sender::new(None),
            answers: Mutex::default(),
            own_rules: Mutex::default(),
            directory_warning: Mutex::default(),
        })
    }

    /// The directory as of now; a newer one does not change what the caller holds.
    pub fn people(&self) -> Arc<People> {
        Arc::clone(&self.people.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The classes of threads that the person may be in now: of others nothing is listed, found, counted, opened or read.
    pub fn classes(&self) -> Classes {
        self.people().directory.classes_of(&self.account)
    }

    /// Takes a newer directory over.
    pub fn set_people(&self, people: People) {
        let version = people.directory.head().0;
        *self.people.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(people);
        self.directory_version.send_replace(version);
    }

    /// Threads whose epoch is to end although nobody writes.
    pub fn overdue(&self) -> MutexGuard<'_, BTreeSet<ThreadId>> {
        self.overdue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How much of the past is here, while some is missing.
    pub fn filling(&self) -> Option<FillingView> {
        *self.filling.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes it, and gives what was noted before.
    pub fn set_filling(&self, filling: Option<FillingView>) -> Option<FillingView> {
        std::mem::replace(&mut *self.filling.lock().unwrap_or_else(PoisonError::into_inner), filling)
    }

    /// Whether the server can be heard.
    pub fn connection(&self) -> Connection {
        *self.connection.borrow()
    }

    /// What the connection is from now on.
    pub fn watch_connection(&self) -> watch::Receiver<Connection> {
        self.connection.subscribe()
    }

    /// Tells it, once a change.
    pub fn set_connection(&self, connection: Connection) {
        if self.connection.send_replace(connection) != connection {
            self.workstation.note_connection(connection);
            self.events.send(AppEvent::Connection { connection });
        }
    }

    /// Whether the vault is an older copy that has not caught up.
    pub fn is_rolled_back(&self) -> bool {
        self.rolled_back.load(Ordering::Acquire)
    }

    /// Whether anything may be queued: an older copy of the vault would repeat what it has forgotten.
    ///
    /// # Errors
    /// `vault_rolled_back` until it has caught up once.
    pub fn check_may_send(&self) -> Result<()> {
        if self.is_rolled_back() { Err(ClientError::new(ErrorCode::VaultRolledBack, "send")) } else { Ok(()) }
    }

    /// Why the server takes nothing from this device any more, once it does not.
    pub fn watch_shut_out(&self) -> watch::Receiver<Option<ErrorCode>> {
        self.shut_out.subscribe()
    }

    /// The server shut this device, the account or the machine out: that is noted for the locked screen, and the session ends.
    pub fn set_shut_out(&self, code: ErrorCode) {
        tracing::warn!(%code, "the server shut this device out");
        if let Err(error) = self.workstation.note_shut_out(self.account, code) {
            tracing::warn!(%error, "the locked screen will not say why");
        }
        self.shut_out.send_replace(Some(code));
    }

    /// How the server was caught lying about who is who, if it was.
    pub fn directory_warning(&self) -> Option<DirectoryWarning> {
        *self.directory_warning.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The vault has caught up.
    pub fn clear_rolled_back(&self) {
        self.rolled_back.store(false, Ordering::Release);
    }

    /// Runs a task of the session until it ends or the session does.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        self.running.spawn(async move {
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                () = task => {}
            }
        });
    }

    /// Runs work that computes for long on a thread that may block; the lock waits for it.
    ///
    /// # Errors
    /// `internal` if it panicked.
    pub async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let done = self.running.spawn_blocking(work).await;
        done.map_err(|_| ClientError::new(ErrorCode::Internal, "compute"))
    }

    /// A fresh id's bytes.
    pub fn make_id<T>(from: impl FnOnce([u8; 16]) -> T) -> T {
        from(sotto_crypto::random::make_bytes(&mut OsRandom::new()))
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Core({})", self.account)
    }
}
