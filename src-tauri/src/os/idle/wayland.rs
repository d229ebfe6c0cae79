//! How do the Wayland compositors that are not GNOME's measure idleness? They tell when a second passed without input
//! (`ext-idle-notify-v1`: KDE, wlroots and others).

use std::time::{Duration, Instant};

use wayland_client::globals::{GlobalListContents, registry_queue_init};
use wayland_client::protocol::{wl_registry::WlRegistry, wl_seat::WlSeat};
use wayland_client::{Connection, Dispatch, EventQueue, QueueHandle, delegate_noop};
use wayland_protocols::ext::idle_notify::v1::client::ext_idle_notification_v1::{Event, ExtIdleNotificationV1};
use wayland_protocols::ext::idle_notify::v1::client::ext_idle_notifier_v1::ExtIdleNotifierV1;

/// After this long without input the compositor tells.
const QUIET: Duration = Duration::from_secs(1);

/// One kept connection to the compositor. It has no thread: what was told is read when somebody asks.
pub(crate) struct IdleNotifier {
    queue: EventQueue<Quiet>,
    quiet: Quiet,
}

/// Since when there was no input; `None` while there is.
#[derive(Debug, Default)]
struct Quiet {
    since: Option<Instant>,
}

impl IdleNotifier {
    /// Asks the compositor of `WAYLAND_DISPLAY` to tell. `None` where it does not know how.
    pub fn connect() -> Option<Self> {
        let connection = Connection::connect_to_env().ok()?;
        let (globals, mut queue) = registry_queue_init::<Quiet>(&connection).ok()?;
        let handle = queue.handle();
        let seat: WlSeat = globals.bind(&handle, 1..=1, ()).ok()?;
        let notifier: ExtIdleNotifierV1 = globals.bind(&handle, 1..=1, ()).ok()?;
        notifier.get_idle_notification(u32::try_from(QUIET.as_millis()).ok()?, &seat, &handle, ());
        let mut quiet = Quiet::default();
        queue.roundtrip(&mut quiet).ok()?;
        Some(Self { queue, quiet })
    }

    /// Time since the last input, to about a second, without sleep. `None` when the compositor is gone.
    pub fn idle(&mut self) -> Option<Duration> {
        if let Some(told) = self.queue.prepare_read() {
            // Nothing to read is an answer too; a closed connection shows itself in the dispatch.
            let _ = told.read();
        }
        self.queue.dispatch_pending(&mut self.quiet).ok()?;
        self.queue.flush().ok()?;
        Some(self.quiet.since.map_or(Duration::ZERO, |since| since.elapsed()))
    }
}

impl Dispatch<ExtIdleNotificationV1, ()> for Quiet {
    fn event(quiet: &mut Self, _: &ExtIdleNotificationV1, event: Event, (): &(), _: &Connection, _: &QueueHandle<Self>) {
        match event {
            Event::Idled => quiet.since = Instant::now().checked_sub(QUIET),
            Event::Resumed => quiet.since = None,
            _ => {}
        }
    }
}

impl Dispatch<WlRegistry, GlobalListContents> for Quiet {
    fn event(
        _: &mut Self,
        _: &WlRegistry,
        _: <WlRegistry as wayland_client::Proxy>::Event,
        _: &GlobalListContents,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
    }
}

delegate_noop!(Quiet: ignore WlSeat);
delegate_noop!(Quiet: ExtIdleNotifierV1);
