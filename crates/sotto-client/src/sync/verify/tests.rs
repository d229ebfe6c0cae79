//! What does a dishonest server or member achieve? Nothing that is not seen: small logs, each wrong in one place.

use serde_bytes::ByteBuf;
use sotto_crypto::event::{EventSeal, seal_event};
use sotto_crypto::key_entry::{KeyEntryMake, make_key_entry};
use sotto_crypto::statement::sign;
use sotto_crypto::{OsRandom, SigningKey};
use sotto_protocol::entry::{Alert, Stamp};
use sotto_protocol::event::{Event, Message, Priority};
use sotto_protocol::key::Suite;
use sotto_protocol::statement::{AccountCert, DeviceCert, Invite, Policy, Signer, Statement};
use sotto_protocol::{DeviceId, EntryId, InviteId, OrgId, WorkstationId};

use super::*;
use crate::sync::arrival::parse_arrived;

const THREAD: ThreadId = ThreadId::from_bytes([9; 16]);

/// A person with the keys that the directory certifies.
struct Person {
    account: AccountId,
    device: DeviceId,
    signing: SigningKey,
    pair: SealingPair,
}

/// An organisation with its people, and one thread's log as its server tells it.
struct World {
    directory: Directory,
    archive: SealingPair,
    log: Vec<Arrived>,
    head: Anchor,
    key: Option<ThreadKey>,
    epoch: u64,
}

impl World {
    fn new(names: &[u8]) -> (Self, Vec<Person>) {
        let root = SigningKey::generate(&mut OsRandom::new());
        let mut directory = Directory::new(root.verify_key());
        let archive = SealingPair::generate(Suite::X25519, &mut OsRandom::new());
        let policy = Policy {
            org: directory.org(),
            version: 1,
            issued_at: 1,
            name: ByteBuf::new(),
            archive_key: archive.public().clone(),
            history_for_new_members: true,
            epoch_max_age_ms: u64::MAX,
            epoch_max_events: u64::MAX,
            idle_lock_shared_s: 120,
            idle_lock_private_s: 300,
            fade_s: 5,
            lease_s: 0,
            session_s: 9,
        };
        directory.apply(&sign(&Signer::Root, &Statement::Policy(policy), &root)).unwrap();
        let people = names.iter().map(|name| enrol(&mut directory, &root, *name)).collect();
        (Self { directory, archive, log: Vec::new(), head: Anchor::START, key: None, epoch: 0 }, people)
    }

    fn append(&mut self, bytes: Vec<u8>, key_box: Option<Vec<u8>>) {
        let seq = self.head.seq + 1;
        let received_at = 1_000 + seq;
        let chain = verify::chain_hash(&self.head.hash, seq, received_at, &bytes);
        self.head = Anchor { seq, hash: chain };
        self.log.push(parse_arrived(Stamp { position: seq, seq, received_at, chain }, bytes, key_box).unwrap());
    }

    /// A key entry by `author` for `members`, with the box of `reader`.
    fn begin_epoch(&mut self, author: &Person, members: &[&Person], reader: &Person) {
        let sealed_to: Vec<_> = members.iter().map(|m| (m.account, 1, m.pair.public())).collect();
        let previous = self.key.take();
        self.epoch += 1;
        let make = KeyEntryMake {
            thread: THREAD,
            entry: id(),
            class: ThreadClass::Staff,
            epoch: self.epoch,
            author: author.account,
            generation: 1,
            device: author.device,
            signing: &author.signing,
            members: &sealed_to,
            previous: previous.as_ref(),
            archive: self.archive.public(),
            anchor: self.head,
            sent_at: 1,
        };
        let made = make_key_entry(&make, &mut OsRandom::new()).unwrap();
        self.key = Some(made.key);
        let own = made.boxes.into_iter().find(|(account, _)| *account == reader.account).map(|(_, sealed)| sealed);
        self.append(made.entry.encode(), own);
    }

    fn say(&mut self, author: &Person, text: &str) {
        let content =
            Content { event: Event::Message(Message { text: text.into(), priority: Priority::Fyi }), sent_at: 1, anchor: self.head };
        let entry = self.seal(author, &content, &author.signing);
        self.append(entry, None);
    }

