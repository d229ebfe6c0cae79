//! Key entries, events and the hash chain over them.

use serde_json::{Value, json};
use sotto_crypto::SealingPair;
use sotto_crypto::event::open_event;
use sotto_crypto::key_entry::{KeyEntry, KeyEntryMake, make_key_entry, verify_key_entry};
use sotto_protocol::EntryId;
use sotto_protocol::cbor;
use sotto_protocol::directory::DirectoryHead;
use sotto_protocol::entry::{Anchor, SealedEntry};
use sotto_protocol::event::{Content, Event};
use sotto_protocol::key::{Hash, Suite};
use sotto_protocol::receipt::{Acknowledgement, Answer, Receipt};
use sotto_protocol::verify::{EVENT_LABEL, KEY_ENTRY_LABEL, chain_hash, key_entry_bytes, sha256};

use crate::clinic::{Clinic, MONDAY, rng};
use crate::event::{key, message, pad_to, seal, seal_raw, signed_content};
use crate::key_entry::{members, plan, previous};

/// The same three members under an X-Wing and an X25519 archive; the first of the two links to the past, the second does not.
pub fn key_entries(clinic: &Clinic) -> Value {
    let all: Vec<Value> = [(Suite::XWing, true), (Suite::X25519, false)]
        .map(|(suite, linked)| {
            let archive = SealingPair::generate(suite, &mut rng("archive"));
            let (members, previous) = (members(clinic), previous());
            let plan =
                KeyEntryMake { archive: archive.public(), previous: linked.then_some(&previous), ..plan(clinic, &members, &previous) };
            let made = make_key_entry(&plan, &mut rng("key entry vector")).unwrap();
            key_entry(clinic, &made, &archive, linked.then_some(&previous))
        })
        .to_vec();
    json!(all)
}

fn key_entry(clinic: &Clinic, made: &KeyEntry, archive: &SealingPair, previous: Option<&sotto_crypto::ThreadKey>) -> Value {
    let (entry, header) = SealedEntry::parse(&made.entry.encode()).unwrap();
    let body = verify_key_entry(&entry, &header, &clinic.nadia.signing.verify_key()).unwrap();
    let people = [&clinic.nadia, &clinic.omar, &clinic.june];
    let boxes = made.boxes.iter().map(|(account, bytes)| {
        let person = people.iter().find(|p| p.account == *account).unwrap();
        json!({
            "account": account.to_string(),
            "suite": u8::from(person.sealing.public().suite),
            "private": hex::encode(person.sealing.private().as_bytes()),
            "box": hex::encode(bytes),
        })
    });
    json!({
        "entry": hex::encode(made.entry.encode()),
        "thread": header.thread.to_string(),
        "epoch": header.epoch,
        "author_key": hex::encode(clinic.nadia.signing.verify_key().as_bytes()),
        "members": body.members.iter().map(|m| m.account.to_string()).collect::<Vec<_>>(),
        "boxes": boxes.collect::<Vec<_>>(),
        "key": hex::encode(made.key.0.as_bytes()),
        "commitment": hex::encode(made.key.commitment(header.thread, header.epoch).as_bytes()),
        "previous_key": previous.map(|key| hex::encode(key.0.as_bytes())),
        "archive_suite": u8::from(archive.public().suite),
        "archive_private": hex::encode(archive.private().as_bytes()),
        "archive_key": hex::encode(&archive.public().key),
        "archive_box": hex::encode(cbor::encode(&body.archive)),
        "refused": refused_key_entries(clinic, &made.entry),
    })
}

