//! How an epoch starts: its key is made, sealed to each member, linked to the one before and left to the archive, in one signed entry.
//!
//! `make` writes such an entry, `open` reads one, `archive` is the box that every member can recompute.

mod archive;
mod make;
mod open;

pub use archive::{check_archive, derive_archive_box};
pub use make::{KeyEntry, KeyEntryMake, MakeError, make_key_entry};
pub use open::{KeyEntryError, open_key_box, open_link, verify_key_entry};

use sotto_protocol::{AccountId, ThreadId};

use crate::label;
use crate::secret::Secret32;
use crate::thread_key::ThreadKey;

/// The HPKE `info` of a box.
fn box_info(purpose: &[u8]) -> Vec<u8> {
    [label::BOX, purpose].concat()
}

/// The HPKE associated data of a member's box: thread, epoch, account, generation.
fn member_aad(thread: ThreadId, epoch: u64, account: AccountId, generation: u32) -> Vec<u8> {
    [thread.as_bytes().as_slice(), &epoch.to_be_bytes(), account.as_bytes(), &generation.to_be_bytes()].concat()
}

/// Thread and epoch: the associated data of the archive's box and of the link.
fn epoch_aad(thread: ThreadId, epoch: u64) -> Vec<u8> {
    [thread.as_bytes().as_slice(), &epoch.to_be_bytes()].concat()
}

/// The key under which `key`'s entry seals the key of the epoch before.
fn link_key(key: &ThreadKey, thread: ThreadId, epoch: u64) -> Secret32 {
    let info: [&[u8]; 3] = [label::LINK_KEY, thread.as_bytes(), &epoch.to_be_bytes()];
    crate::derive::secret(&[], key.0.as_bytes(), &info)
}
