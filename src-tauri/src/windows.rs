//! Which windows are there, and how are they hardened? One at a time: lock or content, each with a webview of its own.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::{AppHandle, Manager, PhysicalPosition, PhysicalSize, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Wry};
use tokio::sync::oneshot;

use crate::desk::{Desk, WEBVIEW};
use crate::os;

/// The title of every window, always: a title is seen by other programs, in task bars and by people behind.
pub(crate) const TITLE: &str = "Sotto";

/// Set by a WebDriver test for debug builds; a release build does not look.
const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

/// What a window shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pane {
    /// Sign-in, enrolment, the locked screen.
    Lock,
    /// A signed-in person's content.
    Content,
}

impl Pane {
    /// The label that capabilities name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lock => "lock",
            Self::Content => "main",
        }
    }

    const fn page(self) -> &'static str {
        match self {
            Self::Lock => "lock.html",
            Self::Content => "index.html",
        }
    }
}

/// Where a window stands on the screen, for the one that takes its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placement {
    position: PhysicalPosition<i32>,
    size: PhysicalSize<u32>,
    maximized: bool,
}

impl Placement {
    fn of(window: &WebviewWindow) -> Option<Self> {
        let (position, size) = (window.outer_position().ok()?, window.inner_size().ok()?);
        Some(Self { position, size, maximized: window.is_maximized().unwrap_or(false) })
    }

    fn apply(self, window: &WebviewWindow) -> tauri::Result<()> {
        window.set_size(self.size)?;
        window.set_position(self.position)?;
        if self.maximized { window.maximize() } else { Ok(()) }
    }
}

/// Opens the first window. On the main thread only.
pub(crate) fn open_first(app: &AppHandle) -> tauri::Result<()> {
    let window = hardened(app, Pane::Lock).build()?;
    os::web_process::revive(&window)?;
    window.set_focus()
}

/// Puts the window `to` in the place of `from`, whose webview and the process that ran its page are gone when this returns.
pub(crate) async fn replace(app: &AppHandle, from: Pane, to: Pane, place: Option<Placement>) -> tauri::Result<()> {
    let automated = is_automated();
    on_main(app, move |app| {
        let builder = hardened(app, to);
        // Driven windows share a context anyway, with a process for each.
        let builder = if automated { builder } else { os::web_process::relate(app, builder) };
        let window = builder.build()?;
        os::web_process::revive(&window)?;
        place.map_or(Ok(()), |place| place.apply(&window))?;
        window.set_focus()
    })
    .await??;
    if let Some(old) = app.get_webview_window(from.label()) {
        old.destroy()?;
    }
    on_main(app, move |app| match app.get_webview_window(to.label()) {
        Some(window) if !automated => os::web_process::renew(&window),
        _ => Ok(()),
    })
    .await?
}

/// Does `work` on the thread that owns the windows; everything asked of it before is done by then.
async fn on_main<T: Send + 'static>(app: &AppHandle, work: impl FnOnce(&AppHandle) -> T + Send + 'static) -> tauri::Result<T> {
    let (answer, answered) = oneshot::channel();
    let handle = app.clone();
    app.run_on_main_thread(move || {
        // Nobody waits any more only when the process ends.
        let _ = answer.send(work(&handle));
    })?;
    answered.await.map_err(|_| tauri::Error::FailedToReceiveMessage)
}

/// Takes the window `pane` off the screen at once and says where it was. When it returns the window system was told.
pub(crate) fn hide(app: &AppHandle, pane: Pane) -> Option<Placement> {
    let window = app.get_webview_window(pane.label())?;
    let placement = Placement::of(&window);
    // Hiding only queues it for the main thread; asking waits for the answer from there.
    match window.hide().and_then(|()| window.is_visible()) {
        Ok(false) => {}
        Ok(true) => tracing::error!("a window that was hidden is visible"),
        Err(error) => tracing::error!(%error, "could not hide a window"),
    }
    placement
}

/// Where the window that is open now stands.
pub(crate) fn placement(app: &AppHandle, pane: Pane) -> Option<Placement> {
    app.get_webview_window(pane.label()).as_ref().and_then(Placement::of)
}

/// Takes the window `pane` off the screen until the app is started once more. It is kept, not destroyed: a later one that it has
/// nothing to be related to (`os::web_process`) would not have the app's own pages. It shows nothing of anybody.
pub(crate) fn put_away(app: &AppHandle, pane: Pane) {
    let Some(window) = app.get_webview_window(pane.label()) else { return };
    if let Err(error) = window.hide() {
        tracing::error!(%error, "could not hide a window");
    }
}

