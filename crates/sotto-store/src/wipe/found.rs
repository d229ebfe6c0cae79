//! What did a wipe find before it destroyed anything? Kept beside the tombstone, so that a run after a crash gives the same list.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sotto_protocol::{AccountId, cbor};

use super::destroyed::Tally;
use super::{Target, tombstone};
use crate::{Home, Result, atomic_file};

/// What the file's name ends with.
pub(super) const SUFFIX: &str = "found";
/// Bytes of the file, at most: many thousands of accounts.
const LONGEST: usize = 1024 * 1024;

/// Counted once each, before the step that destroys them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Found {
    /// Whose vaults go; their folders are gone before their names in the keyring were looked for a last time.
    pub accounts: BTreeSet<AccountId>,
    /// Keyring entries and key files.
    pub keys: Option<Tally>,
    /// Everything else.
    pub files: Option<Tally>,
}

impl Found {
    /// What an earlier run found. Nothing where it cannot be read: then it is counted now.
    pub(super) fn load(home: &Home, target: Target) -> Self {
        let loaded = atomic_file::load(&tombstone::path(home, target, SUFFIX), "read what a wipe found").ok().flatten();
        loaded.and_then(|bytes| cbor::parse_canonical(&bytes, LONGEST).ok()).unwrap_or_default()
    }

    /// Keeps it. A disk that takes nothing must not keep keys from being destroyed: then a run after a crash counts what it finds.
    pub(super) fn store(&self, home: &Home, target: Target) {
        let stored: Result<()> = atomic_file::store(&tombstone::path(home, target, SUFFIX), &cbor::encode(self), "write what a wipe found");
        if let Err(error) = stored {
            tracing::warn!(%error, "the wipe goes on without its count");
        }
    }
}
