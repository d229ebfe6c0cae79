//! What time is it in a test? The time the test says.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sotto_client::clock::{Clock, SystemClock};

/// A clock that starts at the machine's time and moves only when told; clones show the same time.
#[derive(Debug, Clone)]
pub struct FakeClock {
    wall_ms: Arc<AtomicU64>,
    monotonic_ms: Arc<AtomicU64>,
}

impl Default for FakeClock {
    fn default() -> Self {
        Self { wall_ms: Arc::new(AtomicU64::new(SystemClock.wall_ms())), monotonic_ms: Arc::default() }
    }
}

impl FakeClock {
    /// Lets time pass on both clocks.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.wall_ms.fetch_add(by, Ordering::SeqCst);
        self.monotonic_ms.fetch_add(by, Ordering::SeqCst);
    }

    /// Sets the wall clock, as a person or a time server may, without any time passing.
    pub fn set_wall_ms(&self, wall_ms: u64) {
        self.wall_ms.store(wall_ms, Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn wall_ms(&self) -> u64 {
        self.wall_ms.load(Ordering::SeqCst)
    }

    fn monotonic(&self) -> Duration {
        Duration::from_millis(self.monotonic_ms.load(Ordering::SeqCst))
    }
}

impl sotto_server::Clock for FakeClock {
    fn now_ms(&self) -> u64 {
        self.wall_ms()
    }
}
