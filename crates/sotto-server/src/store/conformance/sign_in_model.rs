//! Whether random sign-ins go as a model says: maps of who has which login, which step was used and which attempts were taken.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::super::Store;
use super::super::sign_in::{ATTEMPT_MS, Begun, NewAttempt, Registered};
use super::build::account;
use super::sign_in::{completed, handle, machine, registration, secret};
use super::{Open, fresh};

const RUNS: usize = 24;
const START: u64 = 1_795_000_000_000;

#[derive(Debug, Clone)]
enum Step {
    Wait(u64),
    Begin { who: u8, at: u8 },
    Finish { who: u8, at: u8, version: u8, step: u64 },
    Count { at: u8, from: u8 },
    Take { index: usize, from: u8 },
    Complete { who: u8, at: u8, step: u64, recovery: bool },
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => prop::sample::select(vec![1, 4_999, 5_000, 15_000, 60_000, 121_000, 300_000, 901_000, 90_000_000]).prop_map(Step::Wait),
        4 => (1u8..4, 1u8..4).prop_map(|(who, at)| Step::Begin { who, at }),
        4 => (1u8..4, 1u8..4, 1u8..5, 1u64..9).prop_map(|(who, at, version, step)| Step::Finish { who, at, version, step }),
        8 => (1u8..6, 1u8..4).prop_map(|(at, from)| Step::Count { at, from }),
        4 => (0usize..40, 1u8..4).prop_map(|(index, from)| Step::Take { index, from }),
        4 => (1u8..4, 1u8..4, 1u64..12, any::<bool>()).prop_map(|(who, at, step, recovery)| Step::Complete { who, at, step, recovery }),
        1 => Just(Step::Reopen),
    ];
    proptest::collection::vec(step, 30..160)
}

#[derive(Debug, Clone, Copy)]
struct Login {
    at: u8,
    version: u8,
    secret: u8,
    step: u64,
    recovery: bool,
}

#[derive(Default)]
struct Model {
    logins: HashMap<u8, Login>,
    /// Whose registration is pending: at which login, since when, with which secret if it is a new one.
    pending: HashMap<u8, (u8, u64, Option<u8>)>,
    /// The times counted at each login since the last success, and from each machine: every one of them, never forgotten.
    at_login: HashMap<u8, Vec<u64>>,
    from: HashMap<u8, Vec<u64>>,
    /// Attempts that were counted: at which login, from where, when; `None` once gone.
    attempts: Vec<Option<(u8, u8, u64)>>,
}

impl Model {
    fn taken(&self, who: u8, at: u8) -> bool {
        self.logins.iter().any(|(owner, login)| *owner != who && login.at == at)
    }

    fn begin(&mut self, now: u64, who: u8, at: u8, fresh: u8) -> Option<Option<u8>> {
        if self.taken(who, at) {
            return None;
        }
        let before = self.pending.get(&who).filter(|(_, begun, _)| now - begun <= 3_600_000).and_then(|(_, _, secret)| *secret);
        let secret = if self.logins.contains_key(&who) { None } else { Some(before.unwrap_or(fresh)) };
        self.pending.insert(who, (at, now, secret));
        Some(secret)
    }

    fn finish(&mut self, now: u64, who: u8, (at, version, secret, step): (u8, u8, u8, u64)) -> Registered {
        let stored = self.logins.get(&who).copied();
        if stored.is_some_and(|login| login.at == at && login.version == version) {
            return Registered::Done;
        }
        let Some((pending_at, begun, pending_secret)) = self.pending.get(&who).copied() else { return Registered::NotPending };
        let right = pending_secret.or(stored.map(|login| login.secret));
        if now - begun > 3_600_000 || pending_at != at || right != Some(secret) || pending_secret.is_some() == stored.is_some() {
            return Registered::NotPending;
        }
        if let Some(login) = stored
            && (step < login.step || (step == login.step && !login.recovery))
        {
            return Registered::CodeUsed;
        }
        if self.taken(who, at) {
            return Registered::LoginTaken;
        }
        if stored.is_some_and(|login| login.version >= version) {
            return Registered::Conflict;
        }
        let ended = [stored.map(|login| login.at), Some(at)];
        for attempt in &mut self.attempts {
            *attempt = attempt.filter(|(of, _, _)| !ended.contains(&Some(*of)));
        }
        self.logins.insert(who, Login { at, version, secret, step, recovery: false });
        self.pending.remove(&who);
        Registered::Done
    }

