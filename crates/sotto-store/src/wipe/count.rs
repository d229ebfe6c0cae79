//! What of a wipe's target is there? Asked before it is destroyed, and again after.

use std::path::Path;

use super::Target;
use super::destroy::KEY_FILES;
use super::destroyed::{Kind, Tally};
use super::ground::Ground;
use super::remove::{Shape, look, walk};
use crate::{WorkstationFile, vault, vault_key_file};

/// The keyring's entries and the key files.
pub(super) fn keys(ground: &Ground) -> Tally {
    let mut tally = Tally::default();
    for (item, name) in ground.entries() {
        tally.count(item.into(), is_kept(ground, &name));
    }
    if let Some(name) = ground.secret() {
        tally.count(Kind::WorkstationSecret, is_kept(ground, &name));
    }
    for account in &ground.accounts {
        for opener in KEY_FILES {
            let folder = ground.folder(*account);
            let names = [vault_key_file::name(opener).to_owned(), format!("{}.new", vault_key_file::name(opener))];
            let there = folder.is_some_and(|folder| names.iter().any(|name| look(&folder.join(name)) != Shape::Nothing));
            tally.count(opener.into(), there);
        }
    }
    tally
}

/// Everything else.
pub(super) fn files(ground: &Ground) -> Tally {
    let mut tally = Tally::default();
    for account in &ground.accounts {
        let vault = ground.folder(*account).map(|folder| folder.join(vault::FILE));
        tally.count(Kind::Vault, vault.is_some_and(|vault| look(&vault) != Shape::Nothing));
    }
    for (path, shape) in ground.tree().iter().flat_map(|tree| walk(tree)) {
        if let Some(kind) = kind_of(ground, &path, shape) {
            tally.count(kind, true);
        }
    }
    if ground.tree().is_none() {
        tally.count(Kind::Link, true);
    }
    for path in &ground.extra {
        let all = walk(path);
        all.iter().for_each(|_| tally.count(Kind::Extra, true));
        if all.is_empty() {
            tally.count(Kind::Extra, false);
        }
    }
    (0..ground.refused).for_each(|_| tally.count(Kind::Refused, true));
    names(ground, &mut tally);
    tally
}

/// The names of people on the sign-in window.
fn names(ground: &Ground, tally: &mut Tally) {
    let file = WorkstationFile::load(ground.home);
    match ground.target {
        // A file that cannot be read may name the person.
        Target::Account(account) => {
            let named = file.map_or(true, |file| file.is_some_and(|file| file.accounts().contains(&account)));
            tally.count(Kind::Tile, named);
        }
        Target::Workstation => {
            let tiles = file.ok().flatten().map_or(0, |file| file.tiles.len());
            (0..tiles).for_each(|_| tally.count(Kind::Tile, true));
            tally.count(Kind::WorkstationFile, look(&ground.home.workstation_file()) != Shape::Nothing);
        }
    }
}

/// Whether the keyring has it. What it does not say counts as there: only what is seen to be gone is gone.
fn is_kept(ground: &Ground, name: &str) -> bool {
    !matches!(ground.keyring.get(name), Ok(None))
}

/// As what something among the accounts' folders counts; vault and key files are counted by name.
fn kind_of(ground: &Ground, path: &Path, shape: Shape) -> Option<Kind> {
    match shape {
        Shape::Nothing => return None,
        Shape::Folder => return Some(Kind::Folder),
        Shape::Link | Shape::File => {}
    }
    let own = path.parent().filter(|folder| ground.is_account(folder)).and(path.file_name()).and_then(|name| name.to_str());
    let name = own.map(|name| name.strip_suffix(".new").unwrap_or(name));
    let is_key = name.is_some_and(|name| KEY_FILES.iter().any(|opener| vault_key_file::name(*opener) == name));
    match own.and_then(|name| name.strip_prefix(vault::FILE)) {
        _ if is_key => None,
        Some("") => None,
        Some(beside) if vault::BESIDE.contains(&beside) => Some(Kind::VaultLog),
        _ if shape == Shape::Link => Some(Kind::Link),
        _ => Some(Kind::AccountFile),
    }
}
