//! What says that a wipe was begun, and keeps everything of its target closed until it is over?

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sotto_protocol::{AccountId, cbor};

use super::remove::remove_tree;
use super::{found, reached, receipt};
use crate::{Home, Keyring, Result, StoreError, atomic_file, home};

/// Bytes of a signed command, at most.
pub const COMMAND_BYTES: usize = 64 * 1024;
/// Bytes of a tombstone around its command, at most.
const AROUND: usize = 256;
/// The folder in a home.
const FOLDER: &str = "wipe";
/// What the names of tombstones end with.
const SUFFIX: &str = "tombstone";
/// The name of the workstation's own files in that folder; no account's id.
const WORKSTATION: &str = "workstation";

/// What is wiped. A workstation is wider than a person, and first in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Everybody's vaults here, and the machine's own secrets.
    Workstation,
    /// One person's vault here; the others keep theirs, byte for byte.
    Account(AccountId),
}

/// A wipe that was begun and is not over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// The signed command. Empty where the tombstone was damaged: what it was for is lost, and that it was to be wiped is not.
    #[serde(with = "serde_bytes")]
    pub command: Vec<u8>,
    /// What goes.
    pub target: Target,
    /// When it was begun, milliseconds since 1970.
    pub begun_at_ms: u64,
}

/// Begins a wipe: the tombstone is on the disk and the keyring takes nothing more for its target on return. Returns the tombstone that
/// stands now: this one, or an earlier one of the same target, or the workstation's, which is wider; those are never replaced.
///
/// # Errors
/// [`StoreError::TooLarge`]; [`StoreError::File`], on a full disk for one: [`super::run`] may be called all the same, and is not resumed then.
pub fn begin(home: &Home, keyring: &Keyring, tombstone: Tombstone) -> Result<Tombstone> {
    if tombstone.command.len() > COMMAND_BYTES {
        return Err(StoreError::TooLarge("the command"));
    }
    let target = tombstone.target;
    let standing = load(home, Target::Workstation)?.map_or_else(|| load(home, target), |wider| Ok(Some(wider)))?;
    let tombstone = match standing {
        Some(standing) => standing,
        None => {
            make_folder(home)?;
            remove_beside(home, target)?;
            atomic_file::store(&path(home, target, SUFFIX), &cbor::encode(&tombstone), "write a wipe's tombstone")?;
            tombstone
        }
    };
    keyring.seal(home.keyring_prefix(tombstone.target));
    reached("begun");
    Ok(tombstone)
}

/// The wipes that were begun and are not over: the workstation's first. To be asked at a start, before anything else is opened. Clears away
/// what one left that was over when it was killed.
///
/// # Errors
/// [`StoreError::File`]. A tombstone that is damaged stands all the same.
pub fn pending(home: &Home) -> Result<Vec<Tombstone>> {
    sweep(home)?;
    let mut standing = Vec::new();
    for target in targets(home)? {
        standing.extend(load(home, target)?);
    }
    Ok(standing)
}

/// Whether a wipe of exactly this stands.
///
/// # Errors
/// [`StoreError::File`].
pub fn stands(home: &Home, target: Target) -> Result<bool> {
    is_there(&path(home, target, SUFFIX))
}

/// Whether what lies in this folder of an account may be opened and changed: no wipe of it or of its workstation stands.
///
/// # Errors
/// [`StoreError::Wiped`]; [`StoreError::File`].
pub fn check(account: &Path) -> Result<()> {
    let (Some(home), Some(name)) = (Home::around(account), account.file_name()) else { return Ok(()) };
    let folder = home.join(FOLDER);
    for name in [WORKSTATION.as_ref(), name] {
        if is_there(&folder.join(name).with_extension(SUFFIX))? {
            return Err(StoreError::Wiped);
        }
    }
    Ok(())
}

