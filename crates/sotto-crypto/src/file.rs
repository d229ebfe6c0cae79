//! How a file is sealed chunk by chunk and opened again: no chunk can be changed, moved, left out or added unnoticed.
//!
//! The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse
//! Misuse-Resistance", CRYPTO 2015): AES-256-GCM under one key, whose nonce counts the chunks and marks the last one. The key is derived
//! for this thread, file and length, so a chunk opens nowhere else, and a file that was cut short has no last chunk.

use rand_core::CryptoRng;
use sotto_protocol::file::{FileKey, chunks_of, padded_bytes, plain_bytes};
use sotto_protocol::limits::FILE_BYTES;
use sotto_protocol::{FileId, ThreadId};

use crate::secret::{Secret32, SecretVec};
use crate::{aead, derive, label, pad, random};

/// A chunk that cannot be sealed, or bytes that are not the chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Not as long as the chunk of that number is, or the file has no such chunk.
    #[error("sealing a chunk of a file: its length is not the one it has")]
    Length,
    /// Sealed under another key, at another place, or damaged.
    #[error("the chunk of the file does not open")]
    Unopened,
}

/// A fresh key for one file. A file that is shared twice gets two.
#[must_use]
pub fn make_file_key(rng: &mut impl CryptoRng) -> FileKey {
    FileKey::from_bytes(random::make_bytes(rng))
}

/// What seals and opens the chunks of one file. A key seals one content only: whoever seals a chunk of it again seals the same bytes.
#[derive(Debug, Clone)]
pub struct FileSeal {
    key: Secret32,
    bytes: u64,
}

impl FileSeal {
    /// The seal of a file of so many bytes in that thread.
    ///
    /// # Errors
    /// [`FileError::Length`] for no byte, or more than a file may have.
    pub fn new(key: &FileKey, thread: ThreadId, file: FileId, bytes: u64) -> Result<Self, FileError> {
        if bytes == 0 || bytes > FILE_BYTES {
            return Err(FileError::Length);
        }
        let info: [&[u8]; 4] = [label::FILE_KEY, thread.as_bytes(), file.as_bytes(), &bytes.to_be_bytes()];
        Ok(Self { key: derive::secret(&[], key.as_bytes(), &info), bytes })
    }

    /// How many chunks the file has.
    #[must_use]
    pub const fn chunks(&self) -> u32 {
        chunks_of(self.bytes)
    }

    /// Seals the chunk of that number. The same content gives the same bytes.
    ///
    /// # Errors
    /// [`FileError::Length`].
    pub fn seal(&self, number: u32, content: &[u8]) -> Result<Vec<u8>, FileError> {
        let plain = plain_bytes(self.bytes, number);
        if plain == 0 || content.len() != plain {
            return Err(FileError::Length);
        }
        let padded = if padded_bytes(plain) == plain { SecretVec::from(content) } else { pad::zeros(content, padded_bytes(plain)) };
        Ok(aead::seal(&self.key, self.nonce(number), &[], padded.as_bytes()))
    }

    /// Opens the chunk of that number.
    ///
    /// # Errors
    /// [`FileError::Unopened`].
    pub fn open(&self, number: u32, sealed: &[u8]) -> Result<SecretVec, FileError> {
        let plain = plain_bytes(self.bytes, number);
        if plain == 0 {
            return Err(FileError::Unopened);
        }
        let mut opened = aead::open(&self.key, self.nonce(number), &[], sealed).map_err(|_| FileError::Unopened)?;
        let padding = opened.as_bytes().get(plain..).ok_or(FileError::Unopened)?;
        if opened.as_bytes().len() != padded_bytes(plain) || padding.iter().any(|byte| *byte != 0) {
            return Err(FileError::Unopened);
        }
        opened.truncate(plain);
        Ok(opened)
    }

    /// Seven zero bytes, the number, and one for the last chunk: no two chunks of a file share it.
    fn nonce(&self, number: u32) -> [u8; aead::NONCE_BYTES] {
        let [a, b, c, d] = number.to_be_bytes();
        let last = u8::from(number.checked_add(1) == Some(self.chunks()));
        [0, 0, 0, 0, 0, 0, 0, a, b, c, d, last]
    }
}

#[cfg(test)]
mod tests {
    use sotto_protocol::limits::{FILE_CHUNK_BYTES, FILE_TAG_BYTES};

    use super::*;

