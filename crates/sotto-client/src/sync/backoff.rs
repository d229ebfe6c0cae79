//! How long to wait before the next attempt? Longer each time, never all workstations at once.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(30);

/// The waits of one line of attempts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// An attempt held: begin anew.
    pub const fn reset(&mut self) {
        self.failures = 0;
    }

    /// The wait after one more failure: between half and all of a time that doubles. `noise` is any random number.
    pub fn next(&mut self, noise: u32) -> Duration {
        let whole = FIRST.saturating_mul(1 << self.failures.min(10)).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        let half = whole / 2;
        half + half.mul_f64(f64::from(noise) / f64::from(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_half_a_minute_and_begin_anew() {
        let mut backoff = Backoff::default();
        assert_eq!(backoff.next(0), FIRST / 2);
        assert_eq!(backoff.next(u32::MAX), FIRST * 2);
        let longest = (0..20).map(|_| backoff.next(u32::MAX)).max();
        assert_eq!(longest, Some(LONGEST));
        backoff.reset();
        assert_eq!(backoff.next(u32::MAX), FIRST);
    }
}
