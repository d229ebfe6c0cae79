//! How an encrypted database is opened, migrated and checked: the one way for a person's vault and for the server's log.
//!
//! Absent on purpose: opening without a key, PBKDF2 (keys are raw), shared cache, memory mapping, loadable extensions.
//! SQLCipher writes its own messages to the standard error stream by default; here they are off, and what they would
//! have said comes back as an [`Error`] and, where it may be tampering, as a `tracing` event of the target [`TAMPER`].

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

mod error;
mod key;
mod migrate;
mod open;
mod settings;

pub use error::{Error, Result, TAMPER};
pub use key::Key;
pub use migrate::{migrate, version};
pub use open::{Mode, open};
pub use settings::{assert_cipher, check_integrity, truncate_wal};
