//! Whether an epoch's key reaches its members, the next epoch and the archive, and nobody else.

use sotto_crypto::event::open_event;
use sotto_crypto::hpke;
use sotto_crypto::key_entry::{
    KeyEntry, KeyEntryError, KeyEntryMake, MakeError, check_archive, derive_archive_box, make_key_entry, open_key_box, open_link,
    verify_key_entry,
};
use sotto_crypto::{SealingPair, ThreadKey};
use sotto_protocol::entry::{Anchor, Header, KeyBody, SealedEntry, ThreadClass};
use sotto_protocol::key::{Hash, SealedBox, SealingKey, Suite};
use sotto_protocol::{AccountId, EntryId, ThreadId, cbor};

use crate::clinic::{Clinic, MONDAY, Person, id, rng, seed};

pub type Members<'a> = Vec<(AccountId, u32, &'a SealingKey)>;

pub fn members(clinic: &Clinic) -> Members<'_> {
    [&clinic.nadia, &clinic.omar, &clinic.june].map(|p| (p.account, p.generation, p.sealing.public())).to_vec()
}

pub fn previous() -> ThreadKey {
    ThreadKey(seed("thread key 1"))
}

/// Epoch 2 of a thread with three members, by Nadia.
pub fn plan<'a>(clinic: &'a Clinic, members: &'a Members<'a>, previous: &'a ThreadKey) -> KeyEntryMake<'a> {
    KeyEntryMake {
        thread: ThreadId::from_bytes(id("thread")),
        entry: EntryId::from_bytes(id("key entry 2")),
        class: ThreadClass::Clinical,
        epoch: 2,
        author: clinic.nadia.account,
        generation: 1,
        device: clinic.nadia.device,
        signing: &clinic.nadia.signing,
        members,
        previous: Some(previous),
        archive: clinic.archive.public(),
        anchor: Anchor { seq: 4, hash: Hash::from_bytes([9; 32]) },
        sent_at: MONDAY,
    }
}

struct Made {
    clinic: Clinic,
    made: KeyEntry,
    header: Header,
    body: KeyBody,
}

fn made() -> Made {
    let clinic = Clinic::new();
    let (members, previous) = (members(&clinic), previous());
    let made = make_key_entry(&plan(&clinic, &members, &previous), &mut rng("key entry 2")).unwrap();
    drop(members);
    let (header, body) = verify(&clinic, &made.entry.encode()).unwrap();
    Made { clinic, made, header, body }
}

fn verify(clinic: &Clinic, bytes: &[u8]) -> Result<(Header, KeyBody), KeyEntryError> {
    let (entry, header) = SealedEntry::parse(bytes)?;
    let body = verify_key_entry(&entry, &header, &clinic.nadia.signing.verify_key())?;
    Ok((header, body))
}

fn box_of<'a>(made: &'a KeyEntry, person: &Person) -> &'a [u8] {
    &made.boxes.iter().find(|(account, _)| *account == person.account).unwrap().1
}

#[test]
fn every_member_of_either_suite_opens_the_same_key_and_the_past() {
    let m = made();
    for person in [&m.clinic.nadia, &m.clinic.omar, &m.clinic.june] {
        let key = open_key_box(&person.sealing, &m.header, &m.body, person.account, box_of(&m.made, person)).unwrap();
        assert_eq!(key, m.made.key);
        assert_eq!(open_link(&m.body, &m.header, &key), Ok(Some(previous())));
        assert!(check_archive(&m.body, &m.header, &key, m.clinic.archive.public()));
    }
    assert!(m.body.members.is_sorted_by(|a, b| a.account < b.account));
    assert!(m.made.boxes.iter().all(|(_, bytes)| bytes.len() <= sotto_protocol::limits::BOX_BYTES));
}

#[test]
fn no_byte_of_a_key_entry_can_change() {
    let m = made();
    let bytes = m.made.entry.encode();
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 0x01;
        assert!(verify(&m.clinic, &changed).is_err(), "byte {place} can change");
    }
}

#[test]
fn no_byte_of_a_box_can_change() {
    let m = made();
    for person in [&m.clinic.nadia, &m.clinic.omar] {
        let bytes = box_of(&m.made, person);
        for place in 0..bytes.len() {
            let mut changed = bytes.to_vec();
            changed[place] ^= 0x01;
            let opened = open_key_box(&person.sealing, &m.header, &m.body, person.account, &changed);
            assert_eq!(opened, Err(KeyEntryError::SwappedBox));
        }
    }
}

#[test]
fn no_byte_of_a_box_can_change_even_where_an_author_signs_it() {
    let m = made();
    // X25519 every byte; X-Wing every 16th, which reaches both of its halves.
    for (person, step) in [(&m.clinic.omar, 1), (&m.clinic.nadia, 16)] {
        let bytes = box_of(&m.made, person);
        for place in (0..bytes.len()).step_by(step) {
            let mut changed = bytes.to_vec();
            changed[place] ^= 0x01;
            let mut body = m.body.clone();
            let member = body.members.iter_mut().find(|member| member.account == person.account).unwrap();
            member.box_hash = sotto_protocol::verify::sha256(&[&changed]);
            let opened = open_key_box(&person.sealing, &m.header, &body, person.account, &changed);
            assert!(matches!(opened, Err(KeyEntryError::Unopened | KeyEntryError::Malformed)), "byte {place}: {opened:?}");
        }
    }
}

