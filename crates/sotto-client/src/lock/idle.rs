//! Is it time to lock? A state machine over idle times; it asks no clock and moves no window.

use std::time::Duration;

/// The rules, from the organisation's policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdlePolicy {
    /// Without input for this long, the session locks.
    pub idle: Duration,
    /// The last part of it, during which the screen fades and any input cancels.
    pub fade: Duration,
    /// The same limit while somebody is composing, where it is longer.
    pub composing: Duration,
    /// A session ends after this long whatever happens.
    pub session: Duration,
}

impl IdlePolicy {
    /// How long composing extends the limit (ux.md).
    pub const COMPOSING: Duration = Duration::from_secs(600);
}

/// What is to be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdleAction {
    /// Nothing new.
    Nothing,
    /// Begin to fade; the lock is this many seconds away.
    Warn {
        /// Seconds, rounded up.
        seconds: u32,
    },
    /// Somebody moved: stop fading.
    Cancel,
    /// Lock. Said once; the machine is spent afterwards.
    Lock,
}

/// One session's idle lock. Times are of one monotonic clock that counts sleep.
#[derive(Debug, Clone)]
pub struct IdleLock {
    policy: IdlePolicy,
    started: Duration,
    last_input: Duration,
    last_look: Duration,
    warned: bool,
    spent: bool,
}

impl IdleLock {
    /// Begins with an input at `now`: the person who just unlocked.
    #[must_use]
    pub const fn new(policy: IdlePolicy, now: Duration) -> Self {
        Self { policy, started: now, last_input: now, last_look: now, warned: false, spent: false }
    }

    /// Takes a newer policy over; it holds from the next look on.
    pub const fn set_policy(&mut self, policy: IdlePolicy) {
        self.policy = policy;
    }

    /// Somebody did something at `now` that the operating system's idle time may not show.
    pub fn touch(&mut self, now: Duration) {
        self.last_input = self.last_input.max(now);
    }

    /// Looks at `now`. `idle` is the operating system's time since the last input, `None` where it cannot be had.
    pub fn look(&mut self, now: Duration, idle: Option<Duration>, composing: bool) -> IdleAction {
        if self.spent {
            return IdleAction::Nothing;
        }
        // Nobody looked for that long: the machine slept. The key that woke it is no reason to show what was open.
        let slept = now.saturating_sub(self.last_look.max(self.last_input)) >= self.limit(composing);
        self.last_look = now;
        if let Some(idle) = idle {
            self.last_input = self.last_input.max(now.saturating_sub(idle));
        }
        let left = self.left(now, composing);
        if slept || left.is_zero() {
            self.spent = true;
            return IdleAction::Lock;
        }
        match (left <= self.policy.fade, self.warned) {
            (true, false) => {
                self.warned = true;
                IdleAction::Warn { seconds: seconds_up(left) }
            }
            (false, true) => {
                self.warned = false;
                IdleAction::Cancel
            }
            _ => IdleAction::Nothing,
        }
    }

    /// How long the next look may wait: until the fade or the lock is due if nobody moves.
    #[must_use]
    pub fn next_look(&self, now: Duration, composing: bool) -> Duration {
        let left = self.left(now, composing);
        // While it fades, an input must cancel at once: look often. Never sleep past the shorter limit: composing may end unseen.
        let longest = self.policy.idle.saturating_sub(self.policy.fade);
        if self.warned { left.min(Duration::from_millis(100)) } else { left.saturating_sub(self.policy.fade).min(longest) }
    }

    fn limit(&self, composing: bool) -> Duration {
        if composing { self.policy.idle.max(self.policy.composing) } else { self.policy.idle }
    }

    fn left(&self, now: Duration, composing: bool) -> Duration {
        let idle = (self.last_input + self.limit(composing)).saturating_sub(now);
        idle.min((self.started + self.policy.session).saturating_sub(now))
    }
}

fn seconds_up(time: Duration) -> u32 {
    u32::try_from(time.as_secs()).unwrap_or(u32::MAX).saturating_add(u32::from(time.subsec_nanos() > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn shared() -> IdleLock {
        IdleLock::new(IdlePolicy { idle: s(120), fade: s(5), composing: IdlePolicy::COMPOSING, session: s(43_200) }, s(1_000))
    }

    #[test]
    fn a_nurse_who_walks_away_is_warned_and_then_locked_out() {
        let mut lock = shared();
        assert_eq!(lock.next_look(s(1_000), false), s(115));
        assert_eq!(lock.look(s(1_060), Some(s(60)), false), IdleAction::Nothing);
        assert_eq!(lock.look(s(1_115), Some(s(115)), false), IdleAction::Warn { seconds: 5 });
        assert_eq!(lock.look(s(1_118), Some(s(118)), false), IdleAction::Nothing);
        assert_eq!(lock.look(s(1_120), Some(s(120)), false), IdleAction::Lock);
        assert_eq!(lock.look(s(1_121), Some(s(121)), false), IdleAction::Nothing);
    }

    #[test]
    fn moving_the_mouse_stops_the_fade() {
        let mut lock = shared();
        assert_eq!(lock.look(s(1_060), None, false), IdleAction::Nothing);
        assert_eq!(lock.look(s(1_116), None, false), IdleAction::Warn { seconds: 4 });
        lock.touch(s(1_117));
        assert_eq!(lock.look(s(1_117), None, false), IdleAction::Cancel);
        assert_eq!(lock.next_look(s(1_117), false), s(115));
    }

    #[test]
    fn somebody_who_composes_has_ten_minutes() {
        let mut lock = shared();
        assert_eq!(lock.look(s(1_119), Some(s(119)), true), IdleAction::Nothing);
        assert_eq!(lock.look(s(1_596), Some(s(596)), true), IdleAction::Warn { seconds: 4 });
        assert_eq!(lock.look(s(1_600), Some(s(600)), true), IdleAction::Lock);
    }

    #[test]
    fn sleep_counts_even_when_a_key_woke_the_machine() {
        let mut lock = shared();
        assert_eq!(lock.look(s(1_010), Some(s(0)), false), IdleAction::Nothing);
        assert_eq!(lock.look(s(9_000), Some(s(0)), false), IdleAction::Lock);
    }

    #[test]
    fn no_session_outlives_its_longest_time() {
        let mut lock = shared();
        let mut now = s(1_000);
        while now < s(44_140) {
            now += s(60);
            assert_eq!(lock.look(now, Some(s(1)), false), IdleAction::Nothing);
        }
        assert_eq!(lock.look(s(44_196), Some(s(0)), false), IdleAction::Warn { seconds: 4 });
        assert_eq!(lock.look(s(44_200), Some(s(0)), false), IdleAction::Lock);
    }
}
