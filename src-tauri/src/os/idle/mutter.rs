//! How does GNOME measure idleness under Wayland? Its compositor tells on the session's bus.

use std::time::Duration;

const NAME: &str = "org.gnome.Mutter.IdleMonitor";
const PATH: &str = "/org/gnome/Mutter/IdleMonitor/Core";

/// The compositor's idle monitor.
pub(crate) struct IdleMonitor {
    proxy: zbus::Proxy<'static>,
}

impl IdleMonitor {
    /// Finds it. `None` on other desktops.
    pub async fn connect() -> Option<Self> {
        let bus = zbus::Connection::session().await.ok()?;
        let monitor = Self { proxy: zbus::Proxy::new(&bus, NAME, PATH, NAME).await.ok()? };
        monitor.idle().await.is_some().then_some(monitor)
    }

    /// Time since the last input, without sleep. `None` when the compositor does not answer.
    pub async fn idle(&self) -> Option<Duration> {
        let milliseconds: u64 = self.proxy.call("GetIdletime", &()).await.ok()?;
        Some(Duration::from_millis(milliseconds))
    }
}