#[test]
fn no_byte_of_the_link_can_change() {
    let m = made();
    let link = m.body.link.clone().unwrap();
    for place in 0..link.len() {
        let mut body = m.body.clone();
        body.link.as_mut().unwrap()[place] ^= 0x01;
        assert_eq!(open_link(&body, &m.header, &m.made.key), Err(KeyEntryError::Unopened));
    }
    let elsewhere = Header { thread: ThreadId::from_bytes([1; 16]), ..m.header.clone() };
    let later = Header { epoch: 3, ..m.header.clone() };
    for header in [elsewhere, later] {
        assert_eq!(open_link(&m.body, &header, &m.made.key), Err(KeyEntryError::Unopened));
    }
    assert_eq!(open_link(&m.body, &m.header, &previous()), Err(KeyEntryError::Unopened), "the past does not open the present");
}

#[test]
fn a_box_opens_for_its_account_generation_thread_and_epoch_only() {
    let m = made();
    let nadia = &m.clinic.nadia;
    let bytes = box_of(&m.made, nadia);
    let open = |pair: &SealingPair, header: &Header, body: &KeyBody, account| open_key_box(pair, header, body, account, bytes);
    assert_eq!(open(&m.clinic.june.sealing, &m.header, &m.body, nadia.account), Err(KeyEntryError::Unopened));
    assert_eq!(open(&m.clinic.omar.sealing, &m.header, &m.body, nadia.account), Err(KeyEntryError::Unopened), "another suite");
    assert_eq!(open(&nadia.sealing, &m.header, &m.body, m.clinic.june.account), Err(KeyEntryError::SwappedBox));
    assert_eq!(open(&nadia.sealing, &m.header, &m.body, AccountId::from_bytes([1; 16])), Err(KeyEntryError::NotAMember));
    let thread = Header { thread: ThreadId::from_bytes([1; 16]), ..m.header.clone() };
    let epoch = Header { epoch: 3, ..m.header.clone() };
    for header in [thread, epoch] {
        assert_eq!(open(&nadia.sealing, &header, &m.body, nadia.account), Err(KeyEntryError::Unopened));
    }
    let mut generation = m.body.clone();
    generation.members.iter_mut().for_each(|member| member.generation = 2);
    assert_eq!(open(&nadia.sealing, &m.header, &generation, nadia.account), Err(KeyEntryError::Unopened));
}

#[test]
fn an_author_who_gives_one_member_another_key_is_found_out() {
    let m = made();
    let nadia = &m.clinic.nadia;
    let aad = [m.header.thread.as_bytes().as_slice(), &2u64.to_be_bytes(), nadia.account.as_bytes(), &1u32.to_be_bytes()].concat();
    let other = seed("another key");
    let sealed = hpke::seal(nadia.sealing.public(), b"sotto/box/v1\0member", &aad, other.as_bytes(), &mut rng("split")).unwrap();
    let bytes = cbor::encode(&sealed);
    let mut body = m.body.clone();
    let member = body.members.iter_mut().find(|member| member.account == nadia.account).unwrap();
    member.box_hash = sotto_protocol::verify::sha256(&[&bytes]);
    let opened = open_key_box(&nadia.sealing, &m.header, &body, nadia.account, &bytes);
    assert_eq!(opened, Err(KeyEntryError::Commitment));
}

#[test]
fn the_archive_opens_and_a_false_archive_box_is_seen_by_every_member() {
    let m = made();
    for suite in [Suite::XWing, Suite::X25519] {
        let archive = SealingPair::generate(suite, &mut rng("archive"));
        let derive = || derive_archive_box(&m.made.key, m.header.thread, 2, archive.public()).unwrap();
        assert_eq!(derive(), derive());
        let aad = [m.header.thread.as_bytes().as_slice(), &2u64.to_be_bytes()].concat();
        let opened = archive.open(b"sotto/box/v1\0archive", &aad, &derive()).unwrap();
        assert_eq!(opened.as_bytes(), m.made.key.0.as_bytes());
        assert!(archive.open(b"sotto/box/v1\0member", &aad, &derive()).is_err(), "a box's purpose is bound");
    }
    let false_box: SealedBox = hpke::seal(m.clinic.archive.public(), b"sotto/box/v1\0archive", b"", &[0; 32], &mut rng("false")).unwrap();
    let body = KeyBody { archive: false_box, ..m.body.clone() };
    assert!(!check_archive(&body, &m.header, &m.made.key, m.clinic.archive.public()));
    assert!(!check_archive(&m.body, &m.header, &previous(), m.clinic.archive.public()));
    assert!(!check_archive(&m.body, &m.header, &m.made.key, m.clinic.nadia.sealing.public()));
}

