//! What does the core tell without being asked? Events that name what changed and carry nothing of a patient.

use serde::{Deserialize, Serialize};
use sotto_protocol::ThreadId;

/// Whether the server can be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// The feed is open and caught up to live.
    Online,
    /// The feed is being opened or is catching up.
    Connecting,
    /// The last attempt failed; the next one is scheduled.
    Offline,
}

/// Something changed. Sent only after the change is on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AppEvent {
    /// The connection changed.
    Connection {
        /// What it is now.
        connection: Connection,
    },
    /// The named threads changed; ask again.
    ThreadsChanged {
        /// Which; `None` means the list as a whole.
        #[cfg_attr(feature = "typescript", ts(type = "string[] | null"))]
        threads: Option<Vec<ThreadId>>,
    },
    /// A backlog is being taken in.
    CatchingUp {
        /// Positions taken in since the backlog began.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        done: u64,
        /// Positions the backlog spans.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        total: u64,
    },
    /// A new vault takes in earlier messages; the window is usable meanwhile.
    Filling {
        /// Messages here.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        done: u64,
        /// Messages there are; equal to `done` at the end.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        total: u64,
    },
    /// The screen fades and locks unless somebody moves.
    LockWarning {
        /// In how many seconds.
        seconds: u32,
    },
    /// Somebody moved.
    LockCancelled,
    /// Cover now: the session is ending.
    Locking,
    /// Tiles, name or policy of the workstation changed.
    WorkstationChanged,
}
