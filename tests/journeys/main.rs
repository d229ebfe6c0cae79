//! Journeys that go through terminals, as scripts and IT use them. The window's journeys are `cargo xtask journey`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod anywhere;
mod files;
mod first_message;
mod fleet;
mod lease;
mod leaver;
mod lines;
mod members;
mod permissions;
mod receipts;
mod root_sheets;
mod search;
mod shared_workstation;
