//! How far is the machine's clock from the server's? As the last answer said.

use std::sync::{Arc, Mutex, PoisonError};

use super::http::Http;

/// What the last answer said; clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct ClockOffset(Arc<Mutex<Option<i64>>>);

impl ClockOffset {
    /// Notes the server's time and the machine's, milliseconds since 1970.
    pub(super) fn note(&self, server: u64, machine: u64) {
        let far = i64::try_from(server.abs_diff(machine)).unwrap_or(i64::MAX);
        let ahead = if machine >= server { far } else { -far };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(ahead);
    }

    fn ahead_ms(&self) -> Option<i64> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Http {
    /// By how many milliseconds the machine's clock is ahead of the server's, behind where negative; `None` until the server told its own.
    #[must_use]
    pub fn clock_ahead_ms(&self) -> Option<i64> {
        self.offset.ahead_ms()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ahead_is_positive_and_behind_negative() {
        let offset = ClockOffset::default();
        assert_eq!(offset.ahead_ms(), None);
        for (server, machine, ahead) in [(1_000, 1_250, 250), (1_250, 1_000, -250), (7, 7, 0), (0, u64::MAX, i64::MAX)] {
            offset.note(server, machine);
            assert_eq!(offset.ahead_ms(), Some(ahead));
        }
    }
}