fn refused_key_entries(clinic: &Clinic, entry: &SealedEntry) -> Value {
    let nadia = &clinic.nadia.signing;
    let signed = |body: Vec<u8>| {
        let signature = Some(nadia.sign(&key_entry_bytes(&entry.header, &body)));
        SealedEntry { body, signature, ..entry.clone() }
    };
    let mut body: sotto_protocol::entry::KeyBody = cbor::parse(&entry.body, usize::MAX).unwrap();
    body.members.reverse();
    let unsorted = signed(cbor::encode(&body));
    body.members.clear();
    let nobody = signed(cbor::encode(&body));
    let mut changed = entry.clone();
    *changed.body.last_mut().unwrap() ^= 1;
    let june = SealedEntry { signature: Some(clinic.june.signing.sign(&key_entry_bytes(&entry.header, &entry.body))), ..entry.clone() };
    let as_event =
        SealedEntry { signature: Some(nadia.sign(&sotto_protocol::verify::event_bytes(&entry.header, &entry.body))), ..entry.clone() };
    let trailing = signed([entry.body.as_slice(), &[0]].concat());
    let case = |name: &str, entry: &SealedEntry, error: &str| json!({"name": name, "entry": hex::encode(entry.encode()), "error": error});
    json!([
        case("the body's last byte", &changed, "signature"),
        case("signed by another member", &june, "signature"),
        case("signed as an event", &as_event, "signature"),
        case("members not sorted", &unsorted, "malformed"),
        case("no members", &nobody, "malformed"),
        case("a byte after the body", &trailing, "malformed"),
        case("without a signature", &SealedEntry { signature: None, ..entry.clone() }, "malformed"),
    ])
}

/// A message whose signed content is exactly `length` bytes. Four-byte characters keep long ones within the limit of characters.
fn message_of(clinic: &Clinic, length: usize) -> Content {
    let of = |wide: usize, narrow: usize| message(&("\u{1f3e5}".repeat(wide) + &"a".repeat(narrow)));
    let plain = |content: &Content| signed_content(clinic, EVENT_LABEL, &[0; 140], cbor::encode(content)).len();
    let overhead = plain(&of(0, 1)) - 1;
    let mut text = length.saturating_sub(overhead).max(1);
    loop {
        let content = of(text / 4, text % 4);
        match plain(&content).cmp(&length) {
            std::cmp::Ordering::Equal => return content,
            std::cmp::Ordering::Less => panic!("no text gives {length} bytes"),
            // Longer lengths are told in more bytes.
            std::cmp::Ordering::Greater => text -= 1,
        }
    }
}

pub fn events(clinic: &Clinic) -> Value {
    let edges = [255, 256, 511, 512, 1_023, 1_024, 2_047, 2_048, 4_095, 4_096, 8_191, 8_192, 16_383, 16_384, 32_767, 32_768];
    let mut opened: Vec<Value> = Vec::new();
    for length in edges {
        opened.push(event(clinic, &format!("{length} bytes of signed content"), &message_of(clinic, length)));
    }
    let patient = sotto_protocol::event::Patient {
        family: "Testpatient".into(),
        given: "Ada".into(),
        preferred: None,
        birth_date: "1980-02-29".into(),
        mrn: "0012345".into(),
        pronouns: Some("she/her".into()),
        language: Some("es".into()),
    };
    let described = sotto_protocol::event::Description { title: None, patient: Some(patient), reason: Some("Refill".into()) };
    let described = Content { event: Event::Described(described), sent_at: MONDAY, anchor: Anchor::START, directory: DirectoryHead::START };
    opened.push(event(clinic, "a description", &described));
    let read = Event::Read(sotto_protocol::event::ReadMark { turn: 1, upto: 41 });
    let read = Content { event: read, sent_at: MONDAY, anchor: Anchor::START, directory: DirectoryHead::START };
    opened.push(event(clinic, "a read mark", &read));
    for (name, said) in reports() {
        let content = Content { event: said, sent_at: MONDAY, anchor: Anchor::START, directory: DirectoryHead::START };
        opened.push(event(clinic, name, &content));
    }
    opened.push(event(
        clinic,
        "a byte order mark at the start of a text",
        &message("\u{feff}Potassium 6.1, please call the lab back now."),
    ));
    json!({
        "key": hex::encode(key().0.as_bytes()),
        "author_key": hex::encode(clinic.nadia.signing.verify_key().as_bytes()),
        "opened": opened,
        "refused": refused_events(clinic),
    })
}

