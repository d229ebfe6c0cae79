//! What does a person do with messages? Send, retry, discard, page through and mark them read; each is a file.

mod discard;
pub(crate) mod mark_read;
mod page;
pub(crate) mod receipts;
mod retry;
mod send;

pub use self::send::{OutgoingLine, Sent};