    fn seal_of(bytes: u64) -> FileSeal {
        FileSeal::new(&FileKey::from_bytes([7; 32]), ThreadId::from_bytes([1; 16]), FileId::from_bytes([2; 16]), bytes).unwrap()
    }

    fn content(bytes: usize) -> Vec<u8> {
        (0..bytes).map(|n| u8::try_from(n % 251).unwrap()).collect()
    }

    #[test]
    fn a_file_comes_back_chunk_by_chunk() {
        for bytes in [1, 4_096, 4_097, FILE_CHUNK_BYTES, FILE_CHUNK_BYTES + 1, 2 * FILE_CHUNK_BYTES + 70_000] {
            let (whole, seal) = (content(bytes), seal_of(bytes as u64));
            let chunks: Vec<&[u8]> = whole.chunks(FILE_CHUNK_BYTES).collect();
            assert_eq!(chunks.len(), seal.chunks() as usize);
            for (number, chunk) in (0..).zip(&chunks) {
                let sealed = seal.seal(number, chunk).unwrap();
                assert!(sotto_protocol::file::fits(sealed.len(), number, seal.chunks()));
                assert_eq!(seal.open(number, &sealed).unwrap().as_bytes(), *chunk);
            }
        }
    }

    #[test]
    fn no_chunk_opens_at_another_place_of_another_length_or_changed() {
        let long = seal_of(3 * FILE_CHUNK_BYTES as u64);
        let chunk = content(FILE_CHUNK_BYTES);
        let sealed = long.seal(1, &chunk).unwrap();
        assert_eq!(long.open(0, &sealed), Err(FileError::Unopened), "moved");
        assert_eq!(long.open(2, &sealed), Err(FileError::Unopened), "made the last");
        assert_eq!(long.open(3, &sealed), Err(FileError::Unopened), "added");
        assert_eq!(seal_of(2 * FILE_CHUNK_BYTES as u64).open(1, &sealed), Err(FileError::Unopened), "the file cut short");
        let elsewhere =
            FileSeal::new(&FileKey::from_bytes([7; 32]), ThreadId::from_bytes([9; 16]), FileId::from_bytes([2; 16]), long.bytes).unwrap();
        assert_eq!(elsewhere.open(1, &sealed), Err(FileError::Unopened), "in another thread");
        let mut changed = sealed.clone();
        changed[5] ^= 1;
        assert_eq!(long.open(1, &changed), Err(FileError::Unopened));
        assert_eq!(long.open(1, &sealed[..FILE_TAG_BYTES - 1]), Err(FileError::Unopened));
        assert_eq!(long.open(1, &sealed).unwrap().as_bytes(), chunk);
    }

    #[test]
    fn padding_that_is_not_zero_is_refused() {
        let seal = seal_of(10);
        let forged = aead::seal(&seal.key, seal.nonce(0), &[], &[1; 4_096]);
        assert_eq!(seal.open(0, &forged), Err(FileError::Unopened));
    }

    #[test]
    fn only_a_chunk_of_the_right_length_is_sealed() {
        let seal = seal_of(FILE_CHUNK_BYTES as u64 + 3);
        assert_eq!(seal.seal(0, &content(3)), Err(FileError::Length));
        assert_eq!(seal.seal(1, &content(4)), Err(FileError::Length));
        assert_eq!(seal.seal(2, &[]), Err(FileError::Length));
        let of = |bytes| FileSeal::new(&FileKey::from_bytes([7; 32]), ThreadId::from_bytes([1; 16]), FileId::from_bytes([2; 16]), bytes);
        assert_eq!(of(0).map(drop), Err(FileError::Length));
        assert_eq!(of(FILE_BYTES + 1).map(drop), Err(FileError::Length));
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_is_sealed_comes_back_and_one_changed_bit_never_does(
            bytes in proptest::collection::vec(0u8.., 1..9_000),
            place in proptest::prelude::any::<proptest::sample::Index>(),
            bit in 0u8..8,
        ) {
            let seal = seal_of(bytes.len() as u64);
            let mut sealed = seal.seal(0, &bytes).unwrap();
            proptest::prop_assert!(sotto_protocol::file::fits(sealed.len(), 0, 1));
            let opened = seal.open(0, &sealed).unwrap();
            proptest::prop_assert_eq!(opened.as_bytes(), bytes.as_slice());
            let place = place.index(sealed.len());
            sealed[place] ^= 1 << bit;
            proptest::prop_assert_eq!(seal.open(0, &sealed), Err(FileError::Unopened));
        }
    }
}
