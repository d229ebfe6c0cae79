//! What is said about machines besides their certificates: when each was last here.

use serde::{Deserialize, Serialize};

use super::Report;
use crate::WorkstationId;

/// `GET /v1/workstations`, with the proof of a device of who may: every machine that was ever here, in no order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkstationsResponse {
    /// One for each.
    pub workstations: Vec<WorkstationSeen>,
}

/// When a machine was last here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkstationSeen {
    /// The machine.
    pub workstation: WorkstationId,
    /// Its last proven request, or now while a feed of one of its devices is open; milliseconds since 1970.
    pub seen_at: u64,
    /// Whether its control connection is open now.
    pub connected: bool,
    /// What it last told of itself.
    pub report: Option<Report>,
}
