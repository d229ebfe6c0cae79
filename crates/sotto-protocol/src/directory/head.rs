//! Which directory has somebody seen? A count of statements and a hash over them all, so that two people can tell whether they were shown
//! the same one.

use serde::{Deserialize, Serialize};

use crate::key::{HalfHash, Hash};
use crate::statement::Signed;
use crate::{cbor, verify};

/// The label before what the hash of a directory covers.
pub const DIRECTORY_LABEL: &[u8] = b"sotto/directory/v1\0";

/// A directory as somebody had verified it: how many statements, and half of the hash over them in their order (zeros for none). It
/// travels inside every event: a server that keeps a revocation from one of two people, or shows them different directories, is caught
/// by the next message between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DirectoryHead(pub u64, pub HalfHash);

impl DirectoryHead {
    /// Of a directory without statements.
    pub const START: Self = Self(0, HalfHash::from_bytes([0; 16]));

    fn new(version: u64, hash: &Hash) -> Self {
        let (half, _) = hash.as_bytes().split_at(16);
        Self(version, HalfHash::try_from(half).unwrap_or(Self::START.1))
    }
}

/// The hashes a directory has had, the first after its first statement.
#[derive(Debug, Clone, Default)]
pub(super) struct Heads(Vec<Hash>);

impl Heads {
    /// Adds the next statement.
    pub fn push(&mut self, signed: &Signed) {
        let last = self.0.last().copied().unwrap_or(Hash::from_bytes([0; 32]));
        let version = self.0.len() as u64 + 1;
        let statement = verify::sha256(&[&cbor::encode(signed)]);
        self.0.push(verify::sha256(&[DIRECTORY_LABEL, last.as_bytes(), &version.to_be_bytes(), statement.as_bytes()]));
    }

    /// The newest.
    pub fn last(&self) -> DirectoryHead {
        self.0.last().map_or(DirectoryHead::START, |hash| DirectoryHead::new(self.0.len() as u64, hash))
    }

    /// The one after that many statements, if there are as many.
    pub fn at(&self, version: u64) -> Option<DirectoryHead> {
        let Some(place) = version.checked_sub(1) else { return Some(DirectoryHead::START) };
        let hash = usize::try_from(place).ok().and_then(|place| self.0.get(place))?;
        Some(DirectoryHead::new(version, hash))
    }
}
