//! What an append stores, what it refuses, and with which code.

use serde_bytes::ByteBuf;
use sotto_protocol::entry::{SealedEntry, Stamp};
use sotto_protocol::feed::{Append, Outcome};
use sotto_protocol::key::{Hash, Suite};
use sotto_protocol::{ErrorCode, verify};

use super::support::{Clinic, Person, Thread, now};

pub fn stamp(outcome: &Outcome) -> Stamp {
    match outcome {
        Outcome::Stored(stamp) => *stamp,
        Outcome::Refused { code, .. } => panic!("refused: {code}"),
    }
}

const fn refused(code: ErrorCode, epoch: u64) -> Outcome {
    Outcome::Refused { code, epoch }
}

#[tokio::test]
async fn a_thread_begins_with_its_key_and_its_chain_covers_every_entry() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let thread = Thread::make();
    let entries = [thread.key(&ana, 1, &[&ana, &ben]), thread.event(&ana, 1), thread.event(&ana, 1)];
    let outcomes = ana.append(&clinic, &entries).await;
    let mut chain = Hash::from_bytes([0; 32]);
    for (n, (entry, outcome)) in (1..).zip(entries.iter().zip(&outcomes)) {
        chain = verify::chain_hash(&chain, n, now() + 1, &entry.0);
        assert_eq!(stamp(outcome), Stamp { position: n, seq: n, received_at: now() + 1, chain });
    }
    let reply = ben.append(&clinic, &[thread.event(&ben, 1)]).await;
    assert_eq!(stamp(&reply[0]).seq, 4);
}

#[tokio::test]
async fn the_same_bytes_again_get_the_same_stamp_whatever_happened_since() {
    let mut clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let thread = Thread::make();
    let (key, event) = (thread.key(&ana, 1, &[&ana, &ben]), thread.event(&ana, 1));
    let first = ana.append(&clinic, &[key.clone(), event.clone()]).await;
    let rotated = ben.append(&clinic, &[thread.key(&ben, 2, &[&ben])]).await;
    assert_eq!(stamp(&rotated[0]).seq, 3);
    clinic.restart().await;
    assert_eq!(ana.append(&clinic, &[event, key]).await, [first[1], first[0]]);
    assert_eq!(ana.append(&clinic, &[thread.event(&ana, 2)]).await, [refused(ErrorCode::NotAMember, 0)]);
}

#[tokio::test]
async fn the_loser_of_an_epoch_is_told_the_winners() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let thread = Thread::make();
    ana.append(&clinic, &[thread.key(&ana, 1, &[&ana, &ben]), thread.key(&ana, 2, &[&ana, &ben])]).await;
    let late = [thread.event(&ben, 1), thread.key(&ben, 2, &[&ben])];
    for entry in late {
        assert_eq!(ben.append(&clinic, &[entry]).await, [refused(ErrorCode::StaleEpoch, 2)]);
    }
}

#[tokio::test]
async fn nothing_overtakes_a_refused_entry_of_its_thread() {
    let clinic = Clinic::found().await;
    let [ana] = clinic.people().await;
    let (one, two) = (Thread::make(), Thread::make());
    ana.append(&clinic, &[one.key(&ana, 1, &[&ana]), two.key(&ana, 1, &[&ana])]).await;
    let outcomes = ana.append(&clinic, &[one.event(&ana, 9), one.event(&ana, 1), two.event(&ana, 1)]).await;
    assert_eq!(outcomes[..2], [refused(ErrorCode::StaleEpoch, 1); 2]);
    assert_eq!(stamp(&outcomes[2]).position, 3);
    let broken = Append(ByteBuf::from([0xff; 9]), Vec::new());
    let mut spoiled = one.event(&ana, 1);
    spoiled.1.push((ana.account, ByteBuf::new()));
    let outcomes = ana.append(&clinic, &[broken, spoiled, one.event(&ana, 1), two.event(&ana, 1)]).await;
    assert_eq!(outcomes[0], refused(ErrorCode::Malformed, 0));
    assert_eq!(outcomes[1..3], [refused(ErrorCode::Malformed, 1); 2]);
    assert_eq!(stamp(&outcomes[3]).position, 4);
}

#[tokio::test]
async fn an_outsider_cannot_tell_a_thread_from_none() {
    let clinic = Clinic::found().await;
    let [ana, eve] = clinic.people().await;
    let thread = Thread::make();
    ana.append(&clinic, &[thread.key(&ana, 1, &[&ana])]).await;
    let (there, nowhere) = (thread, Thread::make());
    for entry in [there.event(&eve, 1), nowhere.event(&eve, 1), there.key(&eve, 2, &[&eve]), nowhere.key(&eve, 2, &[&eve])] {
        assert_eq!(eve.append(&clinic, &[entry]).await, [refused(ErrorCode::NotAMember, 0)]);
    }
    for thread in [there, nowhere] {
        let range = eve.get(&clinic, &format!("/v1/threads/{}/entries", thread.0)).await;
        assert_eq!(super::support::code(range).await, (403, ErrorCode::NotAMember));
    }
}

