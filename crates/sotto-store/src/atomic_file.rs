//! How a small file is replaced so that a crash leaves the old one or the new one, and how one is destroyed.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::{Result, StoreError};

/// The longest file that is read: none of ours comes near, and a hostile one ends there.
const LONGEST: u64 = 4 * 1024 * 1024;

/// Writes `bytes` beside `path`, syncs them, renames the file into place and syncs the folder. Readable by its owner only.
pub fn store(path: &Path, bytes: &[u8], attempted: &'static str) -> Result<()> {
    replace(path, bytes).map_err(StoreError::file(attempted))
}

/// As [`store`]; then overwrites what the file held before. A crash in between leaves those bytes on the disk, and the new file in place.
pub fn store_over(path: &Path, bytes: &[u8], attempted: &'static str) -> Result<()> {
    let before = open_own(path).map_err(StoreError::file(attempted))?;
    store(path, bytes, attempted)?;
    before.map_or(Ok(()), |file| overwrite(file).map_err(StoreError::file(attempted)))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let beside = beside(path);
    // What an interrupted write left goes, or a link that somebody put there: nothing is written through it.
    erase(&beside)?;
    let mut file = private().write(true).create_new(true).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(&beside, path)?;
    sync_folder(folder)
}

/// The file's bytes in memory that is erased, or nothing where there is no file.
pub fn load(path: &Path, attempted: &'static str) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let read = || -> io::Result<Zeroizing<Vec<u8>>> {
        let file = File::open(path)?;
        let length = file.metadata()?.len().min(LONGEST);
        let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(length).unwrap_or(0)));
        io::Read::read_to_end(&mut io::Read::take(file, LONGEST), &mut bytes)?;
        Ok(bytes)
    };
    match read() {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(StoreError::File { attempted, source }),
    }
}

/// Overwrites the file with zeroes, syncs it, unlinks it, and the copy that an interrupted [`store`] left; what fails stops none of the rest.
/// A link is unlinked, and what it leads to is left alone. A file system that writes elsewhere keeps the old blocks for a while: that is why
/// a vault's key needs the keyring and the server too.
pub fn destroy(path: &Path, attempted: &'static str) -> Result<()> {
    let erased = [erase(path), erase(&beside(path))];
    let synced = path.parent().map_or(Ok(()), |folder| absent_is_fine(sync_folder(folder)));
    erased.into_iter().chain([synced]).collect::<io::Result<()>>().map_err(StoreError::file(attempted))
}

/// As [`destroy`], of the copy only that an interrupted [`store`] left.
pub fn destroy_interrupted(path: &Path, attempted: &'static str) -> Result<()> {
    erase(&beside(path)).map_err(StoreError::file(attempted))
}

/// The name that a file is written under before it is renamed.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

/// Overwrites and unlinks; unlinks also where it could not overwrite.
fn erase(path: &Path) -> io::Result<()> {
    let overwritten = open_own(path).and_then(|file| file.map_or(Ok(()), overwrite));
    absent_is_fine(std::fs::remove_file(path)).and(overwritten)
}

/// The file at that very place, to be written; nothing where there is none, or a link, or something else that is no file.
fn open_own(path: &Path) -> io::Result<Option<File>> {
    match std::fs::symlink_metadata(path) {
        Ok(there) if there.is_file() => OpenOptions::new().write(true).open(path).map(Some),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(None),
    }
}

fn absent_is_fine(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

fn overwrite(mut file: File) -> io::Result<()> {
    let length = file.metadata()?.len().min(LONGEST);
    file.seek(SeekFrom::Start(0))?;
    io::copy(&mut io::Read::take(io::repeat(0), length), &mut file)?;
    file.sync_all()
}

/// Options of a file that only its owner may read.
pub fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a rename or an unlink durable. Windows has no such call and journals them itself.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_is_private() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        assert!(load(&path, "read").unwrap().is_none());
        store(&path, b"one", "write").unwrap();
        store(&path, b"two", "write").unwrap();
        assert_eq!(load(&path, "read").unwrap().unwrap().as_slice(), b"two");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
    }

    #[test]
    fn an_interrupted_write_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        store(&path, b"whole", "write").unwrap();
        std::fs::write(dir.path().join("a.new"), b"ha").unwrap();
        assert_eq!(load(&path, "read").unwrap().unwrap().as_slice(), b"whole");
        store(&path, b"next", "write").unwrap();
        assert_eq!(load(&path, "read").unwrap().unwrap().as_slice(), b"next");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_stored_over_is_gone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        store_over(&path, b"secret", "write").unwrap();
        std::fs::hard_link(&path, dir.path().join("b")).unwrap();
        store_over(&path, b"new", "write").unwrap();
        assert_eq!(std::fs::read(dir.path().join("b")).unwrap(), [0; 6]);
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_destroyed_was_overwritten_first() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        store(&path, b"secret", "write").unwrap();
        // A second name for the same blocks shows what was in them at the end.
        std::fs::hard_link(&path, dir.path().join("b")).unwrap();
        std::fs::write(dir.path().join("a.new"), b"secret").unwrap();
        destroy(&path, "destroy").unwrap();
        assert_eq!(std::fs::read(dir.path().join("b")).unwrap(), [0; 6]);
        assert!(!path.exists() && !dir.path().join("a.new").exists());
        destroy(&path, "destroy").unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (path, other) = (dir.path().join("a"), outside.path().join("other"));
        std::fs::write(&other, b"other").unwrap();
        let link = |name: &str| std::os::unix::fs::symlink(&other, dir.path().join(name)).unwrap();
        let untouched = || assert_eq!(std::fs::read(&other).unwrap(), b"other");
        link("a.new");
        store(&path, b"one", "write").unwrap();
        untouched();
        std::fs::remove_file(&path).unwrap();
        link("a");
        store_over(&path, b"two", "write").unwrap();
        untouched();
        link("a.new");
        std::fs::remove_file(&path).unwrap();
        link("a");
        destroy(&path, "destroy").unwrap();
        untouched();
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
