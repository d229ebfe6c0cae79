//! Does a vault that begins at the newest end become the one that was there from the first entry? And is a server seen that tells another past?

use proptest::prelude::*;
use sotto_crypto::Secret32;
use sotto_store::table::epoch;
use sotto_store::table::message::{self, MessageRow};
use sotto_store::table::receipt::acknowledgement::{self, AcknowledgementRow};
use sotto_store::table::receipt::{self, ReachedRow};
use sotto_store::table::thread::{ThreadRow, warning};
use sotto_store::{Key, Vault};

use super::super::fill;
use super::super::testing::{Person, THREAD, World};
use super::*;

/// Who wrote what, in the order of the log.
#[derive(Debug, Clone)]
enum Step {
    Say {
        nora: bool,
    },
    Mark {
        nora: bool,
        mark: ReadMark,
    },
    Describe,
    /// Everything is stored, and all but so many displayed.
    Receipt {
        nora: bool,
        but: u64,
    },
    Acknowledge {
        nora: bool,
    },
    Rotate,
    WithoutIda,
    WithIda,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => any::<bool>().prop_map(|nora| Step::Say { nora }),
        2 => (any::<bool>(), 0..3_u64, 0..30_u64).prop_map(|(nora, turn, upto)| Step::Mark { nora, mark: ReadMark { turn, upto } }),
        1 => Just(Step::Describe),
        4 => (any::<bool>(), 0..9_u64).prop_map(|(nora, but)| Step::Receipt { nora, but }),
        2 => any::<bool>().prop_map(|nora| Step::Acknowledge { nora }),
        1 => Just(Step::Rotate),
        1 => Just(Step::WithoutIda),
        1 => Just(Step::WithIda),
    ];
    proptest::collection::vec(step, 1..40)
}

/// A log that Nora reads, and her greatest mark in it. She is taken in by its third epoch at the earliest where `late`.
fn world(steps: &[Step], late: bool) -> (World, Vec<Person>, ReadMark) {
    let (mut world, people) = World::new(&[1, 2, 3]);
    let [nora, paul, ida] = &people[..] else { unreachable!() };
    if late {
        world.begin_epoch(paul, &[paul, ida], nora);
        world.say(paul, "before nora");
        world.begin_epoch(paul, &[paul, ida], nora);
        world.describe(ida, "before nora");
    }
    world.begin_epoch(paul, &[nora, paul, ida], nora);
    let (mut with_ida, mut read) = (true, ReadMark { turn: 0, upto: 0 });
    for (number, step) in steps.iter().enumerate() {
        let members: &[&Person] = if with_ida { &[nora, paul, ida] } else { &[nora, paul] };
        match step {
            Step::Say { nora: true } => world.say(nora, &format!("nora {number}")),
            Step::Say { nora: false } => world.say(paul, &format!("paul {number}")),
            Step::Mark { nora: hers, mark } => {
                world.mark(if *hers { nora } else { paul }, *mark);
                let cut = ReadMark { upto: mark.upto.min(world.head.seq - 1), ..*mark };
                read = if *hers { cut.max(read) } else { read };
            }
            Step::Receipt { nora: hers, but } => {
                let displayed = world.head.seq.saturating_sub(*but);
                world.receipt(if *hers { nora } else { paul }, displayed);
                read = if *hers { read.max(ReadMark { turn: 0, upto: displayed }) } else { read };
            }
            Step::Acknowledge { nora: hers } => world.acknowledge(if *hers { nora } else { paul }),
            Step::Describe => world.describe(paul, &format!("title {number}")),
            Step::Rotate => world.begin_epoch(paul, members, nora),
            Step::WithoutIda => {
                with_ida = false;
                world.begin_epoch(paul, &[nora, paul], nora);
            }
            Step::WithIda => {
                with_ida = true;
                world.begin_epoch(paul, &[nora, paul, ida], nora);
            }
        }
    }
    world.say(paul, "the end");
    (world, people, read)
}

struct Made {
    vault: Vault,
    _folder: tempfile::TempDir,
}