#[test]
fn a_key_entry_is_signed_by_its_author_and_by_no_event() {
    let m = made();
    let (entry, header) = SealedEntry::parse(&m.made.entry.encode()).unwrap();
    assert_eq!(verify_key_entry(&entry, &header, &m.clinic.june.signing.verify_key()), Err(KeyEntryError::Signature));
    let signature = m.clinic.nadia.signing.sign(&sotto_protocol::verify::event_bytes(&entry.header, &entry.body));
    let reused = SealedEntry { signature: Some(signature), ..entry.clone() };
    assert_eq!(verify_key_entry(&reused, &header, &m.clinic.nadia.signing.verify_key()), Err(KeyEntryError::Signature));
    let opened = open_event(&m.made.key, &entry, &header, &m.clinic.nadia.signing.verify_key());
    assert_eq!(opened, Err(sotto_crypto::event::OpenError::Malformed), "a key entry is no event");
}

/// A body that Nadia signed although no honest client makes it.
fn signed_anyway(m: &Made, change: impl FnOnce(&mut KeyBody)) -> Result<KeyBody, KeyEntryError> {
    let mut body = m.body.clone();
    change(&mut body);
    let body = cbor::encode(&body);
    let signature = m.clinic.nadia.signing.sign(&sotto_protocol::verify::key_entry_bytes(&m.made.entry.header, &body));
    let entry = SealedEntry { body, signature: Some(signature), ..m.made.entry.clone() };
    verify_key_entry(&entry, &m.header, &m.clinic.nadia.signing.verify_key())
}

#[test]
fn a_signed_body_of_the_wrong_shape_is_refused() {
    let m = made();
    assert!(signed_anyway(&m, |_| ()).is_ok());
    assert_eq!(signed_anyway(&m, |b| b.members.clear()), Err(KeyEntryError::Malformed));
    assert_eq!(signed_anyway(&m, |b| b.members.reverse()), Err(KeyEntryError::Malformed));
    assert_eq!(signed_anyway(&m, |b| b.members[1] = b.members[0].clone()), Err(KeyEntryError::Malformed));
}

#[test]
fn what_nobody_would_accept_is_not_made() {
    let clinic = Clinic::new();
    let (all, past) = (members(&clinic), previous());
    let plan = plan(&clinic, &all, &past);
    let make = |make: KeyEntryMake<'_>| make_key_entry(&make, &mut rng("refused")).map(drop);
    assert_eq!(make(KeyEntryMake { members: &[], ..copy(&plan) }), Err(MakeError::Malformed));
    assert_eq!(make(KeyEntryMake { members: &[all[0], all[0]], ..copy(&plan) }), Err(MakeError::Malformed));
    assert_eq!(make(KeyEntryMake { epoch: 0, ..copy(&plan) }), Err(MakeError::Malformed));
    assert_eq!(make(KeyEntryMake { epoch: 1, ..copy(&plan) }), Err(MakeError::Malformed), "epoch 1 has no past");
    let short = SealingKey { suite: Suite::X25519, key: serde_bytes::ByteBuf::from(vec![1; 31]) };
    let bad = [(all[0].0, 1, &short)];
    assert_eq!(make(KeyEntryMake { members: &bad, ..copy(&plan) }), Err(MakeError::Box(hpke::BoxError::BadKey)));
    let zero = SealingKey { suite: Suite::X25519, key: serde_bytes::ByteBuf::from(vec![0; 32]) };
    let bad = [(all[0].0, 1, &zero)];
    assert_eq!(make(KeyEntryMake { members: &bad, ..copy(&plan) }), Err(MakeError::Box(hpke::BoxError::BadKey)), "a point of low order");
}

fn copy<'a>(plan: &KeyEntryMake<'a>) -> KeyEntryMake<'a> {
    KeyEntryMake { ..*plan }
}

#[test]
fn a_thread_of_the_most_members_fits_an_entry() {
    let clinic = Clinic::new();
    let key = SealingPair::generate(Suite::X25519, &mut rng("crowd"));
    let crowd: Members<'_> =
        (0..sotto_protocol::limits::MEMBERS).map(|n| (AccountId::from_bytes(id(&n.to_string())), u32::MAX, key.public())).collect();
    let past = previous();
    let made = make_key_entry(&plan(&clinic, &crowd, &past), &mut rng("crowd")).unwrap();
    let bytes = made.entry.encode();
    assert!(bytes.len() <= sotto_protocol::limits::ENTRY_BYTES, "{} bytes", bytes.len());
    let (header, body) = verify(&clinic, &bytes).unwrap();
    let (account, sealed) = &made.boxes[250];
    assert_eq!(open_key_box(&key, &header, &body, *account, sealed), Ok(made.key));
}

#[test]
fn where_policy_hides_the_past_there_is_no_link() {
    let clinic = Clinic::new();
    let (all, past) = (members(&clinic), previous());
    let made = make_key_entry(&KeyEntryMake { previous: None, ..plan(&clinic, &all, &past) }, &mut rng("no link")).unwrap();
    let (header, body) = verify(&clinic, &made.entry.encode()).unwrap();
    assert_eq!(open_link(&body, &header, &made.key), Ok(None));
}
