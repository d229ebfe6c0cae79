//! What does a workstation look like before anybody is enrolled?

use crate::view::{Connection, Language, Theme, WorkstationView};

/// Nobody, nowhere.
pub(super) fn view(insecure_keyring: bool) -> WorkstationView {
    WorkstationView {
        enrolled: false,
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
