//! Which commands exist? Tauri refuses every other one, and each of these to a window whose capability does not list it.

#![allow(clippy::print_stdout, reason = "cargo reads what a build script prints")]

use tauri_build::{AppManifest, Attributes};

/// The port of `ui/src/backend/port.ts`, by method. `src-tauri/capabilities` deals them out to the windows.
const COMMANDS: &[&str] = &[
    "workstation",
    "enrol_workstation",
    "begin_enrol",
    "finish_enrol",
    "sign_in",
    "sign_in_pin",
    "sign_in_new",
    "recover",
    "enter",
    "print",
    "session",
    "lock",
    "switch_user",
    "stay_awake",
    "background",
    "set_background",
    "threads",
    "thread",
    "create_thread",
    "messages",
    "send_message",
    "retry_message",
    "discard_message",
    "mark_read",
    "mark_unread",
    "draft",
    "save_draft",
    "search",
    "directory",
    "filling",
    "sign_ins",
    "sign_ins_of",
    "answer_sign_in",
    "end_device",
    "sign_out_elsewhere",
    "permissions",
    "people",
    "invite",
    "invite_again",
    "set_role",
    "ask_admin",
    "grant_admin",
    "check_root_sheets",
    "revoke_person",
    "import_people",
    "workstations",
    "make_workstation_token",
    "revoke_workstation",
    "issue_command",
    "approve_command",
    "commands",
    "export_receipts",
    "groups",
    "set_group",
    "rules",
    "custody",
    "set_custody",
    "incidents",
    "open_incident",
    "close_incident",
    "export_incidents",
    "set_pin",
    "remove_pin",
    "preferences",
    "save_preferences",
    "own_rules",
    "set_own_rules",
    "view_state",
    "save_view_state",
];

fn main() {
    println!("cargo::rerun-if-changed=src-tauri/capabilities");
    println!("cargo::rerun-if-changed=ui/isolation");
    let attributes =
        Attributes::new().app_manifest(AppManifest::new().commands(COMMANDS)).capabilities_path_pattern("./src-tauri/capabilities/**/*");
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
