//! Whether an event opens for its epoch's members as its author wrote it, and in no other way.

use proptest::prelude::*;
use serde_bytes::ByteBuf;
use sotto_crypto::event::{EventSeal, OpenError, SealError, open_event, seal_event};
use sotto_crypto::{Secret32, SigningKey, ThreadKey, pad};
use sotto_protocol::cbor;
use sotto_protocol::directory::DirectoryHead;
use sotto_protocol::entry::{Alert, Anchor, Header, SealedEntry};
use sotto_protocol::event::{Content, Description, Event, EventError, Message, Patient, Priority, SignedContent};
use sotto_protocol::key::{HalfHash, Hash};
use sotto_protocol::verify::KEY_ENTRY_LABEL;
use sotto_protocol::{AccountId, EntryId, ThreadId};

use crate::clinic::{Clinic, MONDAY, id, rng, seed};

pub fn key() -> ThreadKey {
    ThreadKey(seed("thread key 3"))
}

pub fn message(text: &str) -> Content {
    let event = Event::Message(Message { text: text.into(), priority: Priority::Action, answers: Vec::new() });
    Content {
        event,
        sent_at: MONDAY,
        anchor: Anchor { seq: 4, hash: Hash::from_bytes([9; 32]) },
        directory: DirectoryHead(7, HalfHash::from_bytes([8; 16])),
    }
}

pub fn seal(clinic: &Clinic, content: &Content, name: &str) -> Result<SealedEntry, SealError> {
    seal_as(clinic, content, name, &clinic.nadia.signing)
}

fn seal_as(clinic: &Clinic, content: &Content, name: &str, signing: &SigningKey) -> Result<SealedEntry, SealError> {
    let seal = EventSeal {
        key: &key(),
        epoch: 3,
        thread: ThreadId::from_bytes(id("thread")),
        entry: EntryId::from_bytes(id(name)),
        author: clinic.nadia.account,
        generation: 1,
        device: clinic.nadia.device,
        alert: Alert::Urgent,
        alerts: vec![clinic.omar.account],
        signing,
    };
    seal_event(seal, content, &mut rng(name))
}

fn open(clinic: &Clinic, bytes: &[u8]) -> Result<Content, OpenError> {
    let (entry, header) = SealedEntry::parse(bytes).map_err(|_| OpenError::Malformed)?;
    open_event(&key(), &entry, &header, &clinic.nadia.signing.verify_key())
}

#[test]
fn a_message_and_a_description_open_as_they_were_written() {
    let clinic = Clinic::new();
    let patient = Patient {
        family: "Testpatient".into(),
        given: "Ada".into(),
        preferred: None,
        birth_date: "1980-02-29".into(),
        mrn: "0012345".into(),
        pronouns: Some("she/her".into()),
        language: None,
    };
    let described = Event::Described(Description { title: None, patient: Some(patient), reason: Some("Refill".into()) });
    for content in [message("Potassium 6.1, please call."), Content { event: described, ..message("x") }] {
        let entry = seal(&clinic, &content, "round trip").unwrap();
        assert_eq!(open(&clinic, &entry.encode()), Ok(content));
    }
}

#[test]
fn no_byte_of_a_sealed_event_can_change() {
    let clinic = Clinic::new();
    let bytes = seal(&clinic, &message("Potassium 6.1"), "mutated").unwrap().encode();
    assert!(open(&clinic, &bytes).is_ok());
    for place in 0..bytes.len() {
        for bit in [0x01, 0x80] {
            let mut changed = bytes.clone();
            changed[place] ^= bit;
            assert!(open(&clinic, &changed).is_err(), "byte {place} can change");
        }
        assert!(open(&clinic, &bytes[..place]).is_err(), "it opens cut at {place}");
    }
}

