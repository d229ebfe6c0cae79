//! Who takes part in a test: a server with a clock that stands still, its founder, people with devices, and their open feeds.

mod feed;
mod person;
mod server;

pub use feed::OpenFeed;
pub use person::{Person, Thread, random};
pub use server::{Clinic, FixedClock, NOW, folder, pinned};