/// What members say about messages of others, and a message that offers answers.
fn reports() -> [(&'static str, Event); 4] {
    let answers = vec![Answer::Agree, Answer::NeedToTalk, Answer::Text("In 5 min".into())];
    let asked = sotto_protocol::event::Message { text: "May I start it?".into(), priority: Default::default(), answers };
    let entry = EntryId::from_bytes([7; 16]);
    [
        ("a message that offers answers", Event::Message(asked)),
        ("a receipt", Event::Receipt(Receipt { stored: 7, displayed: 5 })),
        ("an acknowledgement", Event::Acknowledged(Acknowledgement { message: entry, answer: None })),
        ("an answer", Event::Acknowledged(Acknowledgement { message: entry, answer: Some(Answer::NeedToTalk) })),
    ]
}

fn event(clinic: &Clinic, name: &str, content: &Content) -> Value {
    let entry = seal(clinic, content, name).unwrap();
    let (parsed, header) = SealedEntry::parse(&entry.encode()).unwrap();
    assert_eq!(&open_event(&key(), &parsed, &header, &clinic.nadia.signing.verify_key()).unwrap(), content);
    let bytes = cbor::encode(content);
    // The long ones are told by their hash: it is over the content's canonical bytes.
    let told = if bytes.len() < 600 { serde_json::to_value(&content.event).unwrap() } else { Value::Null };
    json!({
        "name": name,
        "entry": hex::encode(entry.encode()),
        "padded": entry.body.len() - 16,
        "event": told,
        "content_sha256": hex::encode(sha256(&[&bytes]).as_bytes()),
    })
}

fn refused_events(clinic: &Clinic) -> Value {
    let right = |header: &[u8]| signed_content(clinic, EVENT_LABEL, header, cbor::encode(&message("raw")));
    let good = seal(clinic, &message("raw"), "raw").unwrap();
    let change = |place: usize| {
        let mut changed = good.clone();
        changed.body[place] ^= 1;
        changed
    };
    let as_key_entry = seal_raw(clinic, "r1", |h| pad_to(signed_content(clinic, KEY_ENTRY_LABEL, h, cbor::encode(&message("raw"))), 256));
    let long = message(&"a".repeat(10_001));
    let cases: Vec<(&str, SealedEntry, &str)> = vec![
        ("the ciphertext's first byte", change(0), "decrypt"),
        ("the tag's last byte", change(271), "decrypt"),
        (
            "the header's salt",
            {
                let mut changed = good.clone();
                *changed.header.last_mut().unwrap() ^= 1;
                changed
            },
            "decrypt",
        ),
        ("signed as a key entry", as_key_entry, "signature"),
        ("a length that is no bucket", seal_raw(clinic, "r2", |h| pad_to(right(h), 300)), "malformed"),
        ("a larger bucket than need be", seal_raw(clinic, "r3", |h| pad_to(right(h), 512)), "malformed"),
        ("no padding", seal_raw(clinic, "r4", |_| vec![0; 256]), "malformed"),
        ("content that does not parse", seal_raw(clinic, "r5", |_| pad_to(vec![0xff; 9], 256)), "malformed"),
        ("an unknown event", seal_raw(clinic, "r6", |h| pad_to(signed_content(clinic, EVENT_LABEL, h, vec![0xa0]), 256)), "malformed"),
        (
            "an empty message",
            seal_raw(clinic, "r7", |h| pad_to(signed_content(clinic, EVENT_LABEL, h, cbor::encode(&message(" "))), 256)),
            "malformed",
        ),
        (
            "a message of 10,001 characters",
            seal_raw(clinic, "r8", |h| pad_to(signed_content(clinic, EVENT_LABEL, h, cbor::encode(&long)), 16_384)),
            "too_large",
        ),
    ];
    cases.iter().map(|(name, entry, error)| json!({"name": name, "entry": hex::encode(entry.encode()), "error": error})).collect()
}

pub fn chain(clinic: &Clinic) -> Value {
    let mut previous = Hash::from_bytes([0; 32]);
    let links: Vec<Value> = ["first", "second", "third"]
        .iter()
        .zip(1u64..)
        .map(|(text, seq)| {
            let entry = seal(clinic, &message(text), text).unwrap().encode();
            let (before, received_at) = (previous, MONDAY + seq * 1_000);
            previous = chain_hash(&before, seq, received_at, &entry);
            json!({
                "previous": hex::encode(before.as_bytes()),
                "seq": seq,
                "received_at": received_at,
                "entry": hex::encode(entry),
                "chain": hex::encode(previous.as_bytes()),
            })
        })
        .collect();
    Value::Array(links)
}
