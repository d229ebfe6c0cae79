//! Whether sealing, the trust chain and the published vectors hold, as other crates and other languages see them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod clinic;
mod document;
mod event;
mod forms;
mod key_entry;
mod refuse;
mod sign_in;
mod trust;
mod vectors;
