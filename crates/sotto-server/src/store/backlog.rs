//! What an account has still to be sent: one lane for each stretch of a thread it was in, merged by position.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A stretch of a thread that is still to be read. A thread's positions rise with its seqs, and its seqs have no gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lane {
    /// The position of the next entry; the first field, because lanes are ordered by it.
    pub position: u64,
    /// The backend's short name of the thread.
    pub thread_row: i64,
    /// The seq of the next entry.
    pub seq: u64,
    /// The last seq of the stretch.
    pub last_seq: u64,
}

/// A lane, and the position at which another lane is next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Read this lane …
    pub lane: Lane,
    /// … while its positions are below this.
    pub below: u64,
}

/// What was missed, as of the moment it was looked up.
#[derive(Debug, Clone)]
pub struct Backlog {
    head: u64,
    lanes: BinaryHeap<Reverse<Lane>>,
}

impl Backlog {
    /// The lanes found when `head` was the organisation's last committed position.
    #[must_use]
    pub fn new(head: u64, lanes: Vec<Lane>) -> Self {
        Self { head, lanes: lanes.into_iter().map(Reverse).collect() }
    }

    /// Everything up to here has been read once the backlog is over.
    #[must_use]
    pub const fn head(&self) -> u64 {
        self.head
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.lanes.is_empty()
    }

    /// Takes the lane whose turn it is; [`Self::put_back`] what is left of it.
    pub fn take_run(&mut self) -> Option<Run> {
        let Reverse(lane) = self.lanes.pop()?;
        let below = self.lanes.peek().map_or(u64::MAX, |Reverse(next)| next.position);
        Some(Run { lane, below })
    }

    /// Puts a lane back at its next entry.
    pub fn put_back(&mut self, lane: Lane) {
        self.lanes.push(Reverse(lane));
    }
}

/// The first seq in `first..=last` whose position is above `after`; the caller knows that `last`'s is.
///
/// Looks from the end in doubling steps, then halves: the cost grows with the logarithm of what was missed.
///
/// # Errors
/// Those of `position_of`.
pub fn find_first<E>(first: u64, last: u64, after: u64, mut position_of: impl FnMut(u64) -> Result<u64, E>) -> Result<u64, E> {
    let (mut above, mut step) = (last, 1);
    let mut below = loop {
        let Some(probe) = above.checked_sub(step).filter(|probe| *probe >= first) else { break first.saturating_sub(1) };
        if position_of(probe)? <= after {
            break probe;
        }
        above = probe;
        step *= 2;
    };
    while above - below > 1 {
        let middle = below + (above - below) / 2;
        if position_of(middle)? > after { above = middle } else { below = middle }
    }
    Ok(above)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_take_turns_by_position() {
        let lane = |thread_row, position| Lane { position, thread_row, seq: 1, last_seq: 9 };
        let mut backlog = Backlog::new(50, vec![lane(1, 10), lane(2, 4), lane(3, 7)]);
        assert_eq!(backlog.take_run(), Some(Run { lane: lane(2, 4), below: 7 }));
        backlog.put_back(lane(2, 20));
        assert_eq!(backlog.take_run(), Some(Run { lane: lane(3, 7), below: 10 }));
        assert_eq!(backlog.take_run(), Some(Run { lane: lane(1, 10), below: 20 }));
        assert_eq!(backlog.take_run(), Some(Run { lane: lane(2, 20), below: u64::MAX }));
        assert!(backlog.is_over());
    }

    proptest::proptest! {
        #[test]
        fn the_first_missed_entry_is_found(gaps in proptest::collection::vec(1u64..9, 1..80), first in 1u64..20, after in 0u64..300) {
            let positions: Vec<u64> = gaps.iter().scan(0, |sum, gap| { *sum += gap; Some(*sum) }).collect();
            let position_of = |seq: u64| positions[usize::try_from(seq - first).unwrap()];
            let last = first + positions.len() as u64 - 1;
            if position_of(last) > after {
                let found = find_first(first, last, after, |seq| Ok::<_, ()>(position_of(seq))).unwrap();
                let expected = (first..=last).find(|seq| position_of(*seq) > after).unwrap();
                proptest::prop_assert_eq!(found, expected);
            }
        }
    }
}