    fn seal(&self, author: &Person, content: &Content, signing: &SigningKey) -> Vec<u8> {
        let seal = EventSeal {
            key: self.key.as_ref().unwrap(),
            epoch: self.epoch,
            thread: THREAD,
            entry: id(),
            author: author.account,
            generation: 1,
            device: author.device,
            alert: Alert::Normal,
            alerts: Vec::new(),
            signing,
        };
        seal_event(seal, content, &mut OsRandom::new()).unwrap().encode()
    }

    fn judge(self, reader: &Person) -> Vec<Judged> {
        let pairs = [(1, SealingPair::from_private(Suite::X25519, reader.pair.private().as_bytes()).unwrap())];
        let none = |_, _| None;
        let reader = Reader { directory: &self.directory, account: reader.account, pairs: &pairs, known: &none };
        judge(&mut ThreadFold::new(THREAD), self.log, &reader)
    }
}

fn id() -> EntryId {
    crate::session::Core::make_id(EntryId::from_bytes)
}

fn enrol(directory: &mut Directory, root: &SigningKey, name: u8) -> Person {
    let mut rng = OsRandom::new();
    let org: OrgId = directory.org();
    let (account, invite, device) = (AccountId::from_bytes([name; 16]), InviteId::from_bytes([name; 16]), DeviceId::from_bytes([name; 16]));
    let (signing, invite_key) = (SigningKey::generate(&mut rng), SigningKey::generate(&mut rng));
    let pair = SealingPair::generate(Suite::X25519, &mut rng);
    let invited = Invite {
        org,
        invite,
        account,
        generation: 1,
        invite_key: invite_key.verify_key(),
        profile: ByteBuf::new(),
        not_before: 0,
        not_after: 9,
    };
    let cert = AccountCert {
        org,
        account,
        generation: 1,
        invite,
        signing_key: signing.verify_key(),
        sealing_key: pair.public().clone(),
        issued_at: 1,
    };
    let device_cert = DeviceCert {
        org,
        account,
        generation: 1,
        device,
        workstation: WorkstationId::from_bytes([name; 16]),
        device_key: signing.verify_key(),
        not_before: 0,
        not_after: 9,
    };
    directory.apply(&sign(&Signer::Root, &Statement::Invite(invited), root)).unwrap();
    directory.apply(&sign(&Signer::Invite(invite), &Statement::AccountCert(cert), &invite_key)).unwrap();
    directory.apply(&sign(&Signer::Account(account, 1), &Statement::DeviceCert(device_cert), &signing)).unwrap();
    Person { account, device, signing, pair }
}

/// What became of each entry: its text, its change, or why it is a tombstone.
fn told(judged: &[Judged]) -> Vec<String> {
    let tell = |judged: &Judged| match &judged.verdict {
        Verdict::Key(key) => format!("{:?}", key.change),
        Verdict::Event(content) => match &content.event {
            Event::Message(message) => message.text.clone(),
            Event::Described(_) => "described".into(),
        },
        Verdict::Tombstone(reason) => format!("{reason:?}"),
    };
    judged.iter().map(tell).collect()
}

fn warnings(judged: &[Judged]) -> Vec<ThreadWarning> {
    judged.iter().flat_map(|judged| judged.warnings.clone()).collect()
}

#[test]
fn an_honest_log_opens_in_order_across_epochs() {
    let (mut world, people) = World::new(&[1, 2]);
    let [nora, paul] = &people[..] else { unreachable!() };
    world.begin_epoch(nora, &[nora, paul], paul);
    (0..12).for_each(|n| world.say(nora, &format!("message {n}")));
    world.begin_epoch(paul, &[nora, paul], paul);
    world.say(paul, "after");
    let judged = world.judge(paul);
    assert_eq!(told(&judged)[..2], ["Created", "message 0"]);
    assert_eq!(told(&judged)[12..], ["message 11", "Rotated", "after"]);
    assert_eq!(warnings(&judged), []);
}

