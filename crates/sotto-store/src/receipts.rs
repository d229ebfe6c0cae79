//! Which receipts the server does not have yet: signed, public, each a small file until it was delivered.

use std::path::PathBuf;

use sotto_protocol::CommandId;

use crate::{Home, Result, StoreError, atomic_file};

/// Keeps a signed receipt; durable on return.
///
/// # Errors
/// [`StoreError::File`].
pub fn store(home: &Home, command: CommandId, receipt: &[u8]) -> Result<()> {
    std::fs::create_dir_all(home.receipts()).map_err(StoreError::file("keep a receipt"))?;
    atomic_file::store(&path(home, command), receipt, "keep a receipt")
}

/// Every receipt that is kept, in no order.
///
/// # Errors
/// [`StoreError::File`].
pub fn load_all(home: &Home) -> Result<Vec<(CommandId, Vec<u8>)>> {
    let folder = match std::fs::read_dir(home.receipts()) {
        Ok(folder) => folder,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(StoreError::File { attempted: "read the receipts", source }),
    };
    let named = folder.flatten().filter_map(|file| file.file_name().to_str()?.parse::<CommandId>().ok());
    let load = |command| Ok(atomic_file::load(&path(home, command), "read a receipt")?.map(|bytes| (command, bytes.to_vec())));
    named.filter_map(|command| load(command).transpose()).collect()
}

/// Forgets a receipt that was delivered.
///
/// # Errors
/// [`StoreError::File`].
pub fn delete(home: &Home, command: CommandId) -> Result<()> {
    match std::fs::remove_file(path(home, command)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::File { attempted: "forget a receipt", source: error })
        }
        _ => Ok(()),
    }
}

fn path(home: &Home, command: CommandId) -> PathBuf {
    home.receipts().join(command.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_kept_until_it_is_deleted() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path()).unwrap();
        let (one, two) = (CommandId::from_bytes([1; 16]), CommandId::from_bytes([2; 16]));
        assert!(load_all(&home).unwrap().is_empty());
        store(&home, one, b"a").unwrap();
        store(&home, two, b"b").unwrap();
        std::fs::write(home.receipts().join("stray"), "x").unwrap();
        delete(&home, one).unwrap();
        delete(&home, one).unwrap();
        assert_eq!(load_all(&home).unwrap(), [(two, b"b".to_vec())]);
    }
}
