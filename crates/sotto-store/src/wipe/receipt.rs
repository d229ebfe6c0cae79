//! Where is the signed receipt of a wipe kept until it has arrived? Beside the tombstone, on the disk before the key that signed it goes.

use super::{Target, Tombstone, reached, tombstone};
use crate::{Home, Result, StoreError, atomic_file};

/// Bytes of a receipt, at most: a list and a command.
pub const RECEIPT_BYTES: usize = 128 * 1024;
/// What the file's name ends with.
pub(super) const SUFFIX: &str = "receipt";

/// Keeps the receipt of a wipe that stands, in place of an earlier one; durable on return.
///
/// # Errors
/// [`StoreError::Missing`] where no such wipe stands; [`StoreError::TooLarge`]; [`StoreError::File`].
pub fn store_receipt(home: &Home, tombstone: &Tombstone, receipt: &[u8]) -> Result<()> {
    if receipt.len() > RECEIPT_BYTES {
        return Err(StoreError::TooLarge("the receipt"));
    }
    if !tombstone::stands(home, tombstone.target)? {
        return Err(StoreError::Missing("the wipe's tombstone"));
    }
    atomic_file::store(&path(home, tombstone.target), receipt, "write a wipe's receipt")?;
    reached("receipt");
    Ok(())
}

/// The receipt that was kept for this wipe, if it was signed.
///
/// # Errors
/// [`StoreError::File`].
pub fn load_receipt(home: &Home, tombstone: &Tombstone) -> Result<Option<Vec<u8>>> {
    if !tombstone::stands(home, tombstone.target)? {
        return Ok(None);
    }
    Ok(atomic_file::load(&path(home, tombstone.target), "read a wipe's receipt")?.map(|bytes| bytes.to_vec()))
}

fn path(home: &Home, target: Target) -> std::path::PathBuf {
    tombstone::path(home, target, SUFFIX)
}
