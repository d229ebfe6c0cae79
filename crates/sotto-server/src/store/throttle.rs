//! When somebody may try to sign in again: the counting and the waits, without a database, the same for every backend.

/// Milliseconds of a second.
const SECOND: u64 = 1_000;
/// Attempts at a login that wait for nothing.
const FREE: u32 = 3;
/// Milliseconds after the third, fourth … attempt in which no other one is taken …
const WAITS: [u64; 4] = [5 * SECOND, 15 * SECOND, 60 * SECOND, 300 * SECOND];
/// … and after every later one.
const LONGEST_WAIT: u64 = 900 * SECOND;
/// Milliseconds after which a login that nobody tried is forgotten.
pub const FORGET_MS: u64 = 24 * 3_600 * SECOND;
/// Attempts of one workstation …
pub const WORKSTATION_ATTEMPTS: usize = 30;
/// … in any stretch of so many milliseconds.
pub const WORKSTATION_WINDOW_MS: u64 = 900 * SECOND;

/// The attempts at one login since the last that succeeded. Kept for logins that nobody has as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HandleCount {
    /// How many.
    pub count: u32,
    /// When the last one was, milliseconds since 1970.
    pub last_at: u64,
}

/// The times of a workstation's last attempts, rising, at most [`WORKSTATION_ATTEMPTS`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkstationCount(pub Vec<u64>);

/// Milliseconds until another attempt is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(pub u64);

impl Wait {
    /// The whole seconds in which it is over.
    #[must_use]
    pub const fn seconds(self) -> u64 {
        self.0.div_ceil(SECOND)
    }
}

impl HandleCount {
    /// Counts an attempt at `now`.
    ///
    /// # Errors
    /// How long to wait; then it is not counted, so that asking too early makes nothing longer.
    pub fn count(self, now: u64) -> Result<Self, Wait> {
        let since = now.saturating_sub(self.last_at);
        let count = if since > FORGET_MS { 0 } else { self.count };
        let step = count.checked_sub(FREE).and_then(|step| usize::try_from(step).ok());
        let wait = step.map_or(0, |step| WAITS.get(step).copied().unwrap_or(LONGEST_WAIT));
        match wait.checked_sub(since) {
            None | Some(0) => Ok(Self { count: count.saturating_add(1), last_at: now }),
            Some(left) => Err(Wait(left)),
        }
    }
}

impl WorkstationCount {
    /// Counts an attempt at `now`.
    ///
    /// # Errors
    /// How long to wait; then it is not counted.
    pub fn count(mut self, now: u64) -> Result<Self, Wait> {
        // A clock that stepped back makes nobody wait for longer than the window.
        self.0.iter_mut().for_each(|at| *at = now.min(*at));
        self.0.retain(|at| now - at < WORKSTATION_WINDOW_MS);
        match self.0.first() {
            Some(oldest) if self.0.len() >= WORKSTATION_ATTEMPTS => Err(Wait(oldest + WORKSTATION_WINDOW_MS - now)),
            _ => {
                self.0.push(now);
                Ok(self)
            }
        }
    }
}

/// Counts an attempt at a login from a workstation: both take it or neither.
///
/// # Errors
/// The longer wait of the two.
pub fn count(handle: HandleCount, workstation: WorkstationCount, now: u64) -> Result<(HandleCount, WorkstationCount), Wait> {
    match (handle.count(now), workstation.count(now)) {
        (Ok(handle), Ok(workstation)) => Ok((handle, workstation)),
        (Err(Wait(one)), Err(Wait(other))) => Err(Wait(one.max(other))),
        (Err(wait), Ok(_)) | (Ok(_), Err(wait)) => Err(wait),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_are_free_and_then_each_waits_longer() {
        let (mut counted, mut now) = (HandleCount::default(), 1_000_000_000_000);
        for _ in 0..3 {
            counted = counted.count(now).unwrap();
        }
        for seconds in [5, 15, 60, 300, 900, 900, 900] {
            assert_eq!(counted.count(now), Err(Wait(seconds * SECOND)));
            now += seconds * SECOND - 1;
            assert_eq!(counted.count(now).map_err(Wait::seconds), Err(1), "to the millisecond");
            now += 1;
            counted = counted.count(now).unwrap();
        }
        assert_eq!(counted.count(now + FORGET_MS + 1), Ok(HandleCount { count: 1, last_at: now + FORGET_MS + 1 }));
    }

    #[test]
    fn a_clock_that_steps_back_makes_no_wait_longer() {
        let counted = HandleCount { count: 3, last_at: 1_000_000 };
        assert_eq!(counted.count(10), Err(Wait(5 * SECOND)));
        let full = WorkstationCount(vec![1_000_000_000; WORKSTATION_ATTEMPTS]);
        assert_eq!(full.count(10), Err(Wait(WORKSTATION_WINDOW_MS)));
    }

    #[test]
    fn a_workstation_has_so_many_in_any_stretch_of_the_window() {
        let mut counted = WorkstationCount::default();
        for n in 0..30 {
            counted = counted.count(n * SECOND).unwrap();
        }
        assert_eq!(counted.clone().count(30 * SECOND), Err(Wait(WORKSTATION_WINDOW_MS - 30 * SECOND)));
        let later = counted.count(WORKSTATION_WINDOW_MS).unwrap();
        assert_eq!(later.clone().count(WORKSTATION_WINDOW_MS), Err(Wait(SECOND)), "one came back, not all");
        assert_eq!(later.0.len(), 30);
    }

    #[test]
    fn both_count_or_neither() {
        let waiting = HandleCount { count: 3, last_at: 0 };
        let full = WorkstationCount(vec![0; WORKSTATION_ATTEMPTS]);
        assert_eq!(count(waiting, WorkstationCount::default(), 0), Err(Wait(5 * SECOND)));
        assert_eq!(count(HandleCount::default(), full.clone(), 0), Err(Wait(WORKSTATION_WINDOW_MS)));
        assert_eq!(count(waiting, full, 0), Err(Wait(WORKSTATION_WINDOW_MS)));
    }
}
