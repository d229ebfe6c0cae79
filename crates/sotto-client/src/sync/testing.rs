//! Small organisations and logs for the tests of this folder, each of which its server may tell wrongly.

use serde_bytes::ByteBuf;
use sotto_crypto::event::{EventSeal, seal_event};
use sotto_crypto::key_entry::{KeyEntryMake, make_key_entry};
use sotto_crypto::statement::sign;
use sotto_crypto::{OsRandom, SealingPair, SigningKey, ThreadKey};
use sotto_protocol::directory::{Directory, DirectoryHead};
use sotto_protocol::entry::{Alert, Anchor, Stamp, ThreadClass};
use sotto_protocol::event::{Content, Description, Event, Message, Priority, ReadMark};
use sotto_protocol::key::Suite;
use sotto_protocol::receipt::{Acknowledgement, Receipt};
use sotto_protocol::role::Role;
use sotto_protocol::statement::{
    AccountCert, DeviceCert, Invite, Policy, RoleGrant, Signer, Statement, WorkstationCert, WorkstationKind, WorkstationToken,
};
use sotto_protocol::{AccountId, DeviceId, EntryId, InviteId, OrgId, ThreadId, TokenId, WorkstationId, verify};

use super::arrival::{Arrived, parse_arrived};
use super::verify::{Judged, Reader, ThreadFold, judge};

pub(super) const THREAD: ThreadId = ThreadId::from_bytes([9; 16]);

/// A person with the keys that the directory certifies.
pub(super) struct Person {
    pub account: AccountId,
    pub device: DeviceId,
    pub signing: SigningKey,
    pub pair: SealingPair,
}

/// An organisation with its people, and one thread's log as its server tells it.
pub(super) struct World {
    pub directory: Directory,
    pub archive: SealingPair,
    pub log: Vec<Arrived>,
    pub head: Anchor,
    pub key: Option<ThreadKey>,
    pub epoch: u64,
}

impl World {
    pub fn new(names: &[u8]) -> (Self, Vec<Person>) {
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
            lease_shared_s: 0,
            lease_private_s: 0,
            session_s: 9,
        };
        directory.apply(&sign(&Signer::Root, &Statement::Policy(policy), &root)).unwrap();
        let machine = let_in(&mut directory, &root);
        let people = names.iter().map(|name| enrol(&mut directory, &root, machine, *name)).collect();
        (Self { directory, archive, log: Vec::new(), head: Anchor::START, key: None, epoch: 0 }, people)
    }

    pub fn append(&mut self, bytes: Vec<u8>, key_box: Option<Vec<u8>>) {
        let seq = self.head.seq + 1;
        let received_at = 1_000 + seq;
        let chain = verify::chain_hash(&self.head.hash, seq, received_at, &bytes);
        self.head = Anchor { seq, hash: chain };
        self.log.push(parse_arrived(Stamp { position: seq, seq, received_at, chain }, bytes, key_box).unwrap());
    }

    /// A key entry by `author` for `members`, with the box of `reader`.
    pub fn begin_epoch(&mut self, author: &Person, members: &[&Person], reader: &Person) {
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

    pub fn say(&mut self, author: &Person, text: &str) {
        let content = Content {
            event: Event::Message(Message { text: text.into(), priority: Priority::Fyi, answers: Vec::new() }),
            sent_at: 1,
            anchor: self.head,
            directory: DirectoryHead::START,
        };
        let entry = self.seal(author, &content, &author.signing);
        self.append(entry, None);
    }

    pub fn describe(&mut self, author: &Person, title: &str) {
        let event = Event::Described(Description { title: Some(title.into()), ..Description::default() });
        let entry = self.seal(author, &Content { event, sent_at: 1, anchor: self.head, directory: DirectoryHead::START }, &author.signing);
        self.append(entry, None);
    }

    pub fn mark(&mut self, author: &Person, mark: ReadMark) {
        self.report(author, Event::Read(mark));
    }

    /// How far the author's device has come: everything is stored, and displayed up to a seq.
    pub fn receipt(&mut self, author: &Person, displayed: u64) {
        self.report(author, Event::Receipt(Receipt { stored: self.head.seq, displayed }));
    }

    /// The author takes note of the newest entry.
    pub fn acknowledge(&mut self, author: &Person) {
        let message = self.log.last().unwrap().header.entry;
        self.report(author, Event::Acknowledged(Acknowledgement { message, answer: None }));
    }

    fn report(&mut self, author: &Person, event: Event) {
        let content = Content { event, sent_at: 1, anchor: self.head, directory: DirectoryHead::START };
        let entry = self.seal(author, &content, &author.signing);
        self.append(entry, None);
    }

    /// The reader's pairs, by generation.
    pub fn pairs(reader: &Person) -> Vec<(u32, SealingPair)> {
        vec![(1, SealingPair::from_private(Suite::X25519, reader.pair.private().as_bytes()).unwrap())]
    }

    pub fn seal(&self, author: &Person, content: &Content, signing: &SigningKey) -> Vec<u8> {
        let seal = EventSeal {
            key: self.key.as_ref().unwrap(),
            epoch: self.epoch,
            thread: THREAD,
            entry: id(),
            author: author.account,
            generation: 1,
            device: author.device,
            alert: match content.event {
                Event::Described(_) | Event::Exported(_) => Alert::None,
                Event::Message(_) | Event::File(_) => Alert::Normal,
                Event::Read(_) | Event::Receipt(_) | Event::Acknowledged(_) => Alert::Quiet,
            },
            alerts: Vec::new(),
            signing,
        };
        seal_event(seal, content, &mut OsRandom::new()).unwrap().encode()
    }

    pub fn judge(self, reader: &Person) -> Vec<Judged> {
        let pairs = Self::pairs(reader);
        let none = |_, _| None;
        let reader = Reader { directory: &self.directory, account: reader.account, pairs: &pairs, known: &none };
        judge(&mut ThreadFold::new(THREAD), self.log, &reader)
    }
}

