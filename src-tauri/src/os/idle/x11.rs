//! How does X11 measure idleness? Its server counts since the last input to any program (MIT-SCREEN-SAVER).

use std::time::Duration;

use x11rb::connection::Connection;
use x11rb::protocol::screensaver::ConnectionExt;
use x11rb::rust_connection::RustConnection;

/// One kept connection to the display.
pub(crate) struct ScreenSaver {
    connection: RustConnection,
    root: u32,
}

impl ScreenSaver {
    /// Connects to the display of `DISPLAY`. `None` without one, or where the extension is missing.
    pub fn connect() -> Option<Self> {
        let (connection, screen) = RustConnection::connect(None).ok()?;
        let root = connection.setup().roots.get(screen)?.root;
        connection.screensaver_query_version(1, 0).ok()?.reply().ok()?;
        Some(Self { connection, root })
    }

    /// Time since the last input, without sleep. `None` when the display is gone.
    pub fn idle(&self) -> Option<Duration> {
        let answer = self.connection.screensaver_query_info(self.root).ok()?.reply().ok()?;
        Some(Duration::from_millis(answer.ms_since_user_input.into()))
    }
}
