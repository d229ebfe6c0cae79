//! A clinic of real processes for the journeys: one `sotto-server`, and a terminal (`sotto --home …`) for each workstation.

pub mod clinic;
pub mod terminal;

pub use clinic::Clinic;
pub use terminal::{Answer, Terminal};
