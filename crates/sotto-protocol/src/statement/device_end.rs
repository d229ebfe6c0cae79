//! How does somebody end their sign-in at another machine by themselves? By naming its device, signed by their account's own key.

use serde::{Deserialize, Serialize};

use crate::{AccountId, DeviceId, OrgId};

/// Ends devices of the account that signs, for good: they are out like revoked ones. It ends no key: whoever has those makes another device
/// on a machine that is let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceEnd {
    /// The organisation.
    pub org: OrgId,
    /// The account that signs, and whose devices they are.
    pub account: AccountId,
    /// The generation of the account keys that sign.
    pub generation: u32,
    /// The devices, rising, each once; at least one of them is not out yet.
    pub devices: Vec<DeviceId>,
    /// Milliseconds since 1970.
    pub issued_at: u64,
}

impl DeviceEnd {
    /// Whether there are devices, rising and each once: one list has one encoding.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        !self.devices.is_empty() && self.devices.is_sorted_by(|one, next| one < next)
    }
}
