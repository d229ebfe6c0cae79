//! How the entry that starts an epoch is made.

use rand_core::CryptoRng;
use serde_bytes::ByteBuf;
use sotto_protocol::entry::{Alert, Anchor, EntryKind, Header, KeyBody, KeyMember, SealedEntry, ThreadClass};
use sotto_protocol::key::{Salt, SealingKey};
use sotto_protocol::verify::{key_entry_bytes, sha256};
use sotto_protocol::{AccountId, DeviceId, EntryId, PROTOCOL_VERSION, ThreadId, cbor, limits};

use super::{archive, box_info, epoch_aad, link_key, member_aad};
use crate::hpke::{self, BoxError};
use crate::sign::SigningKey;
use crate::thread_key::ThreadKey;
use crate::{aead, label, random};

/// What a new epoch is made of.
#[derive(Debug)]
pub struct KeyEntryMake<'a> {
    /// The thread.
    pub thread: ThreadId,
    /// The entry's id, random.
    pub entry: EntryId,
    /// The thread's class; the same in every epoch.
    pub class: ThreadClass,
    /// The epoch it starts, from 1.
    pub epoch: u64,
    /// Who makes it.
    pub author: AccountId,
    /// The generation of `signing`.
    pub generation: u32,
    /// On which device.
    pub device: DeviceId,
    /// The author's account signing key.
    pub signing: &'a SigningKey,
    /// Everybody from now on, in any order: account, the generation of its sealing key, the sealing key.
    pub members: &'a [(AccountId, u32, &'a SealingKey)],
    /// The key of the epoch before; `None` in epoch 1 and where new members may not read back.
    pub previous: Option<&'a ThreadKey>,
    /// The policy's archive key.
    pub archive: &'a SealingKey,
    /// The newest entry of the thread the author has seen.
    pub anchor: Anchor,
    /// The author's clock, milliseconds since 1970.
    pub sent_at: u64,
}

/// A made key entry: what is appended, and the key, which is kept.
#[derive(Debug)]
pub struct KeyEntry {
    /// The entry.
    pub entry: SealedEntry,
    /// Each member's encoded box, sorted by account.
    pub boxes: Vec<(AccountId, Vec<u8>)>,
    /// The epoch's key.
    pub key: ThreadKey,
}

/// Why a key entry cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MakeError {
    /// No members, more than [`limits::MEMBERS`], one named twice, epoch 0, or epoch 1 that claims a past.
    #[error("making a key entry: its members or its epoch are not possible")]
    Malformed,
    /// A sealing key is not valid.
    #[error("making a key entry: {0}")]
    Box(#[from] BoxError),
}

/// Makes a fresh key and the entry that gives it to the members. Never twice the same: a retry after a lost race calls it again.
///
/// # Errors
/// Inputs that every reader would refuse.
pub fn make_key_entry(make: &KeyEntryMake<'_>, rng: &mut impl CryptoRng) -> Result<KeyEntry, MakeError> {
    check(make)?;
    let key = ThreadKey::generate(rng);
    let (members, boxes) = seal_boxes(make, &key, rng)?;
    let body = KeyBody {
        class: make.class,
        members,
        commitment: key.commitment(make.thread, make.epoch),
        link: make.previous.map(|previous| seal_link(make, &key, previous)),
        archive: archive::derive_archive_box(&key, make.thread, make.epoch, make.archive)?,
        anchor: make.anchor,
        sent_at: make.sent_at,
    };
    let (header, body) = (cbor::encode(&make_header(make, rng)), cbor::encode(&body));
    let signature = make.signing.sign(&key_entry_bytes(&header, &body));
    Ok(KeyEntry { entry: SealedEntry { header, body, signature: Some(signature) }, boxes, key })
}

fn check(make: &KeyEntryMake<'_>) -> Result<(), MakeError> {
    let first = make.epoch == 1;
    let has_past = make.previous.is_some() || make.anchor != Anchor::START;
    if make.members.is_empty() || make.members.len() > limits::MEMBERS || make.epoch == 0 || (first && has_past) {
        return Err(MakeError::Malformed);
    }
    Ok(())
}

type Boxes = (Vec<KeyMember>, Vec<(AccountId, Vec<u8>)>);

fn seal_boxes(make: &KeyEntryMake<'_>, key: &ThreadKey, rng: &mut impl CryptoRng) -> Result<Boxes, MakeError> {
    let mut sorted = make.members.to_vec();
    sorted.sort_by_key(|(account, ..)| *account);
    let (mut members, mut boxes): Boxes = (Vec::with_capacity(sorted.len()), Vec::with_capacity(sorted.len()));
    for (account, generation, to) in sorted {
        if members.last().is_some_and(|last| last.account == account) {
            return Err(MakeError::Malformed);
        }
        let aad = member_aad(make.thread, make.epoch, account, generation);
        let sealed = cbor::encode(&hpke::seal(to, &box_info(label::BOX_MEMBER), &aad, key.0.as_bytes(), rng)?);
        members.push(KeyMember { account, generation, box_hash: sha256(&[&sealed]) });
        boxes.push((account, sealed));
    }
    Ok((members, boxes))
}

fn seal_link(make: &KeyEntryMake<'_>, key: &ThreadKey, previous: &ThreadKey) -> ByteBuf {
    let aad = epoch_aad(make.thread, make.epoch);
    ByteBuf::from(aead::seal(&link_key(key, make.thread, make.epoch), aead::SINGLE_USE, &aad, previous.0.as_bytes()))
}

fn make_header(make: &KeyEntryMake<'_>, rng: &mut impl CryptoRng) -> Header {
    Header {
        version: PROTOCOL_VERSION,
        thread: make.thread,
        entry: make.entry,
        kind: EntryKind::Key,
        epoch: make.epoch,
        author: make.author,
        generation: make.generation,
        device: make.device,
        alert: Alert::None,
        alerts: Vec::new(),
        salt: Salt::from_bytes(random::make_bytes(rng)),
    }
}
