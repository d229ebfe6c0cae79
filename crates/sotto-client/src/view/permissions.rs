//! What may the signed-in person do beside writing? The core refuses the rest; a screen does not offer it.

use serde::{Deserialize, Serialize};

/// The person's rights as an administrator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Permissions {
    /// Whether they may invite and revoke people.
    pub people: bool,
    /// Whether they may make workstation tokens and revoke workstations.
    pub workstations: bool,
}
