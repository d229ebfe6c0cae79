//! Which requests were seen before: each asker's nonces, for as long as a replay's time would still be accepted.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use sotto_protocol::ErrorCode;
use sotto_protocol::key::Salt;
use sotto_protocol::limits::CLOCK_SKEW_MS;

/// After so many requests, askers that have been silent are forgotten.
const SWEEP_EVERY: u32 = 4_096;

#[derive(Debug, Default)]
struct Seen {
    nonces: HashSet<Salt>,
    by_arrival: VecDeque<(u64, Salt)>,
}

impl Seen {
    /// Forgets what cannot be replayed any more. A request is accepted until its time plus the skew, and its time is at most the skew
    /// ahead of its arrival: twice the skew after the arrival it is over.
    fn forget(&mut self, now: u64) {
        while let Some((_, nonce)) = self.by_arrival.front().filter(|(arrival, _)| arrival + 2 * CLOCK_SKEW_MS < now).copied() {
            self.nonces.remove(&nonce);
            self.by_arrival.pop_front();
        }
    }
}

#[derive(Debug)]
struct State<P> {
    askers: HashMap<P, Seen>,
    since_sweep: u32,
}

/// The nonces of all askers of one kind.
#[derive(Debug)]
pub struct Nonces<P> {
    per_asker: usize,
    state: Mutex<State<P>>,
}

impl<P: Hash + Eq> Nonces<P> {
    /// Remembers at most `per_asker` for each one.
    pub fn new(per_asker: usize) -> Self {
        Self { per_asker, state: Mutex::new(State { askers: HashMap::new(), since_sweep: 0 }) }
    }

    /// Remembers a proven request's nonce; `now` is the server's clock.
    ///
    /// # Errors
    /// [`ErrorCode::RequestReplayed`]; [`ErrorCode::Throttled`] when the asker has used all its room.
    pub fn remember(&self, by: P, nonce: Salt, now: u64) -> Result<(), ErrorCode> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.sweep(now);
        let seen = state.askers.entry(by).or_default();
        seen.forget(now);
        if seen.nonces.contains(&nonce) {
            return Err(ErrorCode::RequestReplayed);
        }
        if seen.nonces.len() >= self.per_asker {
            return Err(ErrorCode::Throttled);
        }
        seen.nonces.insert(nonce);
        seen.by_arrival.push_back((now, nonce));
        Ok(())
    }
}

impl<P: Hash + Eq> State<P> {
    fn sweep(&mut self, now: u64) {
        self.since_sweep += 1;
        if self.since_sweep < SWEEP_EVERY {
            return;
        }
        self.since_sweep = 0;
        self.askers.retain(|_, seen| {
            seen.forget(now);
            !seen.nonces.is_empty()
        });
    }
}

#[cfg(test)]
mod tests {
    use sotto_protocol::DeviceId;

    use super::*;

    const DEVICE: DeviceId = DeviceId::from_bytes([1; 16]);

    fn nonce(n: u8) -> Salt {
        Salt::from_bytes([n; 16])
    }

    #[test]
    fn a_nonce_is_good_once_while_it_could_be_accepted() {
        let nonces = Nonces::new(9);
        let ahead = 1_000 + CLOCK_SKEW_MS;
        assert_eq!(nonces.remember(DEVICE, nonce(1), 1_000), Ok(()));
        let last = ahead + CLOCK_SKEW_MS;
        assert_eq!(nonces.remember(DEVICE, nonce(1), last), Err(ErrorCode::RequestReplayed));
        assert_eq!(nonces.remember(DeviceId::from_bytes([2; 16]), nonce(1), last), Ok(()));
    }

    #[test]
    fn room_is_bounded_and_comes_back() {
        let nonces = Nonces::new(2);
        assert_eq!(nonces.remember(DEVICE, nonce(1), 0), Ok(()));
        assert_eq!(nonces.remember(DEVICE, nonce(2), 0), Ok(()));
        assert_eq!(nonces.remember(DEVICE, nonce(3), 0), Err(ErrorCode::Throttled));
        assert_eq!(nonces.remember(DEVICE, nonce(3), 2 * CLOCK_SKEW_MS + 1), Ok(()));
    }

    #[test]
    fn silent_askers_are_forgotten() {
        let nonces = Nonces::new(2);
        assert_eq!(nonces.remember(DEVICE, nonce(1), 0), Ok(()));
        let other = DeviceId::from_bytes([2; 16]);
        for n in 0..SWEEP_EVERY {
            let now = u64::from(n + 1) * 3 * CLOCK_SKEW_MS;
            assert_eq!(nonces.remember(other, nonce(9), now), Ok(()));
        }
        assert_eq!(nonces.state.lock().unwrap().askers.len(), 1);
    }
}
