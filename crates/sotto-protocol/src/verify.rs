//! How signatures and hashes are checked: with public values only, by server and clients alike.

use ring::digest::{Context, SHA256};
use ring::signature::{ED25519, UnparsedPublicKey};

use crate::OrgId;
use crate::key::{Hash, Signature, VerifyKey};

/// The label before a key entry's signature.
pub const KEY_ENTRY_LABEL: &[u8] = b"sotto/key-entry/v1\0";
/// The label before an event's inner signature.
pub const EVENT_LABEL: &[u8] = b"sotto/event/v1\0";
/// The label of a thread's hash chain.
pub const CHAIN_LABEL: &[u8] = b"sotto/chain/v1\0";
/// The label of the hash over a file's chunks.
pub const FILE_HASH_LABEL: &[u8] = b"sotto/file-hash/v1\0";
/// The label of an organisation's id.
pub const ORG_LABEL: &[u8] = b"sotto/org/v1\0";

/// A signature that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not fit")]
pub struct BadSignature;

/// Checks an Ed25519 signature (RFC 8032, by `ring`: canonical encodings only).
///
/// # Errors
/// [`BadSignature`].
pub fn signature(key: &VerifyKey, message: &[u8], signature: &Signature) -> Result<(), BadSignature> {
    UnparsedPublicKey::new(&ED25519, key.as_bytes()).verify(message, signature.as_bytes()).map_err(|_| BadSignature)
}

/// SHA-256 over the parts, one after another.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> Hash {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let mut bytes = [0; 32];
    bytes.copy_from_slice(context.finish().as_ref());
    Hash::from_bytes(bytes)
}

/// The organisation that a root public key stands for.
#[must_use]
pub fn org_id(root: &VerifyKey) -> OrgId {
    let hash = sha256(&[ORG_LABEL, root.as_bytes()]);
    let mut id = [0; 16];
    id.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
    OrgId::from_bytes(id)
}

/// The chain hash at `seq`: over the one before, the place, the time and the entry's bytes.
#[must_use]
pub fn chain_hash(previous: &Hash, seq: u64, received_at: u64, entry: &[u8]) -> Hash {
    let entry = sha256(&[entry]);
    sha256(&[CHAIN_LABEL, previous.as_bytes(), &seq.to_be_bytes(), &received_at.to_be_bytes(), entry.as_bytes()])
}

/// The hash over a file: over the hashes of its sealed chunks, in their order.
#[must_use]
pub fn file_hash(chunks: &[Hash]) -> Hash {
    let hashes = chunks.iter().map(|chunk| chunk.as_bytes().as_slice());
    sha256(&std::iter::once(FILE_HASH_LABEL).chain(hashes).collect::<Vec<_>>())
}

/// What a key entry's signature covers: its header and its body, each hashed.
#[must_use]
pub fn key_entry_bytes(header: &[u8], body: &[u8]) -> Vec<u8> {
    [KEY_ENTRY_LABEL, sha256(&[header]).as_bytes(), sha256(&[body]).as_bytes()].concat()
}

/// What an event's inner signature covers: its header and its content, each hashed.
#[must_use]
pub fn event_bytes(header: &[u8], content: &[u8]) -> Vec<u8> {
    [EVENT_LABEL, sha256(&[header]).as_bytes(), sha256(&[content]).as_bytes()].concat()
}
