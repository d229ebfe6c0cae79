//! What does a workstation look like before anybody is enrolled?

use crate::view::{Connection, Language, Theme, WorkstationView};

/// Nobody, nowhere.
pub(super) fn view(insecure_keyring: bool, wiped_at: Option<u64>) -> WorkstationView {
    WorkstationView {
        enrolled: false,
        wiped_at,
        name: String::new(),
        organisation: String::new(),
        people: Vec::new(),
        locked: None,
        connection: Connection::Offline,
        lease_until: None,
        help: String::new(),
        insecure_keyring,
        language: Language::default(),
        theme: Theme::default(),
    }
}
