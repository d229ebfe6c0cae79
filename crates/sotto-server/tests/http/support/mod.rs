//! Who takes part in a test: a server with a clock that stands still, its founder, people with devices, and their open feeds.

mod feed;
mod fleet;
mod login;
mod machine;
mod person;
pub mod random;
mod roles;
mod server;
mod thread;

pub use feed::{OpenFeed, Seen};
pub use fleet::post_receipt;
pub use login::{Roamer, STEP_MS, bundle, finish, post_finish};
pub use machine::Machine;
pub use person::{Person, code};
pub use server::{Clinic, FixedClock, folder, now, pinned, public, sign};
pub use thread::Thread;
