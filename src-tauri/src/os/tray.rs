//! What can be done from the tray? Lock, show, quit. It names nobody and counts nothing.

use std::panic::AssertUnwindSafe;

use tauri::menu::{Menu, MenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager};

use crate::desk::Desk;
use crate::locking::{self, Reason};
use crate::windows;
use crate::words::Words;

const LOCK: &str = "lock";
const SHOW: &str = "show";
const QUIT: &str = "quit";

/// Shows the tray icon. A desktop without a tray, or without the library for one, goes without: everything is in the window too.
pub(crate) fn show(app: &AppHandle) {
    // The indicator library panics where it is missing.
    match std::panic::catch_unwind(AssertUnwindSafe(|| build(app))) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "no tray icon"),
        Err(_) => tracing::warn!("no tray icon: this system has no library for one"),
    }
}

fn build(app: &AppHandle) -> tauri::Result<()> {
    let words = Words::of(tauri::async_runtime::block_on(app.state::<Desk>().language(app)));
    let lock = MenuItem::with_id(app, LOCK, words.lock, true, None::<&str>)?;
    let show = MenuItem::with_id(app, SHOW, words.show, true, None::<&str>)?;
    let quit = MenuItem::with_id(app, QUIT, words.quit, true, None::<&str>)?;
    let mut tray = TrayIconBuilder::with_id("sotto").tooltip(windows::TITLE).menu(&Menu::with_items(app, &[&lock, &show, &quit])?);
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.on_menu_event(|app, event| match event.id().as_ref() {
        LOCK => locking::begin(app, Reason::Tray),
        SHOW => windows::show(app),
        QUIT => app.exit(0),
        _ => {}
    })
    .build(app)?;
    Ok(())
}
