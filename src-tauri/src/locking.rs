//! How does the screen get from content to lock? Cover, let the last draft through, destroy, close; each step timed.

use std::time::Duration;

use sotto_client::view::AppEvent;
use tauri::{AppHandle, Manager};

use crate::desk::{self, Desk};
use crate::door::Ending;
use crate::windows::{self, Pane};
use crate::{events, os};

/// How long a draft that was not saved yet may take after the cover; the whole lock has one second.
const DRAFT: Duration = Duration::from_millis(250);

/// Why the session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// The page asked, and has saved its drafts before.
    Person,
    /// The page asked for the tiles, and has saved its drafts before.
    SwitchUser,
    /// Nobody moved.
    Idle,
    /// The hotkey, from anywhere.
    Hotkey,
    /// The tray's menu.
    Tray,
    /// The content window was closed.
    WindowClosed,
    /// The operating system locked, slept or switched users.
    OperatingSystem,
    /// The session ended: revoked.
    Core,
}

/// Locks in the background. Where nobody is signed in, whoever was about to come in begins anew.
pub(crate) fn begin(app: &AppHandle, reason: Reason) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move { lock(&app, reason).await });
}

/// Locks: from the first line on every command answers `locked`, the content is covered within 100 ms, and at the end its webview
/// is gone, the files are closed and the keys zeroized as far as [`Session::lock`](sotto_client::Session::lock) says. A second lock while one runs does nothing.
pub(crate) async fn lock(app: &AppHandle, reason: Reason) {
    let desk = app.state::<Desk>();
    let started = desk.clock.monotonic();
    if reason == Reason::Core && !desk.is_ended() {
        return; // It ended by an earlier lock; this session is somebody else's.
    }
    let session = match desk.begin_closing() {
        Ending::Unlocked(session) => session,
        // The lock window is on the screen already; what is written down from it stays readable.
        Ending::Waiting(session) => return desk::close(&session).await,
        Ending::Nothing => return desk.close_unfinished().await,
    };
    desk.set_switching(reason == Reason::SwitchUser);
    events::tell(app, Pane::Content, &AppEvent::Locking);
    let placement = windows::hide(app, Pane::Content);
    let covered = desk.clock.monotonic().saturating_sub(started);
    os::hotkey::release(app);
    if !matches!(reason, Reason::Person | Reason::SwitchUser | Reason::Core) {
        tokio::time::sleep(DRAFT).await;
    }
    desk.finish_closing();
    let replaced = windows::replace(app, Pane::Content, Pane::Lock, placement).await;
    os::clipboard::clear_if_ours(app);
    desk::close(&session).await;
    events::tell(app, Pane::Lock, &AppEvent::WorkstationChanged);
    let complete = desk.clock.monotonic().saturating_sub(started);
    tracing::info!(?reason, covered_ms = covered.as_millis(), complete_ms = complete.as_millis(), "locked");
    if let Err(error) = replaced {
        // A content window that cannot be replaced must not stay: the next start shows the lock window.
        tracing::error!(%error, "could not show the lock window");
        app.exit(1);
    }
}