/// A file of a wipe of this target.
pub(super) fn path(home: &Home, target: Target, suffix: &str) -> PathBuf {
    let name = match target {
        Target::Workstation => WORKSTATION.to_owned(),
        Target::Account(account) => account.to_string(),
    };
    folder(home).join(name).with_extension(suffix)
}

/// Where tombstones, counts and receipts lie.
pub(super) fn folder(home: &Home) -> PathBuf {
    home.path().join(FOLDER)
}

/// Ends a wipe. Unlinked and not overwritten: a crash in between would leave a tombstone that has forgotten its command.
pub(super) fn remove(home: &Home, target: Target) -> Result<()> {
    let removed = std::fs::remove_file(path(home, target, SUFFIX)).and_then(|()| atomic_file::sync_folder(&folder(home)));
    removed.map_err(StoreError::file("remove a wipe's tombstone"))
}

/// Removes what wipes left that have no tombstone any more.
pub(super) fn sweep(home: &Home) -> Result<()> {
    let standing = targets(home)?;
    if standing.is_empty() {
        remove_tree(&folder(home));
        return Ok(());
    }
    let beside = files(home)?.into_iter().filter_map(|path| parse_name(&path, &[found::SUFFIX, receipt::SUFFIX]));
    beside.filter(|target| !standing.contains(target)).try_for_each(|target| remove_beside(home, target))
}

fn remove_beside(home: &Home, target: Target) -> Result<()> {
    let mut suffixes = [found::SUFFIX, receipt::SUFFIX].into_iter();
    suffixes.try_for_each(|suffix| atomic_file::destroy(&path(home, target, suffix), "remove what an earlier wipe left"))
}

/// What has a tombstone.
pub(super) fn targets(home: &Home) -> Result<BTreeSet<Target>> {
    Ok(files(home)?.iter().filter_map(|path| parse_name(path, &[SUFFIX])).collect())
}

/// What lies in the folder, if there is one.
fn files(home: &Home) -> Result<Vec<PathBuf>> {
    const ATTEMPTED: &str = "look for wipes that were begun";
    match std::fs::read_dir(folder(home)) {
        Ok(entries) => {
            let paths = entries.map(|entry| entry.map(|entry| entry.path()));
            paths.collect::<io::Result<_>>().map_err(StoreError::file(ATTEMPTED))
        }
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(Vec::new()),
        Err(source) => Err(StoreError::File { attempted: ATTEMPTED, source }),
    }
}

/// Whose file it is, if its name ends so.
fn parse_name(path: &Path, suffixes: &[&str]) -> Option<Target> {
    let (name, suffix) = (path.file_stem()?.to_str()?, path.extension()?.to_str()?);
    match name {
        _ if !suffixes.contains(&suffix) => None,
        WORKSTATION => Some(Target::Workstation),
        name => name.parse().ok().map(Target::Account),
    }
}

fn load(home: &Home, target: Target) -> Result<Option<Tombstone>> {
    let Some(bytes) = atomic_file::load(&path(home, target, SUFFIX), "read a wipe's tombstone")? else { return Ok(None) };
    let parsed = cbor::parse_canonical::<Tombstone>(&bytes, COMMAND_BYTES + AROUND).ok().filter(|parsed| parsed.target == target);
    Ok(Some(parsed.unwrap_or(Tombstone { command: Vec::new(), target, begun_at_ms: 0 })))
}

fn make_folder(home: &Home) -> Result<()> {
    const ATTEMPTED: &str = "make a wipe's folder";
    let folder = folder(home);
    if !std::fs::symlink_metadata(&folder).is_ok_and(|there| there.is_dir()) {
        // Something else in its place must not keep a wipe from beginning.
        atomic_file::destroy(&folder, ATTEMPTED)?;
    }
    home::make_folder(&folder)?;
    atomic_file::sync_folder(home.path()).map_err(StoreError::file(ATTEMPTED))
}

fn is_there(path: &Path) -> Result<bool> {
    match std::fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
        Err(source) => Err(StoreError::File { attempted: "look for a wipe's tombstone", source }),
    }
}
