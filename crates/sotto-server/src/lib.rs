//! Sotto's server: puts encrypted entries in order, stores them, and delivers them to whom the log names.
//!
//! Absent on purpose: any key that opens an entry (this crate does not depend on `sotto-crypto`), any name or text of a person, any
//! password or login name, a timer per connection, and a token that could be stolen: every request is signed by its device or machine.
//!
//! How the parts lie: `api` is one file per route, `auth` says who asks, `commit` is the one task that writes, `feed` brings what was
//! committed to whom it is for, [`store`] is the seam to the database and [`db`] the backend behind it, `net` is sockets and TLS.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

mod api;
mod auth;
mod clock;
mod commit;
pub mod db;
mod error;
mod feed;
pub mod limits;
pub mod logging;
mod metrics;
mod net;
mod opaque;
mod organisation;
mod reports;
mod seen;
mod server;
pub mod setup;
mod state;
pub mod store;

pub use api::document as openapi_document;
pub use clock::{Clock, SystemClock};
pub use limits::Limits;
pub use server::{Running, Server, ServerOptions, StartError};