#[tokio::test]
async fn nobody_writes_in_anothers_name() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let thread = Thread::make();
    let stolen = [thread.key(&ben, 1, &[&ana, &ben])];
    assert_eq!(ana.append(&clinic, &stolen).await, [refused(ErrorCode::NotPermitted, 0)]);
    assert_eq!(stamp(&ben.append(&clinic, &stolen).await[0]).seq, 1);
}

/// Makes a key entry that is wrong in one way.
type Spoil = fn(Thread, &Person, &Person) -> Append;

/// Each way in which a key entry may be wrong, and its code.
const SPOILED: [(ErrorCode, Spoil); 8] = [
    (ErrorCode::SignatureInvalid, |thread, ana, ben| {
        let Append(bytes, boxes) = thread.key(ana, 1, &[ana, ben]);
        let (mut entry, _) = SealedEntry::parse(&bytes).unwrap();
        entry.signature = SealedEntry::parse(&thread.key(ana, 1, &[ana]).0).unwrap().0.signature;
        Append(ByteBuf::from(entry.encode()), boxes)
    }),
    (ErrorCode::Malformed, |thread, ana, ben| {
        let (mut body, boxes) = thread.key_body(&[ana, ben]);
        body.members.reverse();
        thread.signed(ana, 1, &body, boxes)
    }),
    (ErrorCode::Malformed, |thread, ana, ben| {
        let (body, mut boxes) = thread.key_body(&[ana, ben]);
        boxes.pop();
        thread.signed(ana, 1, &body, boxes)
    }),
    (ErrorCode::Malformed, |thread, ana, ben| {
        let (body, mut boxes) = thread.key_body(&[ana, ben]);
        boxes[1].1.push(0);
        thread.signed(ana, 1, &body, boxes)
    }),
    (ErrorCode::Malformed, |thread, ana, ben| {
        let (mut body, boxes) = thread.key_body(&[ana, ben]);
        body.archive.suite = Suite::XWing;
        thread.signed(ana, 1, &body, boxes)
    }),
    (ErrorCode::StaleEpoch, |thread, ana, ben| {
        let (mut body, boxes) = thread.key_body(&[ana, ben]);
        body.members[0].generation = 7;
        thread.signed(ana, 1, &body, boxes)
    }),
    (ErrorCode::NotAMember, |thread, ana, ben| thread.key(ana, 1, &[ben])),
    (ErrorCode::Malformed, |thread, ana, _| thread.key(ana, 1, &[])),
];

#[tokio::test]
async fn a_key_entry_is_checked_down_to_its_boxes() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    for (n, (code, spoil)) in SPOILED.into_iter().enumerate() {
        let entry = spoil(Thread::make(), &ana, &ben);
        assert_eq!(ana.append(&clinic, &[entry]).await, [refused(code, 0)], "case {n}");
    }
}

#[tokio::test]
async fn a_class_never_changes_and_a_revoked_member_is_not_sealed_to() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let thread = Thread::make();
    ana.append(&clinic, &[thread.key(&ana, 1, &[&ana, &ben])]).await;
    let (mut body, boxes) = thread.key_body(&[&ana]);
    body.class = sotto_protocol::entry::ThreadClass::Staff;
    let changed = thread.signed(&ana, 2, &body, boxes);
    assert_eq!(ana.append(&clinic, &[changed]).await, [refused(ErrorCode::NotPermitted, 1)]);
    ana.revoke(&clinic, 1, vec![(ben.account, 1)], vec![]).await.unwrap();
    assert_eq!(ana.append(&clinic, &[thread.key(&ana, 2, &[&ana, &ben])]).await, [refused(ErrorCode::StaleEpoch, 1)]);
    assert_eq!(stamp(&ana.append(&clinic, &[thread.key(&ana, 2, &[&ana])]).await[0]).seq, 2);
}

#[tokio::test]
async fn a_clock_that_steps_back_takes_no_threads_time_back() {
    let clinic = Clinic::found().await;
    let [ana] = clinic.people().await;
    let thread = Thread::make();
    ana.append(&clinic, &[thread.key(&ana, 1, &[&ana])]).await;
    clinic.clock.set(now() - 60_000);
    let later = ana.append(&clinic, &[thread.event(&ana, 1), Thread::make().key(&ana, 1, &[&ana])]).await;
    assert_eq!((stamp(&later[0]).received_at, stamp(&later[1]).received_at), (now() + 1, now() - 60_000));
}
