//! How does what a person wrote get to the server? `queue` keeps it, `seal` seals it, `push` sends it, `rotate` begins epochs before it,
//! `overdue` where nobody writes.
//!
//! An entry leaves the outbox only when it comes back in the feed, in the transaction that stores it there.

pub(crate) mod overdue;
mod prepare;
pub(crate) mod push;
pub(crate) mod queue;
mod rotate;
pub(crate) mod rotation;
pub(crate) mod seal;
