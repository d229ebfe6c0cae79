//! What a machine knows of the directory while nobody is signed in: the statements in their order, public, in one file that only grows.
//!
//! Each is a length of four bytes, big endian, and the statement's bytes. A crash in the middle of an append leaves a torn last one, which
//! the next append cuts off. Nothing here is trusted: whoever reads it verifies every statement from the pinned root.

use std::fs::OpenOptions;
use std::io::{Seek, SeekFrom, Write};

use sotto_protocol::limits::STATEMENT_BYTES;

use crate::{Home, Result, StoreError};

const ATTEMPTED: &str = "keep the directory";

/// Every whole statement of the file, in order; none where there is no file.
///
/// # Errors
/// [`StoreError::File`].
pub fn load(home: &Home) -> Result<Vec<Vec<u8>>> {
    let bytes = match std::fs::read(home.statements_file()) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(StoreError::File { attempted: "read the directory", source }),
    };
    Ok(split(&bytes).map(<[u8]>::to_vec).collect())
}

/// Adds statements behind the first `kept` ones; what stood behind those, and whatever a crash tore, is cut off. Durable on return.
///
/// # Errors
/// [`StoreError::File`]; [`StoreError::Corrupt`] where fewer than `kept` are there.
pub fn append(home: &Home, kept: usize, statements: &[Vec<u8>]) -> Result<()> {
    let path = home.statements_file();
    let present = if path.exists() { std::fs::read(&path).map_err(StoreError::file(ATTEMPTED))? } else { Vec::new() };
    let lengths: Vec<usize> = split(&present).take(kept).map(|one| one.len() + 4).collect();
    if lengths.len() < kept {
        return Err(StoreError::Corrupt("the machine's directory"));
    }
    let end = lengths.iter().sum::<usize>() as u64;
    let mut added = Vec::with_capacity(statements.iter().map(|one| one.len() + 4).sum());
    for statement in statements {
        let length = u32::try_from(statement.len()).map_err(|_| StoreError::Corrupt("a statement"))?;
        added.extend_from_slice(&length.to_be_bytes());
        added.extend_from_slice(statement);
    }
    let write = || {
        let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(&path)?;
        file.set_len(end)?;
        file.seek(SeekFrom::Start(end))?;
        file.write_all(&added)?;
        file.sync_all()
    };
    write().map_err(StoreError::file(ATTEMPTED))
}

/// Deletes the file; none is fine.
///
/// # Errors
/// [`StoreError::File`].
pub fn delete(home: &Home) -> Result<()> {
    match std::fs::remove_file(home.statements_file()) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::File { attempted: "delete the directory", source: error })
        }
        _ => Ok(()),
    }
}

fn split(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok().filter(|length| *length <= 2 * STATEMENT_BYTES)?;
        let (one, rest) = rest.split_at_checked(length)?;
        bytes = rest;
        Some(one)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_come_back_in_order_and_a_torn_one_is_cut_off() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path()).unwrap();
        assert!(load(&home).unwrap().is_empty());
        append(&home, 0, &[b"one".to_vec(), Vec::new(), b"three".to_vec()]).unwrap();
        let path = home.statements_file();
        let whole = std::fs::read(&path).unwrap();
        for torn in 0..5 + 4 {
            std::fs::write(&path, &whole[..whole.len() - torn]).unwrap();
            let there = load(&home).unwrap();
            assert_eq!(there.len(), if torn == 0 { 3 } else { 2 });
        }
        append(&home, 2, &[b"other".to_vec()]).unwrap();
        assert_eq!(load(&home).unwrap(), [b"one".to_vec(), Vec::new(), b"other".to_vec()]);
        assert!(matches!(append(&home, 4, &[]), Err(StoreError::Corrupt(_))));
        append(&home, 0, &[]).unwrap();
        assert!(load(&home).unwrap().is_empty());
    }
}
