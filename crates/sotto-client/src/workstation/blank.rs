//! What does a workstation look like before anybody is enrolled?

use crate::managed::ManagedState;
use crate::view::{Connection, Theme, WorkstationView};

/// Nobody, nowhere.
pub(super) fn view(insecure_keyring: bool, wiped_at: Option<u64>, managed: &ManagedState) -> WorkstationView {
    WorkstationView {
        enrolled: false,
        wiped_at,
        name: String::new(),
        organisation: String::new(),
        people: Vec::new(),
        locked: None,
        connection: Connection::Offline,
        lease_until: None,
        help: managed.help().unwrap_or_default(),
        managed_fault: managed.fault_at_enrolment(),
        insecure_keyring,
        language: managed.language().unwrap_or_default(),
        theme: Theme::default(),
    }
}
