//! Does the operating system lock, sleep or switch users? Then so does Sotto.
//!
//! Linux: logind's signals; closing the lid arrives as sleep. Windows (`WM_WTSSESSION_CHANGE`) and macOS
//! (`com.apple.screenIsLocked`) tell only callbacks that need unsafe code, which this crate forbids: there the idle time and the
//! session's longest time lock, and a sleep longer than the idle time does at the first look after it.

use tauri::AppHandle;

#[cfg(target_os = "linux")]
mod logind;

/// Follows the operating system's signals for as long as the app runs.
pub(crate) fn watch(app: &AppHandle) {
    #[cfg(target_os = "linux")]
    {
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            if let Err(error) = logind::follow(&app).await {
                tracing::warn!(%error, "this system does not tell when it locks or sleeps; the idle time does the locking");
            }
        });
    }
    #[cfg(not(target_os = "linux"))]
    let _ = app;
}
