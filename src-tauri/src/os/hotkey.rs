//! How is the screen locked while another program has the focus? By Ctrl+Shift+L, where the system gives it to us.

use tauri::AppHandle;
use tauri_plugin_global_shortcut::{Code, GlobalShortcutExt, Modifiers, Shortcut, ShortcutState};

use crate::locking::{self, Reason};

fn lock_keys() -> Shortcut {
    let main = if cfg!(target_os = "macos") { Modifiers::SUPER } else { Modifiers::CONTROL };
    Shortcut::new(Some(main | Modifiers::SHIFT), Code::KeyL)
}

/// Takes the keys for as long as somebody is signed in. Where another program has them, or on Wayland, the page's own keys remain.
pub(crate) fn take(app: &AppHandle) {
    let taken = app.global_shortcut().on_shortcut(lock_keys(), |app, _, event| {
        if event.state == ShortcutState::Pressed {
            locking::begin(app, Reason::Hotkey);
        }
    });
    if let Err(error) = taken {
        tracing::info!(%error, "the lock keys work inside the window only");
    }
}

/// Gives the keys back.
pub(crate) fn release(app: &AppHandle) {
    if app.global_shortcut().is_registered(lock_keys())
        && let Err(error) = app.global_shortcut().unregister(lock_keys())
    {
        tracing::warn!(%error, "could not give the lock keys back");
    }
}