    fn count(&mut self, now: u64, at: u8, from: u8) -> bool {
        let times = self.at_login.entry(at).or_default();
        if times.last().is_some_and(|last| now - last > 24 * 3_600_000) {
            times.clear();
        }
        let wait = match times.len() {
            0..=2 => 0,
            3 => 5,
            4 => 15,
            5 => 60,
            6 => 300,
            _ => 900,
        };
        let login = times.last().is_none_or(|last| now - last >= wait * 1_000);
        let machine = self.from.entry(from).or_default();
        let admitted = login && machine.iter().filter(|then| now - **then < 900_000).count() < 30;
        if admitted {
            times.push(now);
            machine.push(now);
            self.attempts.push(Some((at, from, now)));
        }
        admitted
    }

    fn complete(&mut self, who: u8, at: u8, step: u64, recovery: bool) -> bool {
        let Some(login) = self.logins.get_mut(&who).filter(|login| login.at == at && login.step < step) else { return false };
        (login.step, login.recovery) = (step, recovery);
        self.at_login.remove(&at);
        true
    }
}

/// An attempt's id is its number: each is another one.
fn attempt(n: usize) -> NewAttempt {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&(n as u64).to_be_bytes());
    NewAttempt { attempt: sotto_protocol::AttemptId::from_bytes(id), state: vec![1; 8].into() }
}

pub async fn random_sign_ins_go_as_the_model_says<S: Store>(open: &impl Open<S>) {
    let mut runner = TestRunner::deterministic();
    let mut reached = HashSet::new();
    for _ in 0..RUNS {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        let (dir, mut store) = fresh(open).await;
        let (mut model, mut now) = (Model::default(), START);
        for (n, step) in steps.iter().enumerate() {
            let fresh = u8::try_from(n).unwrap();
            match *step {
                Step::Wait(ms) => now += ms,
                Step::Reopen => {
                    store.sweep_sign_ins(now).await.unwrap();
                    store.close().await;
                    store = open(dir.path()).await;
                }
                Step::Begin { who, at } => {
                    let version = model.logins.get(&who).map_or(0, |login| login.version.into());
                    let expected = match model.begin(now, who, at, fresh) {
                        None => Begun::LoginTaken,
                        Some(made) => Begun::Pending { totp_secret: made.map(secret), bundle_version: version },
                    };
                    let begun = store.begin_registration(now, account(who), handle(at), secret(fresh)).await;
                    assert_eq!(begun, Ok(expected), "{n} of {steps:?}");
                }
                Step::Finish { who, at, version, step } => {
                    let pending = model.pending.get(&who).and_then(|(_, _, secret)| *secret);
                    let with = pending.or(model.logins.get(&who).map(|login| login.secret)).unwrap_or(0);
                    let expected = model.finish(now, who, (at, version, with, step));
                    let finished = store.finish_registration(now, registration(who, at, version, secret(with), step)).await;
                    assert_eq!(finished, Ok(expected), "{n} of {steps:?}");
                    reached.insert(format!("{expected:?}"));
                }
                Step::Count { at, from } => {
                    let attempt = attempt(model.attempts.len());
                    let expected = model.count(now, at, from);
                    let known = model.logins.values().any(|login| login.at == at);
                    let asked = store.load_login(now, handle(at), machine(from)).await.unwrap();
                    assert_eq!(asked.map(|login| login.is_some()).ok(), expected.then_some(known), "{n} of {steps:?}");
                    let counted = store.count_attempt(now, handle(at), machine(from), Some(attempt)).await.unwrap();
                    assert_eq!(counted.is_ok(), expected, "{n} of {steps:?}");
                }
                Step::Take { index, from } => {
                    let held = model.attempts.get(index).copied().flatten();
                    let mine = held.filter(|(_, of, _)| *of == from);
                    if mine.is_some() {
                        model.attempts[index] = None;
                    }
                    let expected = mine.filter(|(_, _, begun)| now - begun <= ATTEMPT_MS).map(|(at, _, _)| handle(at));
                    let taken = store.take_attempt(now, attempt(index).attempt, machine(from)).await.unwrap();
                    assert_eq!(taken.map(|taken| taken.handle), expected, "{n} of {steps:?}");
                    reached.insert(format!("taken {}", expected.is_some()));
                }
                Step::Complete { who, at, step, recovery } => {
                    let expected = model.complete(who, at, step, recovery);
                    let done = store.complete_sign_in(completed(who, at, step, recovery)).await;
                    assert_eq!(done, Ok(expected), "{n} of {steps:?}");
                    reached.insert(format!("completed {expected}"));
                }
            }
        }
        store.close().await;
    }
    assert!(reached.len() >= 8, "random steps that reach only {reached:?} test little");
}
