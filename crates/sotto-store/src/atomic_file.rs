//! How a small file is replaced so that a crash leaves the old one or the new one, and how one is destroyed.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

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
    let before = match OpenOptions::new().write(true).open(path) {
        Ok(file) => Some(file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(source) => return Err(StoreError::File { attempted, source }),
    };
    store(path, bytes, attempted)?;
    before.map_or(Ok(()), |file| overwrite(file).map_err(StoreError::file(attempted)))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let mut name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
    name.push(".new");
    let beside = folder.join(name);
    let mut file = private().write(true).create(true).truncate(true).open(&beside)?;
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

/// Overwrites the file with zeroes, syncs it, unlinks it, and the copy that an interrupted [`store`] left. A file system that
/// writes elsewhere keeps the old blocks for a while: that is why a vault's key needs the keyring and the server too.
pub fn destroy(path: &Path, attempted: &'static str) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    for path in [path, Path::new(&beside)] {
        match OpenOptions::new().write(true).open(path).and_then(overwrite).and_then(|()| std::fs::remove_file(path)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(StoreError::File { attempted, source: error }),
            _ => {}
        }
    }
    path.parent().map_or(Ok(()), sync_folder).map_err(StoreError::file(attempted))
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
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
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
}
