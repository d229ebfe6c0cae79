//! Which verdict an entry gets: the decisions of an append, without a database, the same for every backend.

use std::collections::HashMap;

use sotto_protocol::entry::{EntryKind, Stamp};
use sotto_protocol::key::Hash;
use sotto_protocol::verify::chain_hash;
use sotto_protocol::{ErrorCode, ThreadId};

use super::{NewEntry, Refusal, ThreadState};

/// The entry of the same thread and id that is stored already.
#[derive(Debug, Clone, Copy)]
pub struct Earlier {
    /// Its stamp.
    pub stamp: Stamp,
    /// Whether its bytes are the same.
    pub same: bool,
}

/// What to do with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Store it with this stamp.
    Store(Stamp),
    /// It is stored with this stamp.
    Repeat(Stamp),
    /// Refuse it.
    Refuse(Refusal),
}

/// Decides the entries of one batch in their order.
#[derive(Debug)]
pub struct Ordering {
    now: u64,
    position: u64,
    refused: HashMap<(u32, ThreadId), Refusal>,
}

impl Ordering {
    /// A batch at time `now`, after `position`, the organisation's last.
    #[must_use]
    pub fn new(now: u64, position: u64) -> Self {
        Self { now, position, refused: HashMap::new() }
    }

    /// The organisation's last position, with what this batch has added.
    #[must_use]
    pub const fn position(&self) -> u64 {
        self.position
    }

    /// Decides the next entry, given its thread (if there is one) and the stored entry of the same id (if there is one).
    pub fn decide(&mut self, thread: Option<&ThreadState>, earlier: Option<Earlier>, entry: &NewEntry) -> Decision {
        if let Some(Earlier { stamp, same: true }) = earlier {
            return Decision::Repeat(stamp);
        }
        let before = self.refused.get(&(entry.request, entry.thread)).copied().or(entry.blocked);
        let checked = match before {
            Some(refusal) => Err(refusal),
            None => check(thread, earlier.is_some(), entry),
        };
        match checked {
            Ok(()) => Decision::Store(self.stamp(thread, entry)),
            Err(refusal) => {
                self.refused.insert((entry.request, entry.thread), refusal);
                Decision::Refuse(refusal)
            }
        }
    }

    fn stamp(&mut self, thread: Option<&ThreadState>, entry: &NewEntry) -> Stamp {
        self.position += 1;
        let (seq, received_at, chain) =
            thread.map_or((0, 0, Hash::from_bytes([0; 32])), |state| (state.seq, state.received_at, state.chain));
        let seq = seq + 1;
        // A clock that steps back must not make a thread's time step back.
        let received_at = received_at.max(self.now);
        let chain = chain_hash(&chain, seq, received_at, &entry.bytes);
        Stamp { position: self.position, seq, received_at, chain }
    }
}

fn check(thread: Option<&ThreadState>, taken: bool, entry: &NewEntry) -> Result<(), Refusal> {
    let Some(state) = thread else { return check_first(entry) };
    // A thread that one is not in and a thread that is not there look the same.
    if state.members.binary_search(&entry.author).is_err() {
        return Err(Refusal::silent(ErrorCode::NotAMember));
    }
    if !entry.classes.contains(state.class) {
        return Err(Refusal::silent(ErrorCode::NotPermitted));
    }
    let refuse = |code| Err(Refusal { code, epoch: state.epoch });
    if taken {
        return refuse(ErrorCode::Conflict);
    }
    let expected = if entry.kind == EntryKind::Key { state.epoch + 1 } else { state.epoch };
    if entry.epoch != expected {
        return refuse(ErrorCode::StaleEpoch);
    }
    if let Some(code) = entry.fault {
        return refuse(code);
    }
    match &entry.key {
        Some(key) if key.class != state.class => refuse(ErrorCode::NotPermitted),
        _ => Ok(()),
    }
}

