//! What time is it? The one place that asks the machine; everything else is told.

use std::time::Duration;

/// Two clocks. Tests bring their own.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970 by the machine's wall clock; it may jump either way.
    fn wall_ms(&self) -> u64;

    /// Time since some fixed moment; never runs back and counts the machine's sleep.
    fn monotonic(&self) -> Duration;
}

/// The machine's clocks.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the clock")]
    fn wall_ms(&self) -> u64 {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }

    #[cfg(unix)]
    fn monotonic(&self) -> Duration {
        // Rust's Instant stops while Linux and macOS sleep; these two do not.
        #[cfg(any(target_os = "linux", target_os = "android"))]
        const COUNTS_SLEEP: rustix::time::ClockId = rustix::time::ClockId::Boottime;
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        const COUNTS_SLEEP: rustix::time::ClockId = rustix::time::ClockId::Monotonic;
        let now = rustix::time::clock_gettime(COUNTS_SLEEP);
        Duration::new(u64::try_from(now.tv_sec).unwrap_or(0), u32::try_from(now.tv_nsec).unwrap_or(0))
    }

    #[cfg(not(unix))]
    fn monotonic(&self) -> Duration {
        // Windows' performance counter counts sleep.
        static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
        START.get_or_init(std::time::Instant::now).elapsed()
    }
}
