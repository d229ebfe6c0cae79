//! How does the server's log get into the vault? `feed` reads it, `arrival` and `verify` judge it, `apply` folds it, `range` fills gaps.

pub(crate) mod apply;
pub(crate) mod arrival;
pub(crate) mod backoff;
mod batch;
pub(crate) mod directory;
pub(crate) mod feed;
mod history;
mod range;
pub(crate) mod verify;
