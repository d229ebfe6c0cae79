//! What a workstation keeps on its disk, and how: encrypted vaults, the keys that open them, a few small files.
//!
//! Absent on purpose: any network, any runtime, any clock (times are arguments), SQL outside [`table`].

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

pub mod anchor;
pub mod attempts;
pub mod heard;
pub mod home;
pub mod keyring;
pub mod receipts;
pub mod statements_file;
pub mod table;
pub mod vault;
pub mod vault_key_file;
pub mod wipe;
pub mod workstation_file;

mod atomic_file;
mod error;
mod process_lock;

pub use error::StoreError;
pub use home::Home;
pub use keyring::Keyring;
pub use process_lock::ProcessLock;
pub use vault::Vault;
pub use vault_key_file::VaultFile;
pub use workstation_file::WorkstationFile;

// What the closures of `Vault::read` and `Vault::write` are given, and what opens a vault.
pub use rusqlite::{Connection, Transaction};
pub use sotto_sqlcipher::Key;

/// What the functions of this crate return.
pub type Result<T> = std::result::Result<T, StoreError>;