fn make_vault() -> Made {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::create(folder.path(), &Key::new([1; 32], [2; 16])).unwrap();
    Made { vault, _folder: folder }
}

/// Everything of the thread that must not depend on the order: its row, its lines, its epochs with their keys and counts, how far each device has
/// come, and who acknowledged which line.
type State = (ThreadRow, Vec<MessageRow>, Vec<(u64, Option<Secret32>, u64, u64)>, Receipts);
type Receipts = (Vec<ReachedRow>, Vec<AcknowledgementRow>);

async fn state(made: &Made) -> State {
    let read = made.vault.read(|vault| {
        let row = thread::load_required(vault, THREAD)?;
        let lines = message::page_after(vault, row.row, 0, 10_000)?.messages;
        let epochs = epoch::load_all(vault, row.row)?.into_iter().map(|epoch| (epoch.epoch, epoch.key, epoch.events, epoch.seq));
        let epochs = epochs.collect();
        let reached = receipt::of_thread(vault, row.row)?;
        let mut acknowledged = Vec::new();
        for line in &lines {
            acknowledged.extend(acknowledgement::of_message(vault, row.row, line.entry)?);
        }
        Ok((row, lines, epochs, (reached, acknowledged)))
    });
    read.await.unwrap()
}

fn people_of(world: &World) -> People {
    People::new(world.directory.clone(), &Secret32::from_bytes([0; 32]))
}

/// As somebody with the newest end of a log, in stretches; `tell` is what the server gives for a range.
async fn arrive(world: &World, nora: &Person, newest: u64, stretch: u64, tell: impl Fn(u64, u64) -> Vec<Arrived>) -> Made {
    let made = make_vault();
    let (people, pairs, me) = (people_of(world), World::pairs(nora), nora.account);
    let eyes = Eyes { account: me, pairs: &pairs, people: &people };
    let last = world.log.len() as u64;
    let telling = |entry: &&Arrived| entry.header.kind == EntryKind::Key || entry.header.alert == sotto_protocol::entry::Alert::None;
    let outline: Vec<Arrived> = world.log.iter().filter(|entry| telling(entry) || entry.stamp.seq + newest > last).cloned().collect();
    let outline = judge_outline(&eyes, THREAD, outline);
    made.vault.write(move |vault| store(vault, me, outline)).await.unwrap();
    loop {
        let found = made.vault.read(|vault| fill::find_unfilled(vault, 0)).await.unwrap();
        let Some(unfilled) = found.into_iter().next() else { return made };
        let ground = made.vault.read(move |vault| fill::load(vault, THREAD, unfilled.floor, stretch)).await.unwrap().unwrap();
        let from = ground.from;
        let batch = fill::judge_stretch(&eyes, ground, tell(from, unfilled.first_seq)).unwrap();
        made.vault.write(move |vault| fill::store(vault, me, from, batch)).await.unwrap();
    }
}

fn range(world: &World, from: u64, to: u64) -> Vec<Arrived> {
    world.log.iter().filter(|entry| (from..=to).contains(&entry.stamp.seq)).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn it_ends_up_the_same_wherever_it_begins(steps in steps(), late in any::<bool>(), newest in 1..20_u64, stretch in 1..9_u64) {
        let (world, people, read) = world(&steps, late);
        let nora = &people[0];
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let whole = arrive(&world, nora, u64::MAX / 2, 1, |_, _| unreachable!("everything was there")).await;
            let parts = arrive(&world, nora, newest, stretch, |from, to| range(&world, from, to)).await;
            let (a, b) = (state(&whole).await, state(&parts).await);
            assert!(a.0 == b.0, "the thread's row: {:?}", [(a.0.unread, a.0.read_seq, a.0.warnings), (b.0.unread, b.0.read_seq, b.0.warnings)]);
            assert!(a.1 == b.1, "its lines");
            assert_eq!(a.2, b.2);
            assert_eq!((a.0.warnings, a.0.first_seq), (0, 1));
            assert_eq!(a.3.0, b.3.0, "how far each device has come");
            assert!(a.3.1 == b.3.1, "who acknowledged what");
            let first = ReadMark { turn: 0, upto: a.0.joined_seq };
            assert_eq!(a.0.read_seq, read.max(first).upto, "the greatest of her marks; neither her words nor anybody else's");
        });
    }
}