fn check_first(entry: &NewEntry) -> Result<(), Refusal> {
    let Some(key) = &entry.key else { return Err(Refusal::silent(ErrorCode::NotAMember)) };
    if entry.epoch != 1 {
        return Err(Refusal::silent(ErrorCode::NotAMember));
    }
    if !entry.classes.contains(key.class) {
        return Err(Refusal::silent(ErrorCode::NotPermitted));
    }
    if let Some(code) = entry.fault {
        return Err(Refusal::silent(code));
    }
    if key.members.binary_search(&entry.author).is_err() {
        return Err(Refusal::silent(ErrorCode::NotAMember));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;
    use sotto_protocol::entry::ThreadClass;
    use sotto_protocol::role::{Classes, Permission};
    use sotto_protocol::{AccountId, EntryId};

    use super::super::NewEpoch;
    use super::*;

    fn account(n: u8) -> AccountId {
        AccountId::from_bytes([n; 16])
    }

    fn event(id: u8, epoch: u64) -> NewEntry {
        NewEntry {
            request: 0,
            thread: ThreadId::from_bytes([7; 16]),
            entry: EntryId::from_bytes([id; 16]),
            kind: EntryKind::Event,
            alert: sotto_protocol::entry::Alert::Normal,
            epoch,
            author: account(1),
            bytes: Bytes::from_static(b"entry"),
            classes: Classes::ALL,
            key: None,
            blocked: None,
            fault: None,
        }
    }

    fn key(id: u8, epoch: u64) -> NewEntry {
        let key = NewEpoch { class: ThreadClass::Clinical, members: [account(1)].into(), boxes: vec![Bytes::new()] };
        NewEntry { kind: EntryKind::Key, key: Some(key), ..event(id, epoch) }
    }

    fn thread() -> ThreadState {
        let members: Arc<[AccountId]> = [account(1), account(2)].into();
        let chain = Hash::from_bytes([9; 32]);
        ThreadState { row: 1, class: ThreadClass::Clinical, epoch: 3, seq: 5, position: 8, received_at: 1_000, chain, members }
    }

    fn refused(code: ErrorCode, epoch: u64) -> Decision {
        Decision::Refuse(Refusal { code, epoch })
    }

    #[test]
    fn the_next_entry_follows_the_last_and_time_never_steps_back() {
        let mut ordering = Ordering::new(500, 40);
        let Decision::Store(stamp) = ordering.decide(Some(&thread()), None, &event(1, 3)) else { panic!("refused") };
        assert_eq!((stamp.position, stamp.seq, stamp.received_at), (41, 6, 1_000));
        assert_eq!(stamp.chain, chain_hash(&thread().chain, 6, 1_000, b"entry"));
    }

    #[test]
    fn an_old_epoch_is_stale_and_the_answer_names_the_new_one() {
        let state = thread();
        for entry in [event(1, 2), event(2, 4), key(3, 3), key(4, 5)] {
            assert_eq!(Ordering::new(0, 0).decide(Some(&state), None, &entry), refused(ErrorCode::StaleEpoch, 3));
        }
    }

    #[test]
    fn an_outsider_cannot_tell_a_thread_from_none() {
        let outsider = NewEntry { author: account(9), ..event(1, 3) };
        let there = Ordering::new(0, 0).decide(Some(&thread()), None, &outsider);
        assert_eq!(there, Ordering::new(0, 0).decide(None, None, &outsider));
        assert_eq!(there, refused(ErrorCode::NotAMember, 0));
    }

    #[test]
    fn what_follows_a_refusal_in_the_same_request_and_thread_is_refused_too() {
        let (mut ordering, state) = (Ordering::new(0, 0), thread());
        assert_eq!(ordering.decide(Some(&state), None, &event(1, 2)), refused(ErrorCode::StaleEpoch, 3));
        assert_eq!(ordering.decide(Some(&state), None, &event(2, 3)), refused(ErrorCode::StaleEpoch, 3));
        let other = NewEntry { request: 1, ..event(3, 3) };
        assert!(matches!(ordering.decide(Some(&state), None, &other), Decision::Store(_)));
    }

    #[test]
    fn a_repeat_gets_its_stamp_even_when_it_could_not_be_appended_now() {
        let stamp = Stamp { position: 3, seq: 2, received_at: 4, chain: Hash::from_bytes([1; 32]) };
        let late = NewEntry { blocked: Some(Refusal::silent(ErrorCode::Malformed)), ..event(1, 1) };
        let earlier = |same| Some(Earlier { stamp, same });
        assert_eq!(Ordering::new(0, 0).decide(Some(&thread()), earlier(true), &late), Decision::Repeat(stamp));
        let other = Ordering::new(0, 0).decide(Some(&thread()), earlier(false), &event(1, 3));
        assert_eq!(other, refused(ErrorCode::Conflict, 3));
    }

    #[test]
    fn a_class_is_closed_to_whose_role_does_not_open_it() {
        let desk = |entry: NewEntry| NewEntry { classes: Classes::of(&[Permission::Scheduling, Permission::Staff]), ..entry };
        for entry in [desk(event(1, 3)), desk(key(2, 4)), desk(event(3, 2))] {
            assert_eq!(Ordering::new(0, 0).decide(Some(&thread()), None, &entry), refused(ErrorCode::NotPermitted, 0));
        }
        assert_eq!(Ordering::new(0, 0).decide(None, None, &desk(key(4, 1))), refused(ErrorCode::NotPermitted, 0));
        let nurse = NewEntry { classes: Classes::of(&[Permission::Clinical]), ..event(5, 3) };
        assert!(matches!(Ordering::new(0, 0).decide(Some(&thread()), None, &nurse), Decision::Store(_)));
    }

    #[test]
    fn a_class_never_changes() {
        let mut entry = key(1, 4);
        entry.key.as_mut().unwrap().class = ThreadClass::Billing;
        assert_eq!(Ordering::new(0, 0).decide(Some(&thread()), None, &entry), refused(ErrorCode::NotPermitted, 3));
    }
}
