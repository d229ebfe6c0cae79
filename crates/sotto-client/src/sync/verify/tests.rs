//! What does a dishonest server or member achieve? Nothing that is not seen: small logs, each wrong in one place.

use sotto_crypto::OsRandom;
use sotto_protocol::directory::DirectoryHead;
use sotto_protocol::event::{Event, Message, Priority};
use sotto_protocol::key::Suite;

use super::super::testing::World;
use super::*;

/// What became of each entry: its text, its change, or why it is a tombstone.
fn told(judged: &[Judged]) -> Vec<String> {
    let tell = |judged: &Judged| match &judged.verdict {
        Verdict::Key(key) => format!("{:?}", key.change),
        Verdict::Event(content) => match &content.event {
            Event::Message(message) => message.text.clone(),
            Event::Described(_) => "described".into(),
            Event::Read(_) => "read".into(),
            Event::File(file) => file.name.clone(),
            Event::Exported(_) => "exported".into(),
            Event::Receipt(_) => "receipt".into(),
            Event::Acknowledged(_) => "acknowledged".into(),
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
    let said = Message { text: "signed by Nora, says Paul".into(), priority: Priority::Fyi, answers: Vec::new() };
    let content = Content { event: Event::Message(said), sent_at: 1, anchor: world.head, directory: DirectoryHead::START };
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
    let said = Message { text: "I saw more than there is".into(), priority: Priority::Fyi, answers: Vec::new() };
    let anchor = Anchor { seq: 40, hash: world.head.hash };
    let entry =
        world.seal(nora, &Content { event: Event::Message(said), sent_at: 1, anchor, directory: DirectoryHead::START }, &nora.signing);
    world.append(entry, None);
    assert_eq!(warnings(&world.judge(paul)), [ThreadWarning::ArchiveMismatch, ThreadWarning::ForkedLog]);
}
