//! What may each window really call? Every command and plugin is called from both, through Tauri's own permission check.

use std::collections::BTreeSet;

use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, WebviewWindow, WebviewWindowBuilder};

use super::commands;
use crate::windows::Pane;

/// The app as configured, with a handler that answers everything that the permissions let through.
fn app() -> App<MockRuntime> {
    mock_builder()
        .invoke_handler(|invoke| {
            invoke.resolver.resolve("reached");
            true
        })
        .build(tauri::generate_context!(test = true))
        .unwrap()
}

fn window(app: &App<MockRuntime>, label: &str) -> WebviewWindow<MockRuntime> {
    WebviewWindowBuilder::new(app, label, tauri::WebviewUrl::default()).build().unwrap()
}

fn may_call(window: &WebviewWindow<MockRuntime>, command: &str, origin: &str) -> bool {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: origin.parse().unwrap(),
        body: InvokeBody::default(),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    match get_ipc_response(window, request) {
        Ok(_) => true,
        Err(refusal) => {
            let refusal = refusal.to_string();
            assert!(refusal.contains("not allowed") || refusal.contains("not found"), "{command}: {refusal}");
            false
        }
    }
}

fn reachable(window: &WebviewWindow<MockRuntime>, origin: &str) -> BTreeSet<String> {
    commands().into_iter().filter(|command| may_call(window, command, origin)).collect()
}

/// What may be asked while nobody is signed in.
const LOCK: [&str; 9] =
    ["workstation", "enrol_workstation", "begin_enrol", "finish_enrol", "sign_in", "sign_in_new", "recover", "enter", "print"];

const OWN: &str = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };

#[test]
fn the_lock_window_reaches_nothing_that_needs_a_session() {
    let app = app();
    let lock = window(&app, Pane::Lock.label());
    assert_eq!(reachable(&lock, OWN), LOCK.map(str::to_owned).into());
}

#[test]
fn the_content_window_reaches_everything_but_signing_in() {
    let app = app();
    let content = window(&app, Pane::Content.label());
    let expected: BTreeSet<String> = commands().into_iter().filter(|name| name == "print" || !LOCK.contains(&name.as_str())).collect();
    assert_eq!(reachable(&content, OWN), expected);
}

#[test]
fn any_other_window_and_any_other_origin_reach_nothing() {
    let app = app();
    let (content, other) = (window(&app, Pane::Content.label()), window(&app, "other"));
    assert_eq!(reachable(&other, OWN), BTreeSet::new());
    assert_eq!(reachable(&content, "https://example.org"), BTreeSet::new());
}

#[test]
fn no_window_reaches_a_plugin_or_a_command_that_does_not_exist() {
    let app = app();
    for pane in [Pane::Lock, Pane::Content] {
        let window = window(&app, pane.label());
        for command in [
            "refused_by_isolation",
            "plugin:notification|notify",
            "plugin:global-shortcut|register",
            "plugin:window|create",
            "plugin:webview|create_webview_window",
            "plugin:webview|internal_toggle_devtools",
            "plugin:event|emit",
            "plugin:event|emit_to",
            "plugin:path|resolve_directory",
            "plugin:shell|open",
            "plugin:fs|read_file",
            "plugin:http|fetch",
            "plugin:tray|new",
            "plugin:menu|new",
        ] {
            assert!(!may_call(&window, command, OWN), "{command} from {}", pane.label());
        }
    }
}
