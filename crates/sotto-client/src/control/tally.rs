//! What went wrong, and when did it last go right, since the program started? Codes and times, for whoever must find out why a machine does not work.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sotto_protocol::ErrorCode;
use sotto_protocol::api::Counted;

use crate::workstation::Workstation;

/// Counts since the start. It grows with the number of codes and no further.
#[derive(Debug, Default)]
pub(super) struct Tally(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    errors: HashMap<ErrorCode, u32>,
    synced_at: Option<u64>,
}

impl Tally {
    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note_error(&self, code: ErrorCode) {
        let mut counts = self.counts();
        let count = counts.errors.entry(code).or_default();
        *count = count.saturating_add(1);
    }

    /// How often each code came, in the order of their numbers.
    pub(super) fn errors(&self) -> Vec<Counted> {
        let mut errors: Vec<(ErrorCode, u32)> = self.counts().errors.iter().map(|(code, count)| (*code, *count)).collect();
        errors.sort_unstable_by_key(|(code, _)| code.number());
        errors.into_iter().map(|(code, count)| Counted { name: code.as_str().to_owned(), count }).collect()
    }

    /// When a vault last had everything the server had; milliseconds since 1970.
    pub(super) fn synced_at(&self) -> Option<u64> {
        self.counts().synced_at
    }
}

impl Workstation {
    /// Notes why feed, outbox or control connection ended.
    pub(crate) fn note_error(&self, code: ErrorCode) {
        self.control().tally.note_error(code);
    }

    /// Notes that a vault here has everything the server has, at this time.
    pub(crate) fn note_synced(&self, now: u64) {
        self.control().tally.counts().synced_at = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_is_counted_and_stands_in_the_order_of_the_numbers() {
        let tally = Tally::default();
        for code in [ErrorCode::ServerBusy, ErrorCode::ClockSkew, ErrorCode::ServerBusy] {
            tally.note_error(code);
        }
        let counted = |name: &str, count| Counted { name: name.to_owned(), count };
        assert_eq!(tally.errors(), [counted("clock_skew", 1), counted("server_busy", 2)]);
        assert_eq!(tally.synced_at(), None);
    }
}
