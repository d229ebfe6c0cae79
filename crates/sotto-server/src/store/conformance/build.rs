//! What the suite's entries look like: small, and different wherever their names are.

use bytes::Bytes;
use sotto_protocol::entry::{EntryKind, ThreadClass};
use sotto_protocol::key::VerifyKey;
use sotto_protocol::role::Classes;
use sotto_protocol::{AccountId, DeviceId, EntryId, ThreadId};

use super::super::{NewEntry, NewEpoch, Viewer};

pub fn account(n: u8) -> AccountId {
    AccountId::from_bytes([n; 16])
}

/// Somebody who may be in threads of every class.
pub fn viewer(n: u8) -> Viewer {
    Viewer { account: account(n), classes: Classes::ALL }
}

pub fn device(n: u8) -> DeviceId {
    DeviceId::from_bytes([n; 16])
}

pub fn thread(n: u8) -> ThreadId {
    ThreadId::from_bytes([n; 16])
}

pub fn root() -> VerifyKey {
    VerifyKey::from_bytes([5; 32])
}

/// An event in thread `in_thread`, by `author`. Its bytes begin with the thread's id.
pub fn event(in_thread: u8, id: u8, epoch: u64, author: u8) -> NewEntry {
    let bytes = [[in_thread; 16].as_slice(), &[id; 40]].concat();
    NewEntry {
        request: 0,
        thread: thread(in_thread),
        entry: EntryId::from_bytes([id; 16]),
        kind: EntryKind::Event,
        alert: sotto_protocol::entry::Alert::Normal,
        epoch,
        author: account(author),
        bytes: Bytes::from(bytes),
        classes: Classes::ALL,
        key: None,
        blocked: None,
        fault: None,
    }
}

/// A key entry by the first member.
pub fn key(in_thread: u8, id: u8, epoch: u64, members: &[u8]) -> NewEntry {
    let mut members = members.to_vec();
    let author = members.first().copied().unwrap_or(1);
    members.sort_unstable();
    let boxes = members.iter().map(|member| key_box(id, account(*member))).collect();
    let members = members.into_iter().map(account).collect();
    let key = Some(NewEpoch { class: ThreadClass::Clinical, members, boxes });
    NewEntry { kind: EntryKind::Key, key, ..event(in_thread, id, epoch, author) }
}

/// A member's box in a key entry.
pub fn key_box(id: u8, member: AccountId) -> Bytes {
    Bytes::from([&[id], member.as_bytes().as_slice()].concat())
}
