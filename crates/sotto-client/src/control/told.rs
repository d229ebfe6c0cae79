//! When does the server hear again how the machine is? At once where something is new, within a minute and a half where the directory moved on.

use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use sotto_protocol::api::Report;
use tokio::time::Instant;

use super::ControlState;

/// A change of the directory reaches every machine at the same moment. Each says so between this long after it …
const SOONEST: Duration = Duration::from_secs(30);
/// … and so much later, when it has drawn: of five thousand machines these are some eighty a second.
const SPREAD: Duration = Duration::from_secs(60);

/// What the server took last of this machine, in this process, and when it is told the next time.
#[derive(Debug, Default)]
pub(super) struct Told {
    last: Option<Report>,
    due: Option<Instant>,
}

impl Told {
    /// When the server is to be told; `None` where it knows.
    pub const fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Compares how the machine is with what the server took. `noise` is any random number.
    pub fn look(&mut self, report: &Report, now: Instant, noise: u32) {
        match &self.last {
            Some(last) if is_known(last, report) => (),
            Some(last) if !is_news(last, report) => self.wait(now, noise),
            _ => self.due = Some(now),
        }
    }

    /// A connection begins, perhaps to a server that stopped before it had stored what it took: it is told once more, in its time. What is
    /// news is found by the look that follows.
    pub fn begin(&mut self, now: Instant, noise: u32) {
        if self.last.is_some() {
            self.miss(now, noise);
        }
    }

    /// The server took it.
    pub fn note(&mut self, report: Report) {
        *self = Self { last: Some(report), due: None };
    }

    /// The server did not take it: it is told again, in its time.
    pub fn miss(&mut self, now: Instant, noise: u32) {
        self.due = None;
        self.wait(now, noise);
    }

    /// What is due already is not put off: whatever comes meanwhile is told with it.
    fn wait(&mut self, now: Instant, noise: u32) {
        if self.due.is_none() {
            self.due = Some(now + SOONEST + SPREAD.mul_f64(f64::from(noise) / f64::from(u32::MAX)));
        }
    }
}

/// Whether a report says more than that the directory moved on, that somebody's sign-in, or a rule, moved the end of a lease, or what the
/// machine counted.
fn is_news(last: &Report, report: &Report) -> bool {
    *last != Report { directory: last.directory, lease_until: last.lease_until, diagnostics: last.diagnostics.clone(), ..report.clone() }
}

fn is_known(last: &Report, report: &Report) -> bool {
    !is_news(last, report) && (last.directory, last.lease_until) == (report.directory, report.lease_until)
}

impl ControlState {
    /// What the server was told.
    pub(super) fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use sotto_protocol::api::Diagnostics;

    use super::*;

    fn report(directory: u64) -> Report {
        Report {
            app_version: "0.1.0".into(),
            os: "Debian GNU/Linux 13".into(),
            disk_encrypted: Some(true),
            screen_lock: None,
            insecure_keyring: false,
            vaults: 2,
            lease_until: Some(1),
            command_serial: 4,
            directory,
            diagnostics: Diagnostics::default(),
        }
    }

    /// A machine whose server took this.
    fn told(directory: u64) -> Told {
        let mut told = Told::default();
        told.note(report(directory));
        told
    }

    #[test]
    fn the_first_report_is_due_at_once_and_none_after_it_without_news() {
        let (mut told, now) = (Told::default(), Instant::now());
        told.begin(now, 0);
        assert_eq!(told.due(), None, "nobody has looked at the machine yet");
        told.look(&report(7), now, u32::MAX);
        assert_eq!(told.due(), Some(now));
        told.note(report(7));
        told.look(&report(7), now, 0);
        assert_eq!(told.due(), None);
    }

    #[test]
    fn what_is_new_at_the_machine_is_due_at_once() {
        let now = Instant::now();
        let news = [
            Report { app_version: "0.2.0".into(), ..report(7) },
            Report { vaults: 3, ..report(7) },
            Report { command_serial: 5, ..report(8) },
            Report { disk_encrypted: None, ..report(7) },
        ];
        for news in news {
            let mut told = told(7);
            told.look(&report(8), now, u32::MAX);
            told.look(&news, now, u32::MAX);
            assert_eq!(told.due(), Some(now), "{news:?}");
        }
    }

    #[test]
    fn what_moves_at_every_machine_is_told_once_within_a_minute_and_a_half() {
        let now = Instant::now();
        for (moved, noise, after) in [
            (report(8), 0, SOONEST),
            (report(8), u32::MAX, SOONEST + SPREAD),
            (Report { lease_until: None, ..report(7) }, u32::MAX, SOONEST + SPREAD),
        ] {
            let mut told = told(7);
            told.look(&moved, now, noise);
            assert_eq!(told.due(), Some(now + after));
            told.look(&report(9), now + SOONEST, u32::MAX);
            assert_eq!(told.due(), Some(now + after), "what comes meanwhile does not put it off");
        }
    }

    #[test]
    fn a_new_connection_and_a_report_that_was_not_taken_are_told_again_in_their_time() {
        let (mut told, now) = (told(7), Instant::now());
        told.begin(now, 0);
        told.look(&report(7), now, 0);
        assert_eq!(told.due(), Some(now + SOONEST));
        told.miss(now + SOONEST, 0);
        assert_eq!(told.due(), Some(now + SOONEST + SOONEST));
        told.note(report(7));
        assert_eq!(told.due(), None);
    }
}
