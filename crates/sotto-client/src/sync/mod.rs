//! How does the server's log get into the vault? `feed` reads it, `arrival` and `verify` judge it, `apply` folds it, `range` fills gaps;
//! a new vault begins by `arrive` and gets its past by `fill`.

pub(crate) mod apply;
pub(crate) mod arrival;
mod arrive;
pub(crate) mod backoff;
mod batch;
pub(crate) mod directory;
pub(crate) mod feed;
pub(crate) mod fill;
mod history;
mod kind;
mod range;
mod receipts;
pub(crate) mod verify;
mod witness;

#[cfg(test)]
mod testing;
