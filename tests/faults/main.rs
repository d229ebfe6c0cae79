//! What survives when things break: processes that die, disks that fill, files that are damaged, people who mistype.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod bad_input;
mod kill;
mod scan;
mod wipe;
