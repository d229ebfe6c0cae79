//! What travels of a file: its place, its key and what it is stand in an event; its sealed chunks lie beside the log.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteArray;

use crate::event::{EventError, Priority, optional, required};
use crate::key::Hash;
use crate::limits::{FIELD_CHARS, FILE_BYTES, FILE_CHUNK_BYTES, FILE_LAST_BYTES, FILE_TAG_BYTES, MESSAGE_CHARS, TITLE_CHARS};
use crate::{EntryId, FileId};

/// The key of one file: 32 bytes that seal this file and nothing else, ever. Silent in `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FileKey(ByteArray<32>);

impl FileKey {
    /// Wraps the bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(ByteArray::new(bytes))
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey(..)")
    }
}

/// A file that somebody shares, with what they say to it. Its chunks are on the server before this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedFile {
    /// What the server knows it by, within the thread.
    pub file: FileId,
    /// What its chunks are sealed under.
    pub key: FileKey,
    /// Bytes of its content.
    pub bytes: u64,
    /// The hash over its sealed chunks ([`crate::verify::file_hash`]).
    pub hash: Hash,
    /// What the author's client found in its content, as a media type. A reader looks again and trusts neither this nor the name.
    pub media_type: String,
    /// How it is called; without a folder.
    pub name: String,
    /// What is said with it; may be empty.
    pub text: String,
    /// How pressing.
    pub priority: Priority,
}

/// That somebody saved a file where Sotto does not keep it. Written before the first byte leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedFile {
    /// The entry that shared the file.
    pub entry: EntryId,
}

impl SharedFile {
    /// Checks every length, and that the name is one line and no path.
    ///
    /// # Errors
    /// The first part that is too long, missing or not allowed.
    pub fn check(&self) -> Result<(), EventError> {
        required(&self.name, TITLE_CHARS)?;
        required(&self.media_type, FIELD_CHARS)?;
        optional(Some(&self.text), MESSAGE_CHARS)?;
        let forbidden = |c: char| c.is_control() || c == '/' || c == '\\';
        if self.name.chars().any(forbidden) || self.bytes == 0 {
            return Err(EventError::Empty);
        }
        if self.bytes > FILE_BYTES { Err(EventError::TooLarge) } else { Ok(()) }
    }
}

/// How many chunks a file of so many bytes has: at least one.
#[must_use]
pub const fn chunks_of(bytes: u64) -> u32 {
    let chunks = bytes.div_ceil(FILE_CHUNK_BYTES as u64);
    // At most FILE_BYTES / FILE_CHUNK_BYTES for every file that passes a check.
    if chunks == 0 { 1 } else { chunks as u32 }
}

/// Bytes of content in a chunk of a file; 0 for a chunk that the file does not have.
#[must_use]
pub fn plain_bytes(bytes: u64, number: u32) -> usize {
    let before = u64::from(number) * FILE_CHUNK_BYTES as u64;
    usize::try_from(bytes.saturating_sub(before)).unwrap_or(usize::MAX).min(FILE_CHUNK_BYTES)
}

/// Bytes of a chunk before it is sealed: the whole ones are whole, the last one is padded up to a power of two.
#[must_use]
pub fn padded_bytes(plain: usize) -> usize {
    plain.max(FILE_LAST_BYTES).next_power_of_two().min(FILE_CHUNK_BYTES)
}

/// Whether a sealed chunk of so many bytes may be the one with this number of `chunks`: what a server can tell of it.
#[must_use]
pub fn fits(sealed: usize, number: u32, chunks: u32) -> bool {
    let Some(padded) = sealed.checked_sub(FILE_TAG_BYTES) else { return false };
    let last = number.checked_add(1) == Some(chunks);
    number < chunks && if last { padded <= FILE_CHUNK_BYTES && padded_bytes(padded) == padded } else { padded == FILE_CHUNK_BYTES }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(name: &str, bytes: u64) -> SharedFile {
        SharedFile {
            file: FileId::from_bytes([1; 16]),
            key: FileKey::from_bytes([2; 32]),
            bytes,
            hash: Hash::from_bytes([3; 32]),
            media_type: "image/png".into(),
            name: name.into(),
            text: String::new(),
            priority: Priority::Fyi,
        }
    }

    #[test]
    fn a_name_is_one_line_and_no_path_and_a_file_has_a_size() {
        assert_eq!(shared("wound.png", 9).check(), Ok(()));
        for name in ["", "  ", "../../etc/passwd", "a\\b", "two\nlines"] {
            assert_eq!(shared(name, 9).check(), Err(EventError::Empty), "{name:?}");
        }
        assert_eq!(shared("a", 0).check(), Err(EventError::Empty));
        assert_eq!(shared("a", FILE_BYTES).check(), Ok(()));
        assert_eq!(shared("a", FILE_BYTES + 1).check(), Err(EventError::TooLarge));
        assert!(!format!("{:?}", shared("a", 1)).contains("2, 2"), "the key stays silent");
    }

    #[test]
    fn chunks_cover_a_file_exactly() {
        let chunk = FILE_CHUNK_BYTES as u64;
        for (bytes, chunks, last) in [(1, 1, 1), (chunk, 1, FILE_CHUNK_BYTES), (chunk + 1, 2, 1), (3 * chunk, 3, FILE_CHUNK_BYTES)] {
            assert_eq!((chunks_of(bytes), plain_bytes(bytes, chunks - 1)), (chunks, last));
            assert_eq!((0..chunks).map(|n| plain_bytes(bytes, n) as u64).sum::<u64>(), bytes);
            assert_eq!(plain_bytes(bytes, chunks), 0);
        }
        assert_eq!([1, 4_096, 4_097, 70_000, FILE_CHUNK_BYTES].map(padded_bytes), [4_096, 4_096, 8_192, 131_072, FILE_CHUNK_BYTES]);
    }

    #[test]
    fn a_server_tells_a_chunk_that_cannot_be() {
        let whole = FILE_CHUNK_BYTES + FILE_TAG_BYTES;
        assert!(fits(whole, 0, 2) && fits(whole, 1, 2) && fits(4_096 + FILE_TAG_BYTES, 1, 2));
        assert!(!fits(4_096 + FILE_TAG_BYTES, 0, 2), "only the last one is short");
        assert!(!fits(5_000 + FILE_TAG_BYTES, 1, 2), "and it is padded");
        assert!(!fits(whole + 1, 1, 2) && !fits(whole, 2, 2) && !fits(3, 0, 1));
    }
}
