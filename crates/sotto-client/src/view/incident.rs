//! What IT and the privacy officer see of a workstation that is lost, and what IT says of it?

use serde::{Deserialize, Serialize};
use sotto_protocol::statement::{IncidentOutcome, IncidentReason};
use sotto_protocol::{AccountId, IncidentId};

use super::CommandView;

/// Reports a workstation lost or stolen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct OpenIncidentRequest {
    /// The machine, one of [`crate::Session::workstations`].
    pub workstation: String,
    /// What happened to it.
    pub reason: IncidentReason,
}

/// Says how an incident ended.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CloseIncidentRequest {
    /// The incident, one of [`crate::Session::incidents`].
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub incident: IncidentId,
    /// How it ended.
    pub outcome: IncidentOutcome,
}

/// Somebody who was signed in at a lost workstation at some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct IncidentPersonView {
    /// The account.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// How they are called.
    pub name: String,
    /// Whether they are out by now.
    pub revoked: bool,
    /// Whether they came back with new keys: those that the machine had open nothing that is written from then on.
    pub renewed: bool,
}

/// How an incident ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct IncidentEndView {
    /// How.
    pub outcome: IncidentOutcome,
    /// Who signed that; absent is the clinic's root.
    pub by: Option<String>,
    /// When, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub at: u64,
}

/// A workstation that was reported lost or stolen, with what was done since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct IncidentView {
    /// The incident.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub incident: IncidentId,
    /// The machine.
    pub workstation: String,
    /// Its name.
    pub workstation_name: String,
    /// What happened to it.
    pub reason: IncidentReason,
    /// Who reported it; absent is the clinic's root.
    pub opened_by: Option<String>,
    /// When, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub opened_at: u64,
    /// What the machine was told while the incident was open, and a wipe of it whenever that was told; the newest first, each with its receipt.
    pub commands: Vec<CommandView>,
    /// Whether the machine is out of service by now.
    pub shut_out: bool,
    /// Whether the machine signed that it is wiped: only then does it end so.
    pub wiped: bool,
    /// Whose accounts were on it, by name.
    pub people: Vec<IncidentPersonView>,
    /// How it ended; absent while it is open.
    pub closed: Option<IncidentEndView>,
}
