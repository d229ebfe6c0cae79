//! Does a window share anything with the one before it? Not the process that runs its page: that one ends with its window, and where
//! it crashes the window gets a new one.
//!
//! On Linux an incognito window has a WebKit context of its own, but Tauri registers its protocols with the first one only, and keeps
//! every context with its network process for good. So a window that follows another one is *related* to it: same context, nothing
//! on disk. WebKit then runs both pages in one process, which [`renew`] kills once the first window is gone; the page that
//! stays is loaded again in a new process. On Windows and macOS the engines do this by themselves.

use tauri::{AppHandle, WebviewWindow, WebviewWindowBuilder, Wry};

/// Lets the new window take over the context of an open one. On the main thread only.
#[cfg(target_os = "linux")]
pub(crate) fn relate<'a>(app: &AppHandle, builder: WebviewWindowBuilder<'a, Wry, AppHandle>) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    use std::cell::RefCell;

    use tauri::Manager;

    thread_local! {
        /// What Tauri hands out only inside a closure, which it runs at once when it is asked on the main thread.
        static VIEW: RefCell<Option<webkit2gtk::WebView>> = const { RefCell::new(None) };
    }
    let Some(open) = app.webview_windows().into_values().next() else { return builder };
    if let Err(error) = open.with_webview(|view| VIEW.set(Some(view.inner()))) {
        tracing::error!(%error, "could not reach the open window's webview");
    }
    match VIEW.take() {
        Some(view) => builder.with_related_view(view),
        None => builder,
    }
}

/// Kills the process that ran the pages of `window` and of the one before it, and loads the page of `window` in a new one.
#[cfg(target_os = "linux")]
pub(crate) fn renew(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;

    let page = window.url()?.to_string();
    window.with_webview(move |view| {
        let view = view.inner();
        view.terminate_web_process();
        view.load_uri(&page);
    })
}

/// Loads the page of `window` anew when the process that ran it crashes: what it showed is in the core, drafts included. A page that
/// crashes again and again stays away, so that the machine is not busy with it; the person can still lock, and unlock to a new window.
#[cfg(target_os = "linux")]
pub(crate) fn revive(window: &WebviewWindow) -> tauri::Result<()> {
    use std::cell::Cell;

    use webkit2gtk::{WebProcessTerminationReason, WebViewExt};

    /// Crashes of one window's pages that are answered.
    const REVIVALS: u32 = 5;

    let page = window.url()?.to_string();
    window.with_webview(move |view| {
        let crashes = Cell::new(0);
        view.inner().connect_web_process_terminated(move |view, reason| {
            if reason == WebProcessTerminationReason::TerminatedByApi {
                return;
            }
            crashes.set(crashes.get() + 1);
            tracing::error!(?reason, crashes = crashes.get(), "the process that runs the page crashed");
            if crashes.get() <= REVIVALS {
                view.load_uri(&page);
            }
        });
    })
}

/// Nothing to take over.
#[cfg(not(target_os = "linux"))]
pub(crate) fn relate<'a>(_: &AppHandle, builder: WebviewWindowBuilder<'a, Wry, AppHandle>) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    builder
}

/// Nothing is shared.
#[cfg(not(target_os = "linux"))]
pub(crate) fn renew(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// WebView2 and WKWebView tell Tauri nothing of it.
#[cfg(not(target_os = "linux"))]
pub(crate) fn revive(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
