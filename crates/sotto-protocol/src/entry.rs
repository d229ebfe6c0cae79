//! What a thread's log is made of: signed key entries that start an epoch, and sealed event entries.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::cbor::{self, CborError};
use crate::key::{Hash, Salt, SealedBox, Signature};
use crate::limits;
use crate::{AccountId, DeviceId, EntryId, ThreadId};

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum EntryKind {
    /// Starts an epoch; signed in the clear.
    Key,
    /// Carries an event; sealed, signed inside.
    Event,
}

impl From<EntryKind> for u8 {
    fn from(kind: EntryKind) -> Self {
        match kind {
            EntryKind::Key => 1,
            EntryKind::Event => 2,
        }
    }
}

impl TryFrom<u8> for EntryKind {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, &'static str> {
        match number {
            1 => Ok(Self::Key),
            2 => Ok(Self::Event),
            _ => Err("this build does not know that kind of entry"),
        }
    }
}

/// How loudly an entry may make itself known on a locked screen. In the clear, because the server acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Alert {
    /// Nobody is alerted; it says what the thread is, so a new vault needs it first.
    None,
    /// A badge.
    Normal,
    /// A sound.
    Urgent,
    /// A repeated sound.
    Stat,
    /// Nobody is alerted; it says something of messages, and a new vault needs it no sooner than those. Not louder than the others, whatever
    /// its number.
    Quiet,
}

impl From<Alert> for u8 {
    fn from(alert: Alert) -> Self {
        alert as Self
    }
}

impl TryFrom<u8> for Alert {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, &'static str> {
        match number {
            0 => Ok(Self::None),
            1 => Ok(Self::Normal),
            2 => Ok(Self::Urgent),
            3 => Ok(Self::Stat),
            4 => Ok(Self::Quiet),
            _ => Err("this build does not know that alert level"),
        }
    }
}

/// What everybody on the way may read of an entry. Encoded as an array of its fields, in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "HeaderArray", into = "HeaderArray")]
pub struct Header {
    /// The protocol version of the entry.
    pub version: u16,
    /// The thread.
    pub thread: ThreadId,
    /// The entry's own id.
    pub entry: EntryId,
    /// Key or event.
    pub kind: EntryKind,
    /// The epoch: of a key entry the one it starts, from 1; of an event the one it is sealed in.
    pub epoch: u64,
    /// Who wrote it.
    pub author: AccountId,
    /// The generation of the author's account keys that signed it.
    pub generation: u32,
    /// The device it was written on.
    pub device: DeviceId,
    /// How loudly.
    pub alert: Alert,
    /// Whom to alert; empty means every member.
    pub alerts: Vec<AccountId>,
    /// Fresh randomness of this sealing; makes every sealing's key its own.
    pub salt: Salt,
}

type HeaderArray = (u16, ThreadId, EntryId, EntryKind, u64, AccountId, u32, DeviceId, Alert, Vec<AccountId>, Salt);

impl From<HeaderArray> for Header {
    fn from(a: HeaderArray) -> Self {
        let (version, thread, entry, kind, epoch, author, generation, device, alert, alerts, salt) = a;
        Self { version, thread, entry, kind, epoch, author, generation, device, alert, alerts, salt }
    }
}

impl From<Header> for HeaderArray {
    fn from(h: Header) -> Self {
        (h.version, h.thread, h.entry, h.kind, h.epoch, h.author, h.generation, h.device, h.alert, h.alerts, h.salt)
    }
}

/// An entry as its author made it; the server stores these bytes and adds a [`Stamp`]. Encoded as an array.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "EntryArray", into = "EntryArray")]
pub struct SealedEntry {
    /// The canonical encoding of the [`Header`]; what signatures and the AEAD bind.
    pub header: Vec<u8>,
    /// A key entry's canonical [`KeyBody`], or an event's ciphertext.
    pub body: Vec<u8>,
    /// A key entry's signature by its author's account key; absent on events, whose signature is inside.
    pub signature: Option<Signature>,
}

