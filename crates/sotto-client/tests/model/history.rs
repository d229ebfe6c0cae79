//! What can happen to a ward of five clients? A history is drawn from its seed alone; what a step means is found out when it is played.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sotto_client::view::Priority;

use super::ward::{FIRST, MACHINES};

/// Clocks this far off, in milliseconds, are borne by the server, whichever two of them are compared.
pub const BORNE_MS: i64 = 50_000;
/// And so far off they are not: whoever has such a clock is as good as cut off.
const WRONG_MS: i64 = 600_000;

/// What a person does, with numbers that choose among what is there by then.
#[derive(Debug, Clone)]
pub enum Act {
    Send {
        lines: usize,
        priority: Priority,
        asks: bool,
    },
    /// Reads on, in parts of a hundred of what is unread.
    Read {
        part: usize,
    },
    /// Goes to the end at once.
    Jump,
    Acknowledge {
        which: usize,
        answer: usize,
    },
    Describe,
    /// Takes in who is not in the thread yet.
    TakeIn,
}

/// One step of a history, at one of the machines.
#[derive(Debug, Clone)]
pub enum Step {
    Do {
        at: usize,
        act: Act,
    },
    Cut {
        at: usize,
    },
    Mend {
        at: usize,
    },
    Clock {
        at: usize,
        skew_ms: i64,
    },
    /// Kill -9, so many microseconds after something was begun, or in no deed at all.
    Kill {
        at: usize,
        during: Option<Act>,
        after_us: u64,
    },
    Reopen {
        at: usize,
    },
    /// Somebody looks up when all that the others know has come.
    Hear {
        at: usize,
    },
}

#[derive(Debug, Clone)]
pub struct History {
    /// Whether one of the people is taken in later.
    pub late: bool,
    /// The machine at which the thread is begun, and whether that is cut off then.
    pub begun_at: usize,
    pub begun_cut_off: bool,
    pub steps: Vec<Step>,
    /// In the end, where something is marked as unread, and from which message on.
    pub unread_at: usize,
    pub unread_from: usize,
}

/// The history of that seed.
pub fn draw(seed: u64) -> History {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    histories().new_tree(&mut runner).unwrap().current()
}

fn histories() -> impl Strategy<Value = History> {
    let steps = proptest::collection::vec(step(), 20..36);
    let parts = (any::<bool>(), 0..FIRST, prop::bool::weighted(0.15), steps, 0..MACHINES, 0..1_000_usize);
    parts.prop_map(|(late, begun_at, begun_cut_off, steps, unread_at, unread_from)| History {
        late,
        begun_at,
        begun_cut_off,
        steps,
        unread_at,
        unread_from,
    })
}

fn step() -> impl Strategy<Value = Step> {
    let at = || 0..MACHINES;
    let skew = prop_oneof![3 => -BORNE_MS..=BORNE_MS, 1 => Just(WRONG_MS), 1 => Just(-WRONG_MS)];
    prop_oneof![
        22 => (at(), act()).prop_map(|(at, act)| Step::Do { at, act }),
        2 => at().prop_map(|at| Step::Cut { at }),
        2 => at().prop_map(|at| Step::Mend { at }),
        1 => (at(), skew).prop_map(|(at, skew_ms)| Step::Clock { at, skew_ms }),
        1 => (at(), proptest::option::of(act()), 0..8_000_u64).prop_map(|(at, during, after_us)| Step::Kill { at, during, after_us }),
        1 => at().prop_map(|at| Step::Reopen { at }),
        4 => at().prop_map(|at| Step::Hear { at }),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let priority = prop_oneof![Just(Priority::Fyi), Just(Priority::Action), Just(Priority::Concern), Just(Priority::Stat)];
    let send = (1..=3_usize, priority, any::<bool>()).prop_map(|(lines, priority, asks)| Act::Send { lines, priority, asks });
    prop_oneof![
        6 => send,
        4 => (1..=100_usize).prop_map(|part| Act::Read { part }),
        1 => Just(Act::Jump),
        3 => (0..1_000_usize, 0..1_000_usize).prop_map(|(which, answer)| Act::Acknowledge { which, answer }),
        1 => Just(Act::Describe),
        1 => Just(Act::TakeIn),
    ]
}
