//! What the server asks of a database: the seam that an embedded and, later, a clustered backend stand behind.
//!
//! # For whoever implements another backend (PostgreSQL)
//! - [`Store::append`] is one transaction. Lock the organisation's counter row first (`SELECT … FOR UPDATE`) and hold it until commit:
//!   then no entry with a smaller position can appear after a larger one. A plain sequence commits out of order and would be skipped.
//! - The decisions are not yours: load a [`ThreadState`], ask [`order::Ordering`], store what it says. Every backend refuses alike.
//! - The throttle's decisions are not yours either: load the counts, ask [`throttle::count`], store what it says, in one transaction.
//! - A batch arrives from one task of one node, already grouped. With several nodes, announce `(thread, position)` once per batch after
//!   commit; each node reads what it was told of and delivers it. Statements of other nodes are folded before the next batch is checked.
//! - The suite in `conformance` (behind the feature of that name) must pass.

pub mod backlog;
#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
pub mod file;
pub mod fleet;
pub mod order;
pub mod sign_in;
pub mod throttle;

use std::future::Future;
use std::sync::Arc;

use bytes::Bytes;
use sotto_protocol::entry::{Alert, EntryKind, Stamp, ThreadClass};
use sotto_protocol::key::{Hash, VerifyKey};
use sotto_protocol::role::Classes;
use sotto_protocol::{AccountId, DeviceId, EntryId, ErrorCode, ThreadId, WorkstationId};
use zeroize::Zeroizing;

use backlog::Backlog;

/// Why the database did not do what it was asked; nothing of the transaction happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no room; the same call may succeed later.
    #[error("the database's disk is full")]
    DiskFull,
    /// Somebody else wrote first: the expected version is not the present one.
    #[error("the directory has another version than expected")]
    VersionConflict,
    /// The store is closed or closing.
    #[error("the database is closed")]
    Closed,
    /// The database failed; the cause went to the log.
    #[error("the database failed")]
    Broken,
}

impl StoreError {
    /// The code that says it to others.
    #[must_use]
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::DiskFull => ErrorCode::DiskFull,
            Self::VersionConflict | Self::Closed => ErrorCode::ServerBusy,
            Self::Broken => ErrorCode::ServerError,
        }
    }
}

/// Why an entry is not appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// What the author may branch on.
    pub code: ErrorCode,
    /// The thread's epoch now; 0 where the author may not know it.
    pub epoch: u64,
}

impl Refusal {
    /// A refusal that says nothing about the thread.
    #[must_use]
    pub const fn silent(code: ErrorCode) -> Self {
        Self { code, epoch: 0 }
    }
}

/// An entry to append. Whatever needs no database was checked before; what that found is in `blocked` and `fault`.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Which request of the batch it came in: after a refusal, later entries of the same request and thread are refused too.
    pub request: u32,
    /// The thread.
    pub thread: ThreadId,
    /// The key of idempotency within the thread.
    pub entry: EntryId,
    /// Key or event.
    pub kind: EntryKind,
    /// How loudly it makes itself known; `Alert::None` says what a thread is.
    pub alert: Alert,
    /// The epoch it starts or is sealed in.
    pub epoch: u64,
    /// Who wrote it.
    pub author: AccountId,
    /// The encoded `SealedEntry`; what is stored and hashed.
    pub bytes: Bytes,
    /// The classes of threads that the author's role opens.
    pub classes: Classes,
    /// What a key entry changes; present on key entries only.
    pub key: Option<NewEpoch>,
    /// Refuses the entry unless the same bytes are stored already.
    pub blocked: Option<Refusal>,
    /// Refuses the entry after membership and epoch were found right.
    pub fault: Option<ErrorCode>,
}

/// For whom the log is read, and as much of it as their role opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    /// The account.
    pub account: AccountId,
    /// The classes of threads it may be in now; of others it sees nothing.
    pub classes: Classes,
}

/// What a key entry changes.
#[derive(Debug, Clone)]
pub struct NewEpoch {
    /// The thread's class; must not change.
    pub class: ThreadClass,
    /// The members from this entry on, sorted.
    pub members: Arc<[AccountId]>,
    /// Each member's encoded box, in the order of `members`.
    pub boxes: Vec<Bytes>,
}

/// What became of one entry of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Committed by this batch.
    Stored {
        /// What the server added.
        stamp: Stamp,
        /// The thread's class.
        class: ThreadClass,
        /// Whoever sees it in their feed: the epoch's members, and whom a key entry removes.
        readers: Arc<[AccountId]>,
    },
    /// The same bytes were committed before.
    Repeat(Stamp),
    /// Not appended.
    Refused(Refusal),
}

/// What the next entry of a thread depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadState {
    /// The backend's short name of the thread.
    pub row: i64,
    /// The class.
    pub class: ThreadClass,
    /// The current epoch.
    pub epoch: u64,
    /// The last entry's seq.
    pub seq: u64,
    /// The last entry's position.
    pub position: u64,
    /// The last entry's time.
    pub received_at: u64,
    /// The chain hash at the last entry.
    pub chain: Hash,
    /// The current members, sorted.
    pub members: Arc<[AccountId]>,
}