type EntryArray = (ByteBuf, ByteBuf, Option<Signature>);

impl From<EntryArray> for SealedEntry {
    fn from((header, body, signature): EntryArray) -> Self {
        Self { header: header.into_vec(), body: body.into_vec(), signature }
    }
}

impl From<SealedEntry> for EntryArray {
    fn from(entry: SealedEntry) -> Self {
        (ByteBuf::from(entry.header), ByteBuf::from(entry.body), entry.signature)
    }
}

impl SealedEntry {
    /// The bytes that travel and are hashed.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(self)
    }

    /// Reads untrusted bytes and the header in them, and checks every limit that needs no key.
    ///
    /// # Errors
    /// Anything that is not the canonical encoding of an entry within its limits.
    pub fn parse(bytes: &[u8]) -> Result<(Self, Header), CborError> {
        let entry: Self = cbor::parse_canonical(bytes, limits::ENTRY_BYTES)?;
        let header: Header = cbor::parse_canonical(&entry.header, limits::HEADER_BYTES)?;
        let signed = matches!(header.kind, EntryKind::Key) == entry.signature.is_some();
        if header.version != crate::PROTOCOL_VERSION || header.epoch == 0 || !signed {
            return Err(CborError::Malformed);
        }
        let body_limit = if header.kind == EntryKind::Event { limits::BODY_BYTES } else { limits::ENTRY_BYTES };
        if header.alerts.len() > limits::ALERTS || entry.body.len() > body_limit {
            return Err(CborError::TooLarge);
        }
        Ok((entry, header))
    }
}

/// Which kind of thread it is; in the clear, because it decides who may be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ThreadClass {
    /// About care.
    Clinical,
    /// About appointments.
    Scheduling,
    /// About money.
    Billing,
    /// Among staff, about no patient.
    Staff,
}

/// A member of an epoch and the hash of the box that holds its key for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyMember {
    /// The account.
    pub account: AccountId,
    /// The generation of the account's sealing key.
    pub generation: u32,
    /// SHA-256 of the encoded [`SealedBox`], so that whoever swaps a box is found out.
    pub box_hash: Hash,
}

/// The body of a key entry, readable by the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyBody {
    /// The class of the thread; the same in every epoch.
    pub class: ThreadClass,
    /// The members from this entry on, sorted by account, each once.
    pub members: Vec<KeyMember>,
    /// A commitment to the epoch's key.
    pub commitment: Hash,
    /// The previous epoch's key, sealed under this one's; absent in epoch 1 and where new members may not read back.
    pub link: Option<ByteBuf>,
    /// The epoch's key for the organisation's archive; deterministic, so every member can recompute it.
    pub archive: SealedBox,
    /// What the author had seen of the log; zero in epoch 1.
    pub anchor: Anchor,
    /// The author's clock, milliseconds since 1970.
    pub sent_at: u64,
}

/// The newest entry the author had seen in this thread: a log that is shown forked contradicts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Anchor {
    /// The thread seq, 0 before the first entry.
    pub seq: u64,
    /// The chain hash at that seq.
    pub hash: Hash,
}

impl Anchor {
    /// Before the first entry.
    pub const START: Self = Self { seq: 0, hash: Hash::from_bytes([0; 32]) };
}

/// What the server adds to an entry. Encoded as an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "StampArray", into = "StampArray")]
pub struct Stamp {
    /// Gapless in the organisation, from 1: the feed's cursor.
    pub position: u64,
    /// Gapless in the thread, from 1.
    pub seq: u64,
    /// The server's clock, milliseconds since 1970.
    pub received_at: u64,
    /// The chain hash over this entry and all before it in the thread.
    pub chain: Hash,
}

type StampArray = (u64, u64, u64, Hash);

impl From<StampArray> for Stamp {
    fn from((position, seq, received_at, chain): StampArray) -> Self {
        Self { position, seq, received_at, chain }
    }
}

impl From<Stamp> for StampArray {
    fn from(s: Stamp) -> Self {
        (s.position, s.seq, s.received_at, s.chain)
    }
}