#[test]
fn a_missing_entry_and_a_changed_time_are_seen() {
    let (mut world, people) = World::new(&[1, 2]);
    let [nora, paul] = &people[..] else { unreachable!() };
    world.begin_epoch(nora, &[nora, paul], paul);
    ["one", "two", "three", "four"].iter().for_each(|text| world.say(nora, text));
    world.log.remove(2);
    world.log[3].stamp.received_at += 1;
    let judged = world.judge(paul);
    assert_eq!(told(&judged), ["Created", "one", "three", "four"], "what holds is shown all the same");
    assert_eq!(warnings(&judged), [ThreadWarning::MissingEntries, ThreadWarning::ForkedLog]);
}

#[test]
fn who_is_not_in_the_epoch_has_no_say() {
    let (mut world, people) = World::new(&[1, 2, 3]);
    let [nora, paul, mallory] = &people[..] else { unreachable!() };
    world.begin_epoch(nora, &[nora, paul], paul);
    world.say(mallory, "let me in");
    world.begin_epoch(mallory, &[nora, paul, mallory], paul);
    let judged = world.judge(paul);
    assert_eq!(told(&judged), ["Created", "NotAMember", "NotAMember"]);
}

#[test]
fn whoever_was_removed_cannot_write_into_the_epoch_before() {
    let (mut world, people) = World::new(&[1, 2, 3]);
    let [nora, paul, gone] = &people[..] else { unreachable!() };
    world.begin_epoch(nora, &[nora, paul, gone], paul);
    let (old_key, old_epoch) = (world.key.clone(), world.epoch);
    world.begin_epoch(nora, &[nora, paul], paul);
    let (key, epoch) = (std::mem::replace(&mut world.key, old_key), std::mem::replace(&mut world.epoch, old_epoch));
    world.say(gone, "still here");
    (world.key, world.epoch) = (key, epoch);
    world.say(nora, "go on");
    let judged = world.judge(paul);
    assert_eq!(told(&judged), ["Created", "Members", "NotAMember", "go on"]);
}

#[test]
fn a_member_cannot_speak_for_another() {
    let (mut world, people) = World::new(&[1, 2]);
    let [nora, paul] = &people[..] else { unreachable!() };
    world.begin_epoch(nora, &[nora, paul], paul);
    let said = Message { text: "signed by Nora, says Paul".into(), priority: Priority::Fyi };
    let content = Content { event: Event::Message(said), sent_at: 1, anchor: world.head };
    let forged = world.seal(nora, &content, &paul.signing);
    world.append(forged, None);
    assert_eq!(told(&world.judge(paul)), ["Created", "BadSignature"]);
}

#[test]
fn a_swapped_box_and_an_unknown_author_are_shown_and_the_log_goes_on() {
    let (mut world, people) = World::new(&[1, 2]);
    let [nora, paul] = &people[..] else { unreachable!() };
    let (_, strangers) = World::new(&[7]);
    world.begin_epoch(nora, &[nora, paul], nora);
    world.say(nora, "sealed to somebody else's box");
    world.say(&strangers[0], "who is this");
    let judged = world.judge(paul);
    assert_eq!(told(&judged), ["Created", "CannotDecrypt", "UnknownAuthor"]);
    assert_eq!(warnings(&judged), [ThreadWarning::UnreadableEpoch]);
}

#[test]
fn an_anchor_from_the_future_and_an_archive_without_the_key_are_warned_of() {
    let (mut world, people) = World::new(&[1, 2]);
    let [nora, paul] = &people[..] else { unreachable!() };
    let real = std::mem::replace(&mut world.archive, SealingPair::generate(Suite::X25519, &mut OsRandom::new()));
    world.begin_epoch(nora, &[nora, paul], paul);
    world.archive = real;
    let said = Message { text: "I saw more than there is".into(), priority: Priority::Fyi };
    let anchor = Anchor { seq: 40, hash: world.head.hash };
    let entry = world.seal(nora, &Content { event: Event::Message(said), sent_at: 1, anchor }, &nora.signing);
    world.append(entry, None);
    assert_eq!(warnings(&world.judge(paul)), [ThreadWarning::ArchiveMismatch, ThreadWarning::ForkedLog]);
}
