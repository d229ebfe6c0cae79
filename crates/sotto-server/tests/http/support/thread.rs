//! What a test's entries are: signed key entries with random boxes, and events of random bytes.

use serde_bytes::ByteBuf;
use sotto_protocol::entry::{Alert, Anchor, EntryKind, Header, KeyBody, KeyMember, SealedEntry, ThreadClass};
use sotto_protocol::feed::Append;
use sotto_protocol::key::{Hash, Salt, SealedBox, Suite};
use sotto_protocol::{AccountId, EntryId, PROTOCOL_VERSION, ThreadId, cbor, verify};

use super::person::Person;
use super::random;
use super::server::{now, sign_bytes};

/// A thread's name.
#[derive(Clone, Copy)]
pub struct Thread(pub ThreadId);

impl Thread {
    pub fn make() -> Self {
        Self(ThreadId::from_bytes(random::bytes()))
    }

    fn header(self, author: &Person, kind: EntryKind, epoch: u64) -> Header {
        Header {
            version: PROTOCOL_VERSION,
            thread: self.0,
            entry: EntryId::from_bytes(random::bytes()),
            kind,
            epoch,
            author: author.account,
            generation: author.generation,
            device: author.device,
            alert: Alert::None,
            alerts: Vec::new(),
            salt: Salt::from_bytes(random::bytes()),
        }
    }

    pub fn event(self, author: &Person, epoch: u64) -> Append {
        let header = cbor::encode(&self.header(author, EntryKind::Event, epoch));
        let sealed = SealedEntry { header, body: random::bytes::<272>().to_vec(), signature: None };
        Append(ByteBuf::from(sealed.encode()), Vec::new())
    }

    pub fn key(self, author: &Person, epoch: u64, members: &[&Person]) -> Append {
        self.key_of(ThreadClass::Clinical, author, epoch, members)
    }

    /// The key entry of a thread of this class.
    pub fn key_of(self, class: ThreadClass, author: &Person, epoch: u64, members: &[&Person]) -> Append {
        let (body, boxes) = self.key_body(members);
        self.signed(author, epoch, &KeyBody { class, ..body }, boxes)
    }

    /// The body of a key entry and its boxes, for tests that spoil them.
    pub fn key_body(self, members: &[&Person]) -> (KeyBody, Vec<(AccountId, ByteBuf)>) {
        let mut boxes: Vec<(AccountId, ByteBuf)> =
            members.iter().map(|member| (member.account, ByteBuf::from(random::bytes::<90>()))).collect();
        boxes.sort_by_key(|(account, _)| *account);
        let generation = |account| members.iter().find(|member| member.account == account).unwrap().generation;
        let members = boxes
            .iter()
            .map(|(account, bytes)| KeyMember { account: *account, generation: generation(*account), box_hash: verify::sha256(&[bytes]) })
            .collect();
        let archive = SealedBox { suite: Suite::X25519, enc: ByteBuf::from([1; 32]), ciphertext: ByteBuf::from([2; 48]) };
        let commitment = Hash::from_bytes(random::bytes());
        let class = ThreadClass::Clinical;
        (KeyBody { class, members, commitment, link: None, archive, anchor: Anchor::START, sent_at: now() }, boxes)
    }

    pub fn signed(self, author: &Person, epoch: u64, body: &KeyBody, boxes: Vec<(AccountId, ByteBuf)>) -> Append {
        let (header, body) = (cbor::encode(&self.header(author, EntryKind::Key, epoch)), cbor::encode(body));
        let signature = Some(sign_bytes(&author.signing, &verify::key_entry_bytes(&header, &body)));
        Append(ByteBuf::from(SealedEntry { header, body, signature }.encode()), boxes)
    }
}
