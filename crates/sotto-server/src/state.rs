//! What every part of a running server shares.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::auth::{Gate, Sessions};
use crate::clock::Clock;
use crate::commit::CommitQueue;
use crate::db::Embedded;
use crate::feed::{Connected, Registry};
use crate::metrics::Metrics;
use crate::opaque::Opaque;
use crate::organisation::SharedOrganisation;
use crate::reports::Reports;
use crate::seen::Seen;
use crate::setup::SetupCode;

/// Handed to every handler.
pub type App = Arc<Shared>;

/// The shared parts.
#[derive(Debug)]
pub struct Shared {
    /// The database.
    pub store: Embedded,
    /// The organisation.
    pub organisation: Arc<SharedOrganisation>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Who may still ask.
    pub gate: Gate,
    /// Which sessions hold.
    pub sessions: Sessions,
    /// The open feeds.
    pub registry: Arc<Registry>,
    /// The way to the committing task.
    pub commits: CommitQueue,
    /// The server's part in OPAQUE.
    pub opaque: Opaque,
    /// Which workstations have a control connection open.
    pub connected: Connected,
    /// When each workstation was last here.
    pub seen: Seen,
    /// What each machine told of itself last.
    pub reports: Reports,
    /// Bytes that all files together may take.
    pub file_quota: u64,
    /// The counters.
    pub metrics: Arc<Metrics>,
    /// What proves the founder.
    pub setup_code: SetupCode,
}

impl std::fmt::Debug for dyn Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

/// Where a connection comes from.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);