/// An entry as it is read back for one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// What the server added.
    pub stamp: Stamp,
    /// The encoded `SealedEntry`.
    pub bytes: Vec<u8>,
    /// Of a key entry the reader's own box, if there is one.
    pub key_box: Option<Vec<u8>>,
}

/// How much one page holds at most; a page holds at least one entry if there is one.
#[derive(Debug, Clone, Copy)]
pub struct PageLimit {
    /// Entries.
    pub entries: usize,
    /// Bytes of entries.
    pub bytes: usize,
}

/// The organisation as it was founded, with everything asserted since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOrg {
    /// The root key given at the founding.
    pub root: VerifyKey,
    /// The encoded `Signed` statements in the order of their acceptance.
    pub statements: Vec<Vec<u8>>,
}

/// A device's share, 32 bytes; leaves no copy behind.
pub type Share = Zeroizing<[u8; 32]>;

/// Statements to add, and what they do to shares and logins, in one transaction.
#[derive(Debug, Clone, Default)]
pub struct DirectoryChange {
    /// How many statements there must be before; else [`StoreError::VersionConflict`].
    pub expected: u64,
    /// Encoded `Signed` statements.
    pub statements: Vec<Vec<u8>>,
    /// Shares of new devices.
    pub made: Vec<(DeviceId, Share)>,
    /// Devices whose shares are destroyed.
    pub destroyed: Vec<DeviceId>,
    /// Accounts whose logins are destroyed.
    pub closed: Vec<AccountId>,
}

/// A database of one organisation. Dropping a returned future does not undo the work: it runs to its end.
pub trait Store: sign_in::SignInStore + fleet::FleetStore + file::FileStore {
    /// The organisation, or `None` before the founding. Called once, at start: its cost is that of the directory, never of the log.
    fn load_org(&self) -> impl Future<Output = Result<Option<StoredOrg>, StoreError>> + Send;

    /// Founds the organisation. [`StoreError::VersionConflict`] if there is one.
    fn store_org(&self, root: VerifyKey, statements: Vec<Vec<u8>>) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Adds statements and changes shares and logins, all or nothing.
    fn store_change(&self, change: DirectoryChange) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// At most `limit` encoded statements after the first `after` ones, fewer if they are large, one at least if there is one.
    fn load_statements(&self, after: u64, limit: PageLimit) -> impl Future<Output = Result<Vec<Vec<u8>>, StoreError>> + Send;

    /// A device's share, `None` if it has none or it was destroyed.
    fn load_share(&self, device: DeviceId) -> impl Future<Output = Result<Option<Share>, StoreError>> + Send;

    /// Appends a batch in its order, in one durable transaction, at server time `now` (milliseconds since 1970).
    /// One verdict an entry. After an error nothing of the batch is stored.
    fn append(&self, now: u64, batch: Arc<[NewEntry]>) -> impl Future<Output = Result<Vec<Verdict>, StoreError>> + Send;

    /// What a viewer missed after a position, up to the last committed one. Costs what was missed, never what exists.
    fn load_backlog(&self, viewer: Viewer, after: u64) -> impl Future<Output = Result<Backlog, StoreError>> + Send;

    /// The next page of a backlog, in the order of positions, and the rest. Empty only when the backlog is over.
    fn load_page(
        &self,
        account: AccountId,
        backlog: Backlog,
        limit: PageLimit,
    ) -> impl Future<Output = Result<(Vec<StoredEntry>, Backlog), StoreError>> + Send;

    /// The organisation's last position, and after it was read the threads that the viewer is in now, the one with the newest entry first.
    fn list_threads(&self, viewer: Viewer) -> impl Future<Output = Result<(u64, Vec<ThreadId>), StoreError>> + Send;

    /// A page of what somebody needs of a thread first, from seq `from` on: its key entries, the events of `Alert::None`, and its `newest`
    /// entries that are not quiet, with the quiet ones between them; `None` if the viewer is not a member now, or not of the class.
    fn load_outline(
        &self,
        viewer: Viewer,
        thread: ThreadId,
        newest: u64,
        from: u64,
        limit: PageLimit,
    ) -> impl Future<Output = Result<Option<Vec<StoredEntry>>, StoreError>> + Send;

    /// A page of a thread's entries from seq `from` up to `to`; `None` if the viewer is not a member now, or not of the class.
    fn load_range(
        &self,
        viewer: Viewer,
        thread: ThreadId,
        from: u64,
        to: u64,
        limit: PageLimit,
    ) -> impl Future<Output = Result<Option<Vec<StoredEntry>>, StoreError>> + Send;

    /// Keeps when workstations were last here; a time before the stored one changes nothing.
    fn store_seen(&self, seen: Vec<(WorkstationId, u64)>) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// When each workstation was last here, milliseconds since 1970.
    fn load_seen(&self) -> impl Future<Output = Result<Vec<(WorkstationId, u64)>, StoreError>> + Send;

    /// Whether the database answers.
    fn check(&self) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Finishes what was begun and closes; later calls answer [`StoreError::Closed`].
    fn close(&self) -> impl Future<Output = ()> + Send;
}