/// Brings the open window to the front; where the app runs without one, opens the lock window.
pub(crate) fn show(app: &AppHandle) {
    if app.webview_windows().is_empty() {
        let handle = app.clone();
        let opened = app.run_on_main_thread(move || {
            // Two starts at once ask twice.
            let opened = if handle.webview_windows().is_empty() { open_first(&handle) } else { Ok(()) };
            if let Err(error) = opened {
                tracing::error!(%error, "could not open the lock window");
            }
        });
        if let Err(error) = opened {
            tracing::warn!(%error, "could not ask for the lock window");
        }
    }
    for window in app.webview_windows().values() {
        let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!(%error, "could not show the window");
        }
    }
}

/// Asks the system to keep the content window out of pictures of the screen, or no longer to. It was asked to when the window was made; the
/// lock window is never let off. A system that cannot do it (Linux) does nothing.
pub(crate) fn protect(app: &AppHandle, on: bool) {
    let Some(window) = app.get_webview_window(Pane::Content.label()) else { return };
    if let Err(error) = window.set_content_protected(on) {
        tracing::warn!(%error, "could not set whether the window is kept out of pictures of the screen");
    }
}

/// Whether the person looks at the content now.
pub(crate) fn is_content_focused(app: &AppHandle) -> bool {
    app.get_webview_window(Pane::Content.label()).is_some_and(|window| window.is_focused().unwrap_or(false))
}

fn hardened(app: &AppHandle, pane: Pane) -> WebviewWindowBuilder<'_, Wry, AppHandle> {
    let builder = WebviewWindowBuilder::new(app, pane.label(), WebviewUrl::App(pane.page().into()))
        .title(TITLE)
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 600.0)
        .center()
        .incognito(!is_automated())
        // Incognito writes no page's data. What the engine writes of its own (salts), and a driven window's data, stay in the home.
        .data_directory(app.state::<Desk>().home().join(WEBVIEW))
        .content_protected(true)
        // A file that is dropped goes to the page, which reads it part by part; Rust sees no path of it.
        .disable_drag_drop_handler()
        .general_autofill_enabled(false)
        .browser_extensions_enabled(false)
        .devtools(cfg!(debug_assertions))
        .on_navigation(|url| is_own(url, cfg!(dev)))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .on_download(|_, _| false);
    #[cfg(target_os = "macos")]
    return builder.allow_link_preview(false);
    #[cfg(not(target_os = "macos"))]
    builder
}

fn is_automated() -> bool {
    may_be_automated(cfg!(debug_assertions), std::env::var(AUTOMATION).ok().as_deref())
}

/// Whether WebDriver may drive the windows. wry gives automation to a shared web context only, and an incognito webview has its own:
/// so a driven window is not incognito, and a release build, always incognito, cannot be driven.
const fn may_be_automated(debug_build: bool, asked: Option<&str>) -> bool {
    match asked {
        Some(value) => debug_build && matches!(value.as_bytes(), b"true"),
        None => false,
    }
}

/// Whether a page may be navigated to: only the app's own. A link, a dropped file or a redirect leads nowhere.
pub(crate) fn is_own(url: &Url, development: bool) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        // WebView2 serves the same pages under this name.
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows),
        ("http", Some("localhost")) => development && url.port() == Some(1420),
        _ => false,
    }
}

/// The identifier of the instance over `home`. Two versions of Rust may disagree about it; the lock file in the home decides then.
pub(crate) fn derive_identifier(base: &str, home: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    home.hash(&mut hasher);
    format!("{base}.home{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goes_to(url: &str) -> bool {
        is_own(&url.parse().unwrap(), false)
    }

    #[test]
    fn only_the_apps_own_pages_can_be_navigated_to() {
        assert!(goes_to("tauri://localhost/index.html"));
        assert!(goes_to("tauri://localhost/lock.html"));
        for elsewhere in [
            "https://example.org/",
            "http://localhost:1420/",
            "http://localhost/",
            "file:///etc/passwd",
            "data:text/html,x",
            "blob:null/x",
            "about:blank",
            "javascript:alert(1)",
            "tauri://example.org/",
            "https://tauri.localhost.example.org/",
        ] {
            assert!(!goes_to(elsewhere), "{elsewhere}");
        }
        assert!(is_own(&"http://localhost:1420/lock.html".parse().unwrap(), true), "`tauri dev` serves the pages from Vite");
    }

    #[test]
    fn a_release_build_cannot_be_driven() {
        assert!(may_be_automated(true, Some("true")));
        assert!(!may_be_automated(true, None));
        assert!(!may_be_automated(true, Some("1")));
        assert!(!may_be_automated(false, Some("true")));
    }

    #[test]
    fn every_home_has_its_own_instance() {
        let [front, back, again] =
            ["/srv/front", "/srv/back", "/srv/front"].map(|home| derive_identifier("health.sotto.desktop", Path::new(home)));
        assert_ne!(front, back);
        assert_eq!(front, again);
        assert!(front.starts_with("health.sotto.desktop.home"), "a bus name's part must not begin with a digit");
    }
}
