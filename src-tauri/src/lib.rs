//! How is the desktop app put together? Plugins, windows and signals over one [`sotto_client::Workstation`].
//!
//! Thin by intent: a command delegates to the core, a window shows a page, a signal of the operating system ends in
//! `locking::lock`. Nothing here knows what a message is.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

mod arguments;
mod background;
mod commands;
mod desk;
mod door;
mod events;
#[cfg(test)]
mod hardening;
mod locking;
mod opening;
mod os;
mod presence;
mod protection;
mod watch;
mod windows;
mod words;

use std::io::IsTerminal;
use std::process::ExitCode;

use tauri::{App, AppHandle, Manager, RunEvent, WindowEvent};
use tracing_subscriber::EnvFilter;

pub use arguments::Arguments;
use arguments::Place;
use background::Background;
use desk::Desk;
use locking::Reason;
use windows::Pane;

/// Runs the app until the person quits it. Fails where the machine offers no place for its files or no display.
#[must_use]
pub fn run(arguments: &Arguments) -> ExitCode {
    start_log();
    os::free_memory::overwrite_freed();
    os::core_dump::forbid();
    let Some(place) = arguments.place() else {
        tracing::error!("this system names no folder for a program's data: start with --home DIR");
        return ExitCode::FAILURE;
    };
    let background = Background::new(&place, arguments);
    match build(&place, Desk::new(place.home.clone(), arguments.insecure_keyring_file, background), arguments.background) {
        Ok(app) => {
            app.run(on_event);
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "could not start the window");
            ExitCode::FAILURE
        }
    }
}

/// Says to stderr what the shell and the core do. No log line of Sotto's holds patient data; other crates speak from `warn` on.
fn start_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,sotto_desktop=info,sotto_client=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr).init();
}

fn build(place: &Place, desk: Desk, hidden: bool) -> tauri::Result<App> {
    let mut context = tauri::generate_context!();
    if !place.usual {
        // One instance per home: the identifier names the mutex, the bus name, and the webview's folder on Windows.
        context.config_mut().identifier = windows::derive_identifier(&context.config().identifier, &place.home);
    }
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, with, _folder| {
            // What starts it without a window shows none of the one that runs.
            if !with.iter().any(|argument| argument == arguments::BACKGROUND) {
                windows::show(app);
            }
        }))
        .plugin(tauri_plugin_global_shortcut::Builder::new().build())
        .plugin(tauri_plugin_notification::init())
        .manage(desk)
        .invoke_handler(commands::handler())
        .setup(move |app| {
            if hidden {
                background::hear(app.handle());
            } else {
                windows::open_first(app.handle())?;
            }
            os::tray::show(app.handle());
            os::screen_lock::watch(app.handle());
            Ok(())
        })
        .build(context)
}

fn on_event(app: &AppHandle, event: RunEvent) {
    match event {
        // Closing the content leaves nothing on the screen and nothing in memory; closing the lock window then quits, or leaves the
        // process to hear IT.
        RunEvent::WindowEvent { label, event: WindowEvent::CloseRequested { api, .. }, .. } if label == Pane::Content.label() => {
            api.prevent_close();
            locking::begin(app, Reason::WindowClosed);
        }
        RunEvent::WindowEvent { label, event: WindowEvent::CloseRequested { api, .. }, .. } if label == Pane::Lock.label() => {
            if app.state::<Desk>().background().stays() {
                api.prevent_close();
                windows::put_away(app, Pane::Lock);
            } else {
                app.exit(0);
            }
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => windows::show(app),
        // Between two windows there may be none for a moment.
        RunEvent::ExitRequested { api, code: None, .. } => api.prevent_exit(),
        RunEvent::ExitRequested { .. } => {
            // Files are closed and keys zeroized before the process goes; bounded by the lock's own limits.
            tauri::async_runtime::block_on(app.state::<Desk>().close());
        }
        _ => {}
    }
}
