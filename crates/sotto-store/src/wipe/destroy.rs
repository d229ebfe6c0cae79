//! In which order is a wipe's target destroyed? What opens vaults first; each call is durable on return, and none stops at a failure.

use sotto_crypto::vault_key::Opener;

use super::Target;
use super::ground::Ground;
use super::remove::{Shape, erase, look, loosen, remove_tree};
use crate::{StoreError, WorkstationFile, vault, vault_key_file};

/// The files that hold a vault's key.
pub(super) const KEY_FILES: [Opener; 2] = [Opener::Password, Opener::Pin];

/// Everybody's K_dev, then the rest of the keyring's entries.
pub(super) fn entries(ground: &Ground) {
    for (item, name) in ground.entries() {
        say(ground.keyring.delete(&name));
        tracing::debug!(?item, "wipe");
    }
    if let Some(name) = ground.secret() {
        say(ground.keyring.delete(&name));
        tracing::debug!("wipe");
    }
}

/// The wrapped keys: overwritten, unlinked.
pub(super) fn key_files(ground: &Ground) {
    for opener in KEY_FILES {
        for folder in ground.accounts.iter().filter_map(|account| ground.folder(*account)) {
            erase(&folder.join(vault_key_file::name(opener)));
            tracing::debug!(?opener, "wipe");
        }
    }
}

/// The vaults, then whatever else is in the accounts' folders.
pub(super) fn accounts(ground: &Ground) {
    for folder in ground.accounts.iter().filter_map(|account| ground.folder(*account)) {
        say(vault::delete(&folder));
        tracing::debug!("wipe");
    }
    let Some(tree) = ground.tree() else { return };
    remove_tree(&tree);
    if look(&tree) != Shape::Nothing {
        // The folder around it may be closed to us.
        tree.parent().into_iter().for_each(loosen);
        remove_tree(&tree);
    }
}

/// What the caller named beside the accounts.
pub(super) fn extra(ground: &Ground) {
    ground.extra.iter().for_each(|path| remove_tree(path));
}

/// The names of people on the sign-in window.
pub(super) fn names(ground: &Ground) {
    match ground.target {
        Target::Account(account) => say(WorkstationFile::remove_person(ground.home, account)),
        Target::Workstation => erase(&ground.home.workstation_file()),
    }
}

fn say(done: Result<(), StoreError>) {
    if let Err(error) = done {
        tracing::warn!(%error, "something could not be destroyed; the scan will tell");
    }
}
