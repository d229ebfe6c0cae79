//! What does a wipe do, in which order? Nothing stops it: what cannot be destroyed is on the list, and everything else is destroyed.

use std::path::PathBuf;

use super::found::Found;
use super::ground::Ground;
use super::{Destroyed, Tombstone, count, destroy, reached};
use crate::{Home, Keyring};

/// Destroys the target of a wipe that stands, keys first, and says what was destroyed. After a crash it is called again with the same and
/// ends with the same list. Blocks for some milliseconds for each of the target's keyring entries, and as long as unlinking its files takes.
///
/// `extra` are paths of other programs' parts that keep something of the target: the window's data, logs. Absolute; one that has the
/// home in it, or is the store's own, is refused and listed. Whether all went is for [`Destroyed::is_complete`] to say: with what is left
/// on the list it may be called again.
#[must_use]
pub fn run(home: &Home, keyring: &Keyring, tombstone: &Tombstone, extra: &[PathBuf]) -> Destroyed {
    let target = tombstone.target;
    keyring.seal(home.keyring_prefix(target));
    let mut found = Found::load(home, target);
    let ground = Ground::new(home, keyring, target, &found.accounts, extra);
    found.accounts.clone_from(&ground.accounts);
    let keys = found.keys.take().unwrap_or_else(|| count::keys(&ground));
    found.keys = Some(keys.clone());
    found.store(home, target);
    reached("keys counted");
    destroy::entries(&ground);
    reached("keyring entries");
    destroy::key_files(&ground);
    reached("key files");
    let files = found.files.take().unwrap_or_else(|| count::files(&ground));
    found.files = Some(files.clone());
    found.store(home, target);
    reached("files counted");
    destroy::accounts(&ground);
    reached("accounts");
    destroy::extra(&ground);
    reached("extra");
    destroy::names(&ground);
    reached("names");
    let left = [&count::keys(&ground), &count::files(&ground)];
    reached("scanned");
    Destroyed::new(ground.accounts.len(), [&keys, &files], left)
}
