//! Is every line of the hardening list in the built app? Asked of the configuration that Tauri compiled in, and of its permissions.

mod acl;
mod config;
mod isolation;

use std::collections::BTreeSet;
use std::path::PathBuf;

/// A file of the project, from its root.
fn read(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names between the first `open` after `after` and the next `close`, as `pick` finds them in each line.
fn names(text: &str, after: &str, close: &str, pick: impl Fn(&str) -> Option<String>) -> BTreeSet<String> {
    let start = text.find(after).unwrap_or_else(|| panic!("{after} is missing"));
    let list = &text[start + after.len()..];
    let end = list.find(close).unwrap_or_else(|| panic!("{close} is missing"));
    list[..end].lines().filter_map(pick).collect()
}

/// The commands of `src-tauri/build.rs`.
fn commands() -> BTreeSet<String> {
    let commands = names(&read("src-tauri/build.rs"), "const COMMANDS: &[&str] = &[", "];", |line| {
        line.trim().strip_prefix('"')?.strip_suffix("\",").map(str::to_owned)
    });
    assert!(commands.len() > 20, "the list was not read: {commands:?}");
    commands
}

#[test]
fn every_command_of_the_port_is_served_and_no_other() {
    let served = names(&read("src-tauri/src/commands/mod.rs"), "tauri::generate_handler![", "]", |line| {
        line.trim().strip_suffix(',')?.rsplit("::").next().map(str::to_owned)
    });
    assert_eq!(served, commands());
    let asked: BTreeSet<String> =
        read("ui/src/backend/tauri.ts").split("invoke(\"").skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect();
    assert_eq!(asked, commands(), "ui/src/backend/tauri.ts asks for what the shell serves");
}
