//! How the entry that starts an epoch is checked, and how a member gets its key out.

use sotto_protocol::cbor::{self, CborError};
use sotto_protocol::entry::{Alert, Anchor, EntryKind, Header, KeyBody, SealedEntry};
use sotto_protocol::key::{SealedBox, VerifyKey};
use sotto_protocol::verify::{self, BadSignature, key_entry_bytes, sha256};
use sotto_protocol::{AccountId, limits};
use subtle::ConstantTimeEq as _;

use super::{box_info, epoch_aad, link_key, member_aad};
use crate::hpke::{BoxError, SealingPair};
use crate::secret::Secret32;
use crate::thread_key::ThreadKey;
use crate::{aead, label};

/// Why a key entry, or a box of one, is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyEntryError {
    /// Not a key entry in its canonical encoding and within its limits.
    #[error("the key entry does not parse")]
    Malformed,
    /// The author's signature does not fit.
    #[error("the key entry's signature does not fit its author")]
    Signature,
    /// The account is not among the members.
    #[error("the account is not a member of the epoch")]
    NotAMember,
    /// The box is not the one whose hash the author signed.
    #[error("the box is not the one the author made")]
    SwappedBox,
    /// The box or the link does not open with this key.
    #[error("the box or the link does not open")]
    Unopened,
    /// What the box gave is not the key that the author committed to.
    #[error("the key is not the one the author committed to")]
    Commitment,
}

impl From<CborError> for KeyEntryError {
    fn from(_: CborError) -> Self {
        Self::Malformed
    }
}

impl From<BadSignature> for KeyEntryError {
    fn from(_: BadSignature) -> Self {
        Self::Signature
    }
}

impl From<BoxError> for KeyEntryError {
    fn from(_: BoxError) -> Self {
        Self::Unopened
    }
}

/// Checks a key entry's signature and shape. `header` is the one parsed from `entry`; `author` is the key of its account and generation.
///
/// Whether the author may start this epoch is for the caller, who knows the thread: its members, its epoch, its class.
///
/// # Errors
/// [`KeyEntryError::Malformed`] or [`KeyEntryError::Signature`].
pub fn verify_key_entry(entry: &SealedEntry, header: &Header, author: &VerifyKey) -> Result<KeyBody, KeyEntryError> {
    let signature = entry.signature.as_ref().filter(|_| header.kind == EntryKind::Key).ok_or(KeyEntryError::Malformed)?;
    verify::signature(author, &key_entry_bytes(&entry.header, &entry.body), signature)?;
    let body: KeyBody = cbor::parse_canonical(&entry.body, limits::ENTRY_BYTES)?;
    if shape_is_right(header, &body) { Ok(body) } else { Err(KeyEntryError::Malformed) }
}

fn shape_is_right(header: &Header, body: &KeyBody) -> bool {
    let sorted = body.members.is_sorted_by(|a, b| a.account < b.account);
    let few = !body.members.is_empty() && body.members.len() <= limits::MEMBERS;
    let past = body.link.is_some() || body.anchor != Anchor::START;
    let silent = header.alert == Alert::None && header.alerts.is_empty();
    sorted && few && silent && header.epoch > 0 && !(header.epoch == 1 && past)
}

/// Opens the account's own box of a verified key entry.
///
/// # Errors
/// [`KeyEntryError::NotAMember`], [`KeyEntryError::SwappedBox`] where the server gave another box, [`KeyEntryError::Unopened`] where
/// the box was sealed to other keys, [`KeyEntryError::Commitment`] where the author gave this member another key than the rest.
pub fn open_key_box(
    pair: &SealingPair,
    header: &Header,
    body: &KeyBody,
    account: AccountId,
    box_bytes: &[u8],
) -> Result<ThreadKey, KeyEntryError> {
    let member = body.members.iter().find(|m| m.account == account).ok_or(KeyEntryError::NotAMember)?;
    if !bool::from(sha256(&[box_bytes]).as_bytes().ct_eq(member.box_hash.as_bytes())) {
        return Err(KeyEntryError::SwappedBox);
    }
    let sealed: SealedBox = cbor::parse_canonical(box_bytes, limits::BOX_BYTES)?;
    let aad = member_aad(header.thread, header.epoch, account, member.generation);
    let plain = pair.open(&box_info(label::BOX_MEMBER), &aad, &sealed)?;
    let key = ThreadKey(Secret32::from_slice(plain.as_bytes()).ok_or(KeyEntryError::Malformed)?);
    committed(&key, header, body).then_some(key).ok_or(KeyEntryError::Commitment)
}

fn committed(key: &ThreadKey, header: &Header, body: &KeyBody) -> bool {
    key.commitment(header.thread, header.epoch).as_bytes().ct_eq(body.commitment.as_bytes()).into()
}

/// The key of the epoch before, where the entry links to it. The caller compares it with that epoch's commitment
/// ([`ThreadKey::commitment`]) as soon as it has that entry.
///
/// # Errors
/// [`KeyEntryError::Unopened`] where `key` is not this epoch's or the link is damaged.
pub fn open_link(body: &KeyBody, header: &Header, key: &ThreadKey) -> Result<Option<ThreadKey>, KeyEntryError> {
    let Some(link) = &body.link else { return Ok(None) };
    let aad = epoch_aad(header.thread, header.epoch);
    let plain =
        aead::open(&link_key(key, header.thread, header.epoch), aead::SINGLE_USE, &aad, link).map_err(|_| KeyEntryError::Unopened)?;
    Secret32::from_slice(plain.as_bytes()).map(|secret| Some(ThreadKey(secret))).ok_or(KeyEntryError::Malformed)
}
