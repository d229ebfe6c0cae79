//! How long has nobody touched keyboard, mouse or screen? The operating system's answer, corrected for sleep.

use std::time::{Duration, Instant};

#[cfg(target_os = "linux")]
mod mutter;
#[cfg(target_os = "linux")]
mod wayland;
#[cfg(target_os = "linux")]
mod x11;

/// The source of the idle time on this machine.
enum Source {
    /// X11's screen saver extension.
    #[cfg(target_os = "linux")]
    X11(Box<x11::ScreenSaver>),
    /// GNOME's monitor, for Wayland.
    #[cfg(target_os = "linux")]
    Mutter(Box<mutter::IdleMonitor>),
    /// Any other compositor's notifier, for Wayland.
    #[cfg(target_os = "linux")]
    Wayland(Box<wayland::IdleNotifier>),
    /// `GetLastInputInfo` on Windows, `HIDIdleTime` on macOS.
    #[cfg(any(windows, target_os = "macos"))]
    Native,
    /// None: what the page reports of the person has to do (`stay_awake`, drafts).
    Page,
}

/// The input idle time of the whole session of the operating system, not only of our windows.
pub(crate) struct InputIdle {
    source: Source,
    awake: AwakeIdle,
    /// Rust's clock stops while Linux and macOS sleep, as the sources' clocks do; on Windows neither stops.
    since: Instant,
}

impl InputIdle {
    /// Finds the source. Under Wayland X11's answer knows only of input to X programs, so it is not asked there.
    pub async fn find() -> Self {
        Self { source: find_source().await, awake: AwakeIdle::default(), since: Instant::now() }
    }

    /// The source's name, for the log.
    pub const fn name(&self) -> &'static str {
        match &self.source {
            #[cfg(target_os = "linux")]
            Source::X11(_) => "x11",
            #[cfg(target_os = "linux")]
            Source::Mutter(_) => "mutter",
            #[cfg(target_os = "linux")]
            Source::Wayland(_) => "wayland",
            #[cfg(any(windows, target_os = "macos"))]
            Source::Native => "native",
            Source::Page => "page",
        }
    }

    /// Time since the last input, sleep included; `None` where the system does not say. `now` is of the clock that counts sleep.
    pub async fn read(&mut self, now: Duration) -> Option<Duration> {
        let idle = match &mut self.source {
            #[cfg(target_os = "linux")]
            Source::X11(screen_saver) => screen_saver.idle(),
            #[cfg(target_os = "linux")]
            Source::Mutter(monitor) => monitor.idle().await,
            #[cfg(target_os = "linux")]
            Source::Wayland(notifier) => notifier.idle(),
            #[cfg(any(windows, target_os = "macos"))]
            Source::Native => system_idle_time::get_idle_time().ok(),
            Source::Page => None,
        };
        if idle.is_none() {
            self.source = Source::Page;
        }
        idle.map(|idle| self.awake.with_sleep(idle, self.since.elapsed(), now))
    }
}

#[cfg(target_os = "linux")]
async fn find_source() -> Source {
    if std::env::var_os("WAYLAND_DISPLAY").is_some() {
        if let Some(monitor) = mutter::IdleMonitor::connect().await {
            return Source::Mutter(Box::new(monitor));
        }
        return wayland::IdleNotifier::connect().map_or(Source::Page, |notifier| Source::Wayland(Box::new(notifier)));
    }
    x11::ScreenSaver::connect().map_or(Source::Page, |screen_saver| Source::X11(Box::new(screen_saver)))
}

#[cfg(any(windows, target_os = "macos"))]
async fn find_source() -> Source {
    Source::Native
}

#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
async fn find_source() -> Source {
    Source::Page
}

/// What two clocks that are read one after the other may differ by.
const SLACK: Duration = Duration::from_millis(50);

/// Adds the machine's sleep to an idle time whose clock stopped meanwhile (X11's and GNOME's do).
#[derive(Debug, Default)]
struct AwakeIdle {
    last: Option<Look>,
}

#[derive(Debug, Clone, Copy)]
struct Look {
    idle: Duration,
    awake: Duration,
    input_at: Duration,
}

impl AwakeIdle {
    /// `awake` is time that stops in sleep, `now` time that does not. If `idle` grew by all the time awake, nobody touched anything
    /// since the look before, and the last input is where it was, sleep or not.
    fn with_sleep(&mut self, idle: Duration, awake: Duration, now: Duration) -> Duration {
        let by_source = now.saturating_sub(idle);
        let input_at = match self.last {
            Some(last) if idle + SLACK >= last.idle + awake.saturating_sub(last.awake) => last.input_at.min(by_source),
            _ => by_source,
        };
        self.last = Some(Look { idle, awake, input_at });
        now.saturating_sub(input_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn an_hour_of_sleep_is_an_hour_of_nobody() {
        let mut idle = AwakeIdle::default();
        assert_eq!(idle.with_sleep(s(30), s(500), s(1_000)), s(30));
        assert_eq!(idle.with_sleep(s(32), s(502), s(4_602)), s(3_632));
    }

    #[test]
    fn a_touch_counts_from_the_touch() {
        let mut idle = AwakeIdle::default();
        assert_eq!(idle.with_sleep(s(1), s(500), s(1_000)), s(1));
        assert_eq!(idle.with_sleep(s(9), s(510), s(1_010)), s(9), "longer than before, and yet one second was not idle");
        assert_eq!(idle.with_sleep(s(2), s(512), s(1_012)), s(2));
        assert_eq!(idle.with_sleep(s(5), s(515), s(1_015)), s(5));
    }

    #[test]
    fn a_source_that_counts_sleep_itself_is_not_counted_twice() {
        let mut idle = AwakeIdle::default();
        assert_eq!(idle.with_sleep(s(30), s(500), s(1_000)), s(30));
        assert_eq!(idle.with_sleep(s(3_632), s(502), s(4_602)), s(3_632));
    }
}