pub(super) fn id() -> EntryId {
    crate::session::Core::make_id(EntryId::from_bytes)
}

/// The one machine that everybody sits at.
fn let_in(directory: &mut Directory, root: &SigningKey) -> WorkstationId {
    let (token, key) = (TokenId::from_bytes([9; 16]), SigningKey::generate(&mut OsRandom::new()));
    let (org, kind, workstation) = (directory.org(), WorkstationKind::Shared, WorkstationId::from_bytes([9; 16]));
    let asked = WorkstationToken { org, token, token_key: key.verify_key(), kind, profile: ByteBuf::new(), not_before: 0, not_after: 9 };
    let cert = WorkstationCert { org, token, workstation, workstation_key: key.verify_key(), kind, issued_at: 1 };
    directory.apply(&sign(&Signer::Root, &Statement::WorkstationToken(asked), root)).unwrap();
    directory.apply(&sign(&Signer::Token(token), &Statement::WorkstationCert(cert), &key)).unwrap();
    workstation
}

fn enrol(directory: &mut Directory, root: &SigningKey, workstation: WorkstationId, name: u8) -> Person {
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
    let device_cert =
        DeviceCert { org, account, generation: 1, device, workstation, device_key: signing.verify_key(), not_before: 0, not_after: 9 };
    let grant = RoleGrant { org, account, serial: 1, role: Role::Nurse, permissions: Vec::new(), issued_at: 1 };
    directory.apply(&sign(&Signer::Root, &Statement::RoleGrant(grant), root)).unwrap();
    directory.apply(&sign(&Signer::Root, &Statement::Invite(invited), root)).unwrap();
    directory.apply(&sign(&Signer::Invite(invite), &Statement::AccountCert(cert), &invite_key)).unwrap();
    directory.apply(&sign(&Signer::Account(account, 1), &Statement::DeviceCert(device_cert), &signing)).unwrap();
    Person { account, device, signing, pair }
}
