//! Which entries may be queued: everything about an append that needs no database, done before the queue and in parallel.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use serde_bytes::ByteBuf;
use sotto_protocol::cbor::{self, CborError};
use sotto_protocol::entry::{EntryKind, Header, KeyBody, KeyMember, SealedEntry, ThreadClass};
use sotto_protocol::feed::{Append, AppendRequest};
use sotto_protocol::key::VerifyKey;
use sotto_protocol::role::{Classes, Permission};
use sotto_protocol::{AccountId, DeviceId, ErrorCode, ThreadId, limits, verify};

use crate::error::Result;
use crate::organisation::{Organisation, SharedOrganisation};
use crate::store::{NewEntry, NewEpoch, Refusal};

/// Who sent the request.
#[derive(Debug, Clone, Copy)]
pub struct Author {
    /// The proven account.
    pub account: AccountId,
    /// The proven device.
    pub device: DeviceId,
}

/// An entry that went through the checks, in the order of its request.
#[derive(Debug)]
pub enum Checked {
    /// Not queued.
    Refused(Refusal),
    /// Queued.
    Ready(Box<Ready>),
}

/// Whom a key entry seals to.
#[derive(Debug)]
pub struct Members {
    class: ThreadClass,
    generations: Vec<(AccountId, u32)>,
}

/// An entry for the queue, and what its checks depended on.
#[derive(Debug)]
pub struct Ready {
    /// The entry; its request number is set by the committing task.
    pub entry: NewEntry,
    /// The author's generation.
    pub generation: u32,
    /// A key entry's members and the class they are to be permitted.
    pub members: Option<Members>,
    /// The directory's version the checks were made with.
    pub version: u64,
}

impl Ready {
    /// Checks again what a newer directory may have changed: somebody revoked between the check and the commit stays out.
    pub fn recheck(&mut self, organisation: &Organisation) {
        if organisation.version() == self.version {
            return;
        }
        if let Err(code) = check_author(organisation, &self.entry.author, self.generation) {
            self.entry.blocked.get_or_insert(Refusal::silent(code));
        }
        self.entry.classes = organisation.directory().classes_of(&self.entry.author);
        if let Some(Err(code)) = self.members.as_ref().map(|members| check_members(organisation, members)) {
            self.entry.fault.get_or_insert(code);
        }
    }
}

/// Parses and checks the body of an append.
///
/// # Errors
/// A body that does not parse or holds too many entries; one entry's fault is in its own outcome.
pub fn check_request(organisation: &SharedOrganisation, author: Author, body: &[u8]) -> Result<Vec<Checked>> {
    let request: AppendRequest = cbor::parse(body, limits::APPEND_BYTES).map_err(cbor_code)?;
    if request.0.len() > limits::APPEND_ENTRIES {
        return Err(ErrorCode::TooLarge.into());
    }
    let mut refused: HashMap<ThreadId, Refusal> = HashMap::new();
    let mut checked = Vec::with_capacity(request.0.len());
    for append in request.0 {
        let thread = thread_of(&append.0);
        let entry = match check_entry(organisation, author, append) {
            Err(code) => {
                let refusal = Refusal::silent(code);
                thread.map(|thread| refused.entry(thread).or_insert(refusal));
                Checked::Refused(refusal)
            }
            Ok(mut ready) => {
                // Order is kept: nothing overtakes an entry of its thread that was refused.
                ready.entry.blocked = refused.get(&ready.entry.thread).copied();
                Checked::Ready(ready)
            }
        };
        checked.push(entry);
    }
    Ok(checked)
}

/// The thread of an entry that may be wrong in every other way.
fn thread_of(bytes: &[u8]) -> Option<ThreadId> {
    let entry: SealedEntry = cbor::parse(bytes, bytes.len()).ok()?;
    cbor::parse::<Header>(&entry.header, entry.header.len()).ok().map(|header| header.thread)
}

fn check_entry(organisation: &SharedOrganisation, author: Author, append: Append) -> Result<Box<Ready>, ErrorCode> {
    let Append(bytes, boxes) = append;
    let (sealed, header) = SealedEntry::parse(&bytes).map_err(cbor_code)?;
    if header.author != author.account || header.device != author.device {
        return Err(ErrorCode::NotPermitted);
    }
    let (version, classes) = check_current(organisation, &header)?;
    let mut ready = Ready {
        entry: NewEntry {
            request: 0,
            thread: header.thread,
            entry: header.entry,
            kind: header.kind,
            alert: header.alert,
            epoch: header.epoch,
            author: header.author,
            bytes: Bytes::from(bytes.into_vec()),
            classes,
            key: None,
            blocked: None,
            fault: None,
        },
        generation: header.generation,
        members: None,
        version,
    };
    match header.kind {
        EntryKind::Event if !boxes.is_empty() => ready.entry.fault = Some(ErrorCode::Malformed),
        EntryKind::Event => {}
        EntryKind::Key => take_key(organisation, &sealed, &header, boxes, &mut ready)?,
    }
    Ok(Box::new(ready))
}

