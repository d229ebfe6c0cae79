//! How files and folders are removed without following a link and without stopping at the first that stays.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::atomic_file;

/// What lies at a path itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Nothing,
    Folder,
    Link,
    /// A file, or anything else that is unlinked.
    File,
}

/// What lies there; a link is a link. What the system does not say counts as a file.
pub(super) fn look(path: &Path) -> Shape {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_symlink() => Shape::Link,
        Ok(there) if there.is_dir() => Shape::Folder,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Shape::Nothing,
        _ => Shape::File,
    }
}

/// Everything at and below a path, a folder before what is in it. A folder that cannot be read is given, and nothing of it.
pub(super) fn walk(path: &Path) -> Vec<(PathBuf, Shape)> {
    let mut seen = Vec::new();
    let mut ahead = vec![path.to_owned()];
    while let Some(path) = ahead.pop() {
        let shape = look(&path);
        if shape == Shape::Folder {
            ahead.extend(fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()));
        }
        if shape != Shape::Nothing {
            seen.push((path, shape));
        }
    }
    seen
}

/// Overwrites and unlinks a file that is ours, durably; where its folder or itself is closed to us, opens it first.
pub(super) fn erase(path: &Path) {
    const ATTEMPTED: &str = "erase a file";
    if atomic_file::destroy(path, ATTEMPTED).is_err() {
        path.parent().into_iter().for_each(loosen);
        loosen(path);
        let _ = atomic_file::destroy(path, ATTEMPTED).map_err(say);
    }
}

/// Removes everything at and below a path, durably. What cannot be removed stays, and nothing else.
pub(super) fn remove_tree(path: &Path) {
    let removed = match look(path) {
        Shape::Nothing => return,
        Shape::Folder => fs::remove_dir_all(path).or_else(|_| remove_each(path)),
        Shape::Link | Shape::File => fs::remove_file(path),
    };
    let synced = path.parent().map_or(Ok(()), atomic_file::sync_folder);
    let _ = removed.and(synced).map_err(say);
}

/// One by one, so that what stays keeps nothing else; folders that are closed to us are opened first.
fn remove_each(path: &Path) -> io::Result<()> {
    // Opening one shows what is in it.
    let mut seen = 0;
    let all = loop {
        let all = walk(path);
        if all.len() == seen {
            break all;
        }
        seen = all.len();
        all.iter().filter(|(_, shape)| *shape == Shape::Folder).for_each(|(path, _)| loosen(path));
    };
    let removed = all.iter().rev().map(|(path, shape)| match shape {
        Shape::Folder => fs::remove_dir(path),
        _ => fs::remove_file(path),
    });
    removed.fold(Ok(()), io::Result::and)
}

/// Gives us the right to write a file or folder of ours; a link is left alone.
pub(super) fn loosen(path: &Path) {
    if let Ok(there) = fs::symlink_metadata(path)
        && !there.is_symlink()
    {
        let _ = fs::set_permissions(path, writable(there.permissions()));
    }
}

#[cfg(unix)]
fn writable(mut permissions: fs::Permissions) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    permissions.set_mode(permissions.mode() | 0o700);
    permissions
}

#[cfg(not(unix))]
fn writable(mut permissions: fs::Permissions) -> fs::Permissions {
    permissions.set_readonly(false);
    permissions
}

/// Only what failed: a path may say too much.
fn say(failure: impl std::fmt::Display) {
    tracing::warn!(%failure, "something could not be removed; the scan will tell");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_comes_before_what_is_in_it() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("a/b")).unwrap();
        fs::write(dir.path().join("a/b/c"), b"c").unwrap();
        let at = |path: &str| dir.path().join(path);
        let seen = walk(&at("a"));
        assert_eq!(seen, [(at("a"), Shape::Folder), (at("a/b"), Shape::Folder), (at("a/b/c"), Shape::File)]);
        remove_each(&at("a")).unwrap();
        assert_eq!(look(&at("a")), Shape::Nothing);
    }

    #[cfg(unix)]
    #[test]
    fn closed_folders_and_files_are_opened_first() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("a/b");
        fs::create_dir_all(&inner).unwrap();
        for name in ["key", "other"] {
            fs::write(inner.join(name), b"secret").unwrap();
            fs::set_permissions(inner.join(name), fs::Permissions::from_mode(0o400)).unwrap();
        }
        fs::hard_link(inner.join("key"), dir.path().join("same")).unwrap();
        for folder in [&inner, &dir.path().join("a")] {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o000)).unwrap();
        }
        loosen(&dir.path().join("a"));
        erase(&inner.join("key"));
        assert_eq!(fs::read(dir.path().join("same")).unwrap(), [0; 6]);
        fs::set_permissions(dir.path().join("a"), fs::Permissions::from_mode(0o000)).unwrap();
        remove_tree(&dir.path().join("a"));
        assert_eq!(look(&dir.path().join("a")), Shape::Nothing);
    }
}
