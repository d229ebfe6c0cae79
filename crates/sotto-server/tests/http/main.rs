//! Whether the server keeps its promises over real HTTPS: each test starts one on a free port, in a folder of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod admins;
mod append;
mod crash;
mod device_ends;
mod directory;
mod feed;
mod files;
mod fleet;
mod recovery;
mod registration;
mod requests;
mod roles;
mod session;
mod sign_in;
mod support;
mod throttle;
mod timing;
mod transport;
mod workstations;
