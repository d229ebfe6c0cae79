//! How slow Argon2id is made on a machine: as near to half a second as its steps allow, never below the floor. The caller has the clock.

use std::time::Duration;

use super::kdf::KdfParams;

/// What an unlock may cost.
pub const TARGET: Duration = Duration::from_millis(500);

/// The parameters for this machine. `measure` derives once with the parameters it is given and says how long that took.
pub fn calibrate(mut measure: impl FnMut(&KdfParams) -> Duration) -> KdfParams {
    let mut params = KdfParams::FLOOR;
    // Each step raises memory or passes, which end at the ceiling: a clock that stands still ends there too.
    while let Some(raised) = raise(&params, measure(&params)) {
        params = raised;
    }
    params
}

/// The next slower parameters that still stay within [`TARGET`], where these took `elapsed`: twice the memory first, then passes.
#[must_use]
pub fn raise(params: &KdfParams, elapsed: Duration) -> Option<KdfParams> {
    let doubled = params.m_kib.saturating_mul(2);
    if elapsed.saturating_mul(2) <= TARGET && doubled <= KdfParams::CEILING.m_kib {
        return Some(KdfParams { m_kib: doubled, ..*params });
    }
    let t = params.t.saturating_add(1);
    let slower = elapsed.saturating_mul(t) / params.t.max(1);
    (slower <= TARGET && t <= KdfParams::CEILING.t).then_some(KdfParams { t, ..*params })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A machine that takes this many nanoseconds for a KiB and pass.
    fn machine(nanoseconds: u64) -> impl FnMut(&KdfParams) -> Duration {
        move |p| Duration::from_nanos(u64::from(p.m_kib) * u64::from(p.t) * nanoseconds)
    }

    #[test]
    fn a_slow_machine_stays_at_the_floor() {
        assert_eq!(calibrate(machine(20_000)), KdfParams::FLOOR);
    }

    #[test]
    fn a_usual_machine_comes_near_half_a_second() {
        for nanoseconds in [300, 700, 1_200, 1_300] {
            let params = calibrate(machine(nanoseconds));
            let took = machine(nanoseconds)(&params);
            assert!(took <= TARGET && took >= TARGET / 2, "{params:?} takes {took:?}");
            assert!(params.allowed());
        }
    }

    #[test]
    fn a_clock_that_stands_still_ends_at_the_ceiling() {
        assert_eq!(calibrate(|_| Duration::ZERO), KdfParams::CEILING);
    }
}