/// The directory's version, and the classes of threads that the author's role opens.
fn check_current(organisation: &SharedOrganisation, header: &Header) -> Result<(u64, Classes), ErrorCode> {
    let organisation = organisation.read();
    let organisation = organisation.as_ref().ok_or(ErrorCode::NotEnrolled)?;
    check_author(organisation, &header.author, header.generation)?;
    Ok((organisation.version(), organisation.directory().classes_of(&header.author)))
}

fn check_author(organisation: &Organisation, account: &AccountId, generation: u32) -> Result<(), ErrorCode> {
    match organisation.directory().account_revoked(account, generation) {
        true => Err(ErrorCode::AccountRevoked),
        false if organisation.is_current(account, generation) => Ok(()),
        false => Err(ErrorCode::NotPermitted),
    }
}

/// A list made from an older directory is stale: its author catches up and makes another, as after losing a race for the epoch.
fn check_members(organisation: &Organisation, members: &Members) -> Result<(), ErrorCode> {
    let permission = Permission::of(members.class);
    for (account, generation) in &members.generations {
        if organisation.directory().account(account).is_none() {
            return Err(ErrorCode::NotFound);
        }
        if !organisation.is_current(account, *generation) {
            return Err(ErrorCode::StaleEpoch);
        }
        if !organisation.directory().permits(account, permission) {
            return Err(ErrorCode::MemberNotPermitted);
        }
    }
    Ok(())
}

/// Takes what a key entry changes; a fault that a repeat of a stored entry may have is kept for later, one of its form is not.
fn take_key(
    organisation: &SharedOrganisation,
    sealed: &SealedEntry,
    header: &Header,
    boxes: Vec<(AccountId, ByteBuf)>,
    ready: &mut Ready,
) -> Result<(), ErrorCode> {
    let body: KeyBody = cbor::parse_canonical(&sealed.body, limits::ENTRY_BYTES).map_err(cbor_code)?;
    let boxes = check_boxes(&body.members, boxes)?;
    let generations = body.members.iter().map(|member| (member.account, member.generation)).collect();
    let to = Members { class: body.class, generations };
    ready.entry.fault = check_key(organisation, sealed, header, &body, &to).err();
    ready.members = Some(to);
    let members: Arc<[AccountId]> = body.members.iter().map(|member| member.account).collect();
    ready.entry.key = Some(NewEpoch { class: body.class, members, boxes });
    Ok(())
}

/// Members sorted, each once, each with its box.
fn check_boxes(members: &[KeyMember], boxes: Vec<(AccountId, ByteBuf)>) -> Result<Vec<Bytes>, ErrorCode> {
    if members.len() > limits::MEMBERS || boxes.iter().any(|(_, bytes)| bytes.len() > limits::BOX_BYTES) {
        return Err(ErrorCode::TooLarge);
    }
    let sorted = members.is_sorted_by(|a, b| a.account < b.account);
    if members.is_empty() || !sorted || boxes.len() != members.len() {
        return Err(ErrorCode::Malformed);
    }
    let mut by_account: HashMap<AccountId, ByteBuf> = boxes.into_iter().collect();
    let take = |member: &KeyMember| {
        let bytes = by_account.remove(&member.account)?;
        (verify::sha256(&[&bytes]) == member.box_hash).then(|| Bytes::from(bytes.into_vec()))
    };
    members.iter().map(take).collect::<Option<_>>().ok_or(ErrorCode::Malformed)
}

fn check_key(
    organisation: &SharedOrganisation,
    sealed: &SealedEntry,
    header: &Header,
    body: &KeyBody,
    to: &Members,
) -> Result<(), ErrorCode> {
    let key = check_with_directory(organisation, header, body, to)?;
    let signature = sealed.signature.ok_or(ErrorCode::Malformed)?;
    let signed = verify::key_entry_bytes(&sealed.header, &sealed.body);
    verify::signature(&key, &signed, &signature).map_err(|_| ErrorCode::SignatureInvalid)
}

fn check_with_directory(organisation: &SharedOrganisation, header: &Header, body: &KeyBody, to: &Members) -> Result<VerifyKey, ErrorCode> {
    let organisation = organisation.read();
    let organisation = organisation.as_ref().ok_or(ErrorCode::NotEnrolled)?;
    let directory = organisation.directory();
    if directory.policy().is_none_or(|policy| policy.archive_key.suite != body.archive.suite) {
        return Err(ErrorCode::Malformed);
    }
    check_members(organisation, to)?;
    let cert = directory.account(&header.author).and_then(|account| account.generation(header.generation));
    cert.map(|cert| cert.signing_key).ok_or(ErrorCode::NotPermitted)
}

const fn cbor_code(error: CborError) -> ErrorCode {
    match error {
        CborError::TooLarge => ErrorCode::TooLarge,
        CborError::Malformed | CborError::NotCanonical => ErrorCode::Malformed,
    }
}
