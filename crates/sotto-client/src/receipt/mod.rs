//! What is known of what became of a message? Each device says how far it has come, each person what they answer, and anybody in the thread may
//! look.

mod acknowledge;
mod displayed;
mod readers;
pub(crate) mod say;