/// The log up to an entry as another server would tell it: later by a second, so that every chain hash is another one.
fn another_past(world: &World, from: u64, to: u64) -> Vec<Arrived> {
    let mut head = Anchor::START;
    let mut told = Vec::new();
    for entry in &world.log {
        let mut stamp = entry.stamp;
        stamp.received_at += 1_000;
        stamp.chain = sotto_protocol::verify::chain_hash(&head.hash, stamp.seq, stamp.received_at, &entry.bytes);
        head = Anchor { seq: stamp.seq, hash: stamp.chain };
        told.push(Arrived { stamp, ..entry.clone() });
    }
    told.into_iter().filter(|entry| (from..=to).contains(&entry.stamp.seq)).collect()
}

#[tokio::test]
async fn a_past_that_does_not_lead_here_is_seen() {
    let steps = vec![Step::Say { nora: false }; 12];
    let (world, people, _) = world(&steps, false);
    let forked = |made: Made| async move { state(&made).await.0.warnings & warning::FORKED_LOG != 0 };
    let honest = arrive(&world, &people[0], 3, 4, |from, to| range(&world, from, to)).await;
    assert!(!forked(honest).await);
    // The whole past is another one, ending with the entry that is here as it is here.
    let spliced = |from, to| {
        let mut told = another_past(&world, from, to - 1);
        told.extend(range(&world, to, to));
        told
    };
    assert!(forked(arrive(&world, &people[0], 3, 4, spliced).await).await, "the link to what is here does not hold");
    // Ending with another one in its place, consistent in itself.
    let replaced = |from, to| another_past(&world, from, to);
    assert!(forked(arrive(&world, &people[0], 3, 4, replaced).await).await, "what is here is another entry");
}

#[tokio::test]
async fn what_an_author_had_seen_is_compared_when_that_part_comes() {
    let (mut world, people, _) = world(&vec![Step::Say { nora: false }; 12], false);
    // Paul says that he had seen another entry at the second place.
    let hash = sotto_protocol::key::Hash::from_bytes([5; 32]);
    let said = sotto_protocol::event::Message { text: "odd".into(), priority: Default::default(), answers: Vec::new() };
    let content = sotto_protocol::event::Content {
        event: sotto_protocol::event::Event::Message(said),
        sent_at: 1,
        anchor: Anchor { seq: 2, hash },
        directory: sotto_protocol::directory::DirectoryHead::START,
    };
    let entry = world.seal(&people[1], &content, &people[1].signing);
    world.append(entry, None);
    let made = arrive(&world, &people[0], 3, 100, |from, to| range(&world, from, to)).await;
    assert!(state(&made).await.0.warnings & warning::FORKED_LOG != 0);
}

#[tokio::test]
async fn a_thread_that_was_begun_before_anything_had_arrived_is_taken_in() {
    let (world, people, _) = world(&[Step::Say { nora: true }], false);
    let made = make_vault();
    let begun = made.vault.write(|vault| thread::insert(vault, THREAD, sotto_protocol::entry::ThreadClass::Clinical, 1).map(drop));
    begun.await.unwrap();
    let here = || made.vault.read(|vault| find_here(vault, &[THREAD]));
    assert!(here().await.unwrap().is_empty());
    let (known, pairs, me) = (people_of(&world), World::pairs(&people[0]), people[0].account);
    let outline = judge_outline(&Eyes { account: me, pairs: &pairs, people: &known }, THREAD, world.log.clone());
    made.vault.write(move |vault| store(vault, me, outline)).await.unwrap();
    assert_eq!(here().await.unwrap(), HashSet::from([THREAD]));
    assert_eq!(state(&made).await.0.last_seq, world.log.len() as u64);
}
