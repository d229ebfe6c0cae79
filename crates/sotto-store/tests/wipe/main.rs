//! Whether a wipe destroys everything of its target and nothing else, in its order, whatever happens meanwhile.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod closed;
mod failures;
mod kill;
mod paths;
mod stage;
mod target;
mod time;
