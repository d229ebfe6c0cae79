//! Whether random logs are read as a model says: a list of who saw what, with none of a database's shortcuts.

use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sotto_protocol::ErrorCode;

use super::super::{NewEntry, PageLimit, Store, Verdict};
use super::build::{account, event, key, viewer};
use super::{Open, append, feed, fresh, refused};

const LOGS: usize = 12;
const ACCOUNTS: u8 = 5;

/// One attempt: in which thread, by whom, with the right epoch or not, and of a key entry whom it leaves in.
#[derive(Debug, Clone)]
struct Attempt {
    thread: u8,
    author: u8,
    stale: bool,
    members: Option<BTreeSet<u8>>,
}

#[derive(Default)]
struct Model {
    threads: HashMap<u8, (u64, BTreeSet<u8>)>,
    /// Who sees the entry at each position, from 1.
    readers: Vec<BTreeSet<u8>>,
}

impl Model {
    fn expect(&mut self, attempt: &Attempt, epoch: u64) -> Option<ErrorCode> {
        let known = self.threads.get(&attempt.thread).cloned();
        let (current, before) = known.clone().unwrap_or_default();
        match &attempt.members {
            _ if known.is_some() && !before.contains(&attempt.author) => return Some(ErrorCode::NotAMember),
            None if known.is_none() => return Some(ErrorCode::NotAMember),
            Some(_) if known.is_none() && epoch != 1 => return Some(ErrorCode::NotAMember),
            Some(_) if epoch != current + 1 => return Some(ErrorCode::StaleEpoch),
            None if epoch != current => return Some(ErrorCode::StaleEpoch),
            Some(members) => {
                self.threads.insert(attempt.thread, (epoch, members.clone()));
                self.readers.push(&before | members);
            }
            None => self.readers.push(before),
        }
        None
    }

    fn entry(&self, attempt: &Attempt, id: u8) -> NewEntry {
        let current = self.threads.get(&attempt.thread).map_or(0, |(epoch, _)| *epoch);
        let epoch = current + u64::from(attempt.members.is_some()) + u64::from(attempt.stale);
        let entry = match &attempt.members {
            Some(members) => key(attempt.thread, id, epoch, &members.iter().copied().collect::<Vec<_>>()),
            None => event(attempt.thread, id, epoch, attempt.author),
        };
        // Each attempt is a request of its own: one refusal must not refuse the rest.
        NewEntry { author: account(attempt.author), request: id.into(), ..entry }
    }

    fn seen_by(&self, reader: u8, after: u64) -> Vec<u64> {
        let seen = (1..).zip(&self.readers).filter(|(position, readers)| *position > after && readers.contains(&reader));
        seen.map(|(position, _)| position).collect()
    }
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let members = proptest::collection::btree_set(1..=ACCOUNTS, 1..=ACCOUNTS as usize);
    let attempt = (1u8..=3, 1..=ACCOUNTS, prop::bool::weighted(0.1), prop::option::weighted(0.3, members)).prop_map(
        |(thread, author, stale, mut members)| {
            // Mostly the author stays; sometimes they leave.
            if let Some(members) = members.as_mut().filter(|members| members.len() < 4) {
                members.insert(author);
            }
            Attempt { thread, author, stale, members }
        },
    );
    proptest::collection::vec(attempt, 20..120)
}

pub async fn random_logs_read_as_they_were_written<S: Store>(open: &impl Open<S>) {
    // Seeded: a failure is the same one at the next run.
    let mut runner = TestRunner::deterministic();
    for _ in 0..LOGS {
        let log = attempts().new_tree(&mut runner).unwrap().current();
        let (_dir, store) = fresh(open).await;
        let model = write(&store, &log).await;
        for reader in 1..=ACCOUNTS {
            for (after, entries) in [(0, 1), (0, 50), (3, 2), (model.readers.len() as u64 / 2, 3), (model.readers.len() as u64, 3)] {
                let seen = feed(&store, viewer(reader), after, PageLimit { entries, bytes: 150 }).await;
                let positions: Vec<u64> = seen.iter().map(|entry| entry.stamp.position).collect();
                assert_eq!(positions, model.seen_by(reader, after), "account {reader} after {after} of {log:?}");
            }
        }
        store.close().await;
    }
}

async fn write<S: Store>(store: &S, log: &[Attempt]) -> Model {
    let mut model = Model::default();
    for (batch, attempts) in log.chunks(7).enumerate() {
        let (mut entries, mut expected) = (Vec::new(), Vec::new());
        for (index, attempt) in attempts.iter().enumerate() {
            let entry = model.entry(attempt, u8::try_from(batch * 7 + index).unwrap());
            // A first key entry without its author is refused; the model keeps to those with them.
            let first = !model.threads.contains_key(&attempt.thread);
            if first && attempt.members.as_ref().is_some_and(|members| !members.contains(&attempt.author)) {
                continue;
            }
            expected.push(model.expect(attempt, entry.epoch));
            entries.push(entry);
        }
        for (verdict, expected) in append(store, entries).await.iter().zip(expected) {
            match (verdict, expected) {
                (Verdict::Stored { .. }, None) => {}
                (Verdict::Refused(refusal), Some(code)) if refusal.code == code => {}
                (verdict, expected) => panic!("{verdict:?} where {expected:?} was expected, of {log:?}"),
            }
        }
    }
    assert!(model.readers.len() > 2 || log.len() < 40, "a log of refusals tests nothing");
    assert_eq!(append(store, vec![event(9, 255, 1, 1)]).await, [refused(ErrorCode::NotAMember, 0)]);
    model
}