#[test]
fn no_field_of_the_header_can_change() {
    let clinic = Clinic::new();
    let entry = seal(&clinic, &message("Potassium 6.1"), "moved").unwrap();
    let (_, header) = SealedEntry::parse(&entry.encode()).unwrap();
    let changes: [fn(&mut Header); 9] = [
        |h| h.thread = ThreadId::from_bytes([7; 16]),
        |h| h.entry = EntryId::from_bytes([7; 16]),
        |h| h.epoch += 1,
        |h| h.author = AccountId::from_bytes([7; 16]),
        |h| h.generation += 1,
        |h| h.device = sotto_protocol::DeviceId::from_bytes([7; 16]),
        |h| h.alert = Alert::None,
        |h| h.alerts.clear(),
        |h| h.salt = sotto_protocol::key::Salt::from_bytes([7; 16]),
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut other = header.clone();
        change(&mut other);
        let moved = SealedEntry { header: cbor::encode(&other), ..entry.clone() };
        let opened = open_event(&key(), &moved, &other, &clinic.nadia.signing.verify_key());
        assert_eq!(opened, Err(OpenError::Decrypt), "change {number}");
    }
    // A header that is not the entry's own: the AEAD binds the bytes, whatever the caller passes.
    let mut other = header;
    other.salt = sotto_protocol::key::Salt::from_bytes([7; 16]);
    assert_eq!(open_event(&key(), &entry, &other, &clinic.nadia.signing.verify_key()), Err(OpenError::Decrypt));
}

#[test]
fn a_member_cannot_write_in_anothers_name() {
    let clinic = Clinic::new();
    // June holds the thread key and names Nadia as the author.
    let forged = seal_as(&clinic, &message("Discharge him."), "forged", &clinic.june.signing).unwrap();
    assert_eq!(open(&clinic, &forged.encode()), Err(OpenError::Signature));
}

#[test]
fn another_key_opens_nothing() {
    let clinic = Clinic::new();
    let entry = seal(&clinic, &message("Potassium 6.1"), "other key").unwrap();
    let (entry, header) = SealedEntry::parse(&entry.encode()).unwrap();
    let other = ThreadKey(Secret32::from_bytes([1; 32]));
    assert_eq!(open_event(&other, &entry, &header, &clinic.nadia.signing.verify_key()), Err(OpenError::Decrypt));
}

#[test]
fn a_second_sealing_of_the_same_event_shares_no_key() {
    let clinic = Clinic::new();
    let content = message("Potassium 6.1");
    let (a, b) = (seal(&clinic, &content, "same").unwrap(), {
        let seal = EventSeal {
            key: &key(),
            epoch: 3,
            thread: ThreadId::from_bytes(id("thread")),
            entry: EntryId::from_bytes(id("same")),
            author: clinic.nadia.account,
            generation: 1,
            device: clinic.nadia.device,
            alert: Alert::Urgent,
            alerts: vec![clinic.omar.account],
            signing: &clinic.nadia.signing,
        };
        seal_event(seal, &content, &mut rng("other randomness")).unwrap()
    });
    assert_ne!(a.body, b.body);
    // Under one key and nonce, ciphertexts of equal plaintexts would agree; here not even a long run does.
    let agreeing = a.body.iter().zip(&b.body).filter(|(x, y)| x == y).count();
    assert!(agreeing < a.body.len() / 8, "{agreeing} of {} bytes agree", a.body.len());
}

#[test]
fn nothing_is_sealed_that_readers_would_refuse() {
    let clinic = Clinic::new();
    assert_eq!(seal(&clinic, &message("   "), "empty"), Err(SealError::Event(EventError::Empty)));
    let long = "a".repeat(sotto_protocol::limits::MESSAGE_CHARS + 1);
    assert_eq!(seal(&clinic, &message(&long), "long"), Err(SealError::Event(EventError::TooLarge)));
    let widest = "\u{1f3e5}".repeat(sotto_protocol::limits::MESSAGE_CHARS);
    assert_eq!(seal(&clinic, &message(&widest), "widest").unwrap().body.len(), 65_536 + 16);
}

/// What a member with the right key can make who does not follow the rules: sealed rightly, wrong inside.
pub fn seal_raw(clinic: &Clinic, name: &str, padded: impl FnOnce(&[u8]) -> Vec<u8>) -> SealedEntry {
    let genuine = seal(clinic, &message("raw"), name).unwrap();
    let (_, header) = SealedEntry::parse(&genuine.encode()).unwrap();
    let info = [b"sotto/event-key/v1\0".as_slice(), header.thread.as_bytes(), &header.epoch.to_be_bytes(), header.entry.as_bytes()];
    let salt = ring::hkdf::Salt::new(ring::hkdf::HKDF_SHA256, header.salt.as_bytes());
    let secret = key();
    let prk = salt.extract(secret.0.as_bytes());
    let okm = prk.expand(&info, &ring::aead::AES_256_GCM).unwrap();
    let aead = ring::aead::LessSafeKey::new(ring::aead::UnboundKey::from(okm));
    let mut body = padded(&genuine.header);
    let nonce = ring::aead::Nonce::assume_unique_for_key([0; 12]);
    aead.seal_in_place_append_tag(nonce, ring::aead::Aad::from(&genuine.header), &mut body).unwrap();
    SealedEntry { body, ..genuine }
}

