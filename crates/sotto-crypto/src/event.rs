//! How an event is sealed into an entry and opened again: signed by its author inside, padded, under a key of its own.

use rand_core::CryptoRng;
use serde_bytes::ByteBuf;
use sotto_protocol::cbor;
use sotto_protocol::entry::{Alert, EntryKind, Header, SealedEntry};
use sotto_protocol::event::{Content, EventError, SignedContent};
use sotto_protocol::key::{Salt, VerifyKey};
use sotto_protocol::limits::BODY_BYTES;
use sotto_protocol::verify::{self, event_bytes};
use sotto_protocol::{AccountId, DeviceId, EntryId, PROTOCOL_VERSION, ThreadId};
use zeroize::Zeroize as _;

use crate::secret::{Secret32, SecretVec};
use crate::sign::SigningKey;
use crate::thread_key::ThreadKey;
use crate::{aead, derive, label, pad, random};

/// Everything about an event but its content: what the header will say, and the keys.
#[derive(Debug)]
pub struct EventSeal<'a> {
    /// The key of the thread's current epoch.
    pub key: &'a ThreadKey,
    /// That epoch.
    pub epoch: u64,
    /// The thread.
    pub thread: ThreadId,
    /// The entry's id: random, and the same when the same event is sealed again for a later epoch.
    pub entry: EntryId,
    /// Who writes.
    pub author: AccountId,
    /// The generation of `signing`.
    pub generation: u32,
    /// On which device.
    pub device: DeviceId,
    /// How loudly.
    pub alert: Alert,
    /// Whom to alert; empty means every member.
    pub alerts: Vec<AccountId>,
    /// The author's account signing key.
    pub signing: &'a SigningKey,
}

/// Why a sealed event does not open. Each becomes a visible tombstone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Not sealed under this key, or the header is not the one it was sealed with.
    #[error("the event does not decrypt")]
    Decrypt,
    /// The author's signature inside does not fit.
    #[error("the event's signature does not fit its author")]
    Signature,
    /// It decrypts, but to nothing this build takes for an event.
    #[error("the event does not parse")]
    Malformed,
    /// A text in it, or the whole, is longer than its limit.
    #[error("the event is larger than a limit")]
    TooLarge,
}

/// Why an event cannot be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// A text is missing or too long.
    #[error("sealing an event: {0}")]
    Event(#[from] EventError),
    /// More alerts, or more bytes, than the limits allow.
    #[error("sealing an event: it is larger than a limit")]
    TooLarge,
}

/// Signs, pads and seals an event. Each call draws a fresh salt, so no key ever seals two contents, not even from a restored vault.
///
/// # Errors
/// An event that every reader would refuse.
pub fn seal_event(seal: EventSeal<'_>, content: &Content, rng: &mut impl CryptoRng) -> Result<SealedEntry, SealError> {
    content.event.check()?;
    if seal.alerts.len() > sotto_protocol::limits::ALERTS {
        return Err(SealError::TooLarge);
    }
    let (key, signing) = (seal.key, seal.signing);
    let header = make_header(seal, rng);
    let header_bytes = cbor::encode(&header);
    let content = cbor::encode(content);
    let signature = signing.sign(&event_bytes(&header_bytes, &content));
    let mut signed = SignedContent(ByteBuf::from(content), signature);
    let plain = SecretVec::from_vec(cbor::encode(&signed));
    signed.0.zeroize();
    let length = pad::bucket(plain.as_bytes().len()).ok_or(SealError::TooLarge)?;
    let padded = pad::pad(plain.as_bytes(), length);
    let body = aead::seal(&event_key(key, &header), aead::SINGLE_USE, &header_bytes, padded.as_bytes());
    Ok(SealedEntry { header: header_bytes, body, signature: None })
}

fn make_header(seal: EventSeal<'_>, rng: &mut impl CryptoRng) -> Header {
    Header {
        version: PROTOCOL_VERSION,
        thread: seal.thread,
        entry: seal.entry,
        kind: EntryKind::Event,
        epoch: seal.epoch,
        author: seal.author,
        generation: seal.generation,
        device: seal.device,
        alert: seal.alert,
        alerts: seal.alerts,
        salt: Salt::from_bytes(random::make_bytes(rng)),
    }
}

/// Opens an event: decrypts, checks bucket, padding, encoding, the author's signature and every text's length, in that order.
///
/// `header` is the one parsed from `entry` ([`SealedEntry::parse`]); `author` is the key of the header's account and generation.
///
/// # Errors
/// The first check that fails.
pub fn open_event(key: &ThreadKey, entry: &SealedEntry, header: &Header, author: &VerifyKey) -> Result<Content, OpenError> {
    if header.kind != EntryKind::Event || entry.signature.is_some() {
        return Err(OpenError::Malformed);
    }
    if entry.body.len() > BODY_BYTES {
        return Err(OpenError::TooLarge);
    }
    let padded = aead::open(&event_key(key, header), aead::SINGLE_USE, &entry.header, &entry.body).map_err(|_| OpenError::Decrypt)?;
    let padded = padded.as_bytes();
    if !pad::BUCKETS.contains(&padded.len()) {
        return Err(OpenError::Malformed);
    }
    let plain = pad::unpad(padded).filter(|plain| pad::bucket(plain.len()) == Some(padded.len()));
    let signed: SignedContent = cbor::parse_canonical(plain.ok_or(OpenError::Malformed)?, BODY_BYTES).map_err(|_| OpenError::Malformed)?;
    let SignedContent(content, signature) = signed;
    let content = SecretVec::from_vec(content.into_vec());
    let message = event_bytes(&entry.header, content.as_bytes());
    verify::signature(author, &message, &signature).map_err(|_| OpenError::Signature)?;
    let content: Content = cbor::parse_canonical(content.as_bytes(), BODY_BYTES).map_err(|_| OpenError::Malformed)?;
    match content.event.check() {
        Ok(()) => Ok(content),
        Err(EventError::TooLarge) => Err(OpenError::TooLarge),
        Err(EventError::Empty) => Err(OpenError::Malformed),
    }
}

/// The key of this one sealing: of the thread key, the header's salt, and the place.
fn event_key(key: &ThreadKey, header: &Header) -> Secret32 {
    let info: [&[u8]; 4] = [label::EVENT_KEY, header.thread.as_bytes(), &header.epoch.to_be_bytes(), header.entry.as_bytes()];
    derive::secret(header.salt.as_bytes(), key.0.as_bytes(), &info)
}
