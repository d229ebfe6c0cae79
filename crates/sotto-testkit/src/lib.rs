//! What tests, the demo and the bench stand on: real servers, real clients, real windows, and a clinic that does not exist.
//!
//! Nothing here ships. A failure is an [`anyhow::Error`] that says what was attempted.

pub mod bench;
pub mod clinic;
pub mod clock;
pub mod journey;
pub mod program;
pub mod scan;
pub mod screen;
pub mod server;
pub mod synthetic;
pub mod totp;
pub mod wait;
pub mod window;