/// The signed content of `content` as Nadia would make it, with the label given.
pub fn signed_content(clinic: &Clinic, label: &[u8], header: &[u8], content: Vec<u8>) -> Vec<u8> {
    let hash = |bytes: &[u8]| sotto_protocol::verify::sha256(&[bytes]);
    let bytes = [label, hash(header).as_bytes(), hash(&content).as_bytes()].concat();
    cbor::encode(&SignedContent(ByteBuf::from(content), clinic.nadia.signing.sign(&bytes)))
}

pub fn pad_to(mut plain: Vec<u8>, length: usize) -> Vec<u8> {
    plain.push(0x80);
    plain.resize(length, 0);
    plain
}

#[test]
fn a_malicious_member_makes_tombstones_and_nothing_else() {
    let clinic = Clinic::new();
    let event = sotto_protocol::verify::EVENT_LABEL;
    let right = |header: &[u8]| signed_content(&clinic, event, header, cbor::encode(&message("raw")));
    let cases: Vec<(SealedEntry, OpenError)> = vec![
        (seal_raw(&clinic, "no bucket", |h| pad_to(right(h), 300)), OpenError::Malformed),
        (seal_raw(&clinic, "too large a bucket", |h| pad_to(right(h), 512)), OpenError::Malformed),
        (seal_raw(&clinic, "no padding", |_| vec![0; 256]), OpenError::Malformed),
        (seal_raw(&clinic, "no content", |_| pad_to(vec![0xff; 9], 256)), OpenError::Malformed),
        (
            seal_raw(&clinic, "a key entry's label", |h| {
                pad_to(signed_content(&clinic, KEY_ENTRY_LABEL, h, cbor::encode(&message("raw"))), 256)
            }),
            OpenError::Signature,
        ),
        (seal_raw(&clinic, "an unknown event", |h| pad_to(signed_content(&clinic, event, h, vec![0xa0]), 256)), OpenError::Malformed),
        (
            seal_raw(&clinic, "an empty message", |h| pad_to(signed_content(&clinic, event, h, cbor::encode(&message(" "))), 256)),
            OpenError::Malformed,
        ),
        (
            seal_raw(&clinic, "a long message", |h| {
                let long = "a".repeat(sotto_protocol::limits::MESSAGE_CHARS + 1);
                pad_to(signed_content(&clinic, event, h, cbor::encode(&message(&long))), 16_384)
            }),
            OpenError::TooLarge,
        ),
    ];
    for (number, (entry, error)) in cases.into_iter().enumerate() {
        assert_eq!(open(&clinic, &entry.encode()), Err(error), "case {number}");
    }
    let control = seal_raw(&clinic, "control", |h| pad_to(right(h), 256));
    assert_eq!(open(&clinic, &control.encode()), Ok(message("raw")), "the cases differ from a good one in one thing each");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_comes_back_and_only_its_bucket_shows(text in "\\PC{1,400}") {
        let clinic = Clinic::new();
        prop_assume!(!text.trim().is_empty());
        let entry = seal(&clinic, &message(&text), "any text").unwrap();
        prop_assert!(pad::BUCKETS.contains(&(entry.body.len() - 16)));
        prop_assert_eq!(open(&clinic, &entry.encode()), Ok(message(&text)));
    }

    #[test]
    fn random_bodies_never_open_and_never_panic(body in proptest::collection::vec(0u8.., 0..600)) {
        let clinic = Clinic::new();
        let entry = SealedEntry { body, ..seal(&clinic, &message("x"), "random body").unwrap() };
        prop_assert!(open(&clinic, &entry.encode()).is_err());
    }
}
