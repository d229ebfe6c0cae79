//! Who takes part in a test: a server with a clock that stands still, its founder, people with devices, and their open feeds.

mod feed;
mod person;
pub mod random;
mod server;
mod thread;

pub use feed::{OpenFeed, Seen};
pub use person::{Person, code};
pub use server::{Clinic, FixedClock, folder, now, pinned, sign};
pub use thread::Thread;
