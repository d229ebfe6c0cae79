//! Is what was copied from a conversation still there after the lock? Not where we can tell that it is ours.

use tauri::AppHandle;

/// Empties the clipboard and the X selection if what lies there was copied from our window; what other programs put there stays.
/// Linux only: GTK knows the owner. Windows and macOS give no owner without unsafe code, so there nothing is cleared.
pub(crate) fn clear_if_ours(app: &AppHandle) {
    #[cfg(target_os = "linux")]
    if let Err(error) = app.run_on_main_thread(|| {
        for selection in [gtk::gdk::SELECTION_CLIPBOARD, gtk::gdk::SELECTION_PRIMARY] {
            // GTK gives the selection up only if this process owns it.
            gtk::Clipboard::get(&selection).clear();
        }
    }) {
        tracing::warn!(%error, "could not clear the clipboard");
    }
    #[cfg(not(target_os = "linux"))]
    let _ = app;
}
