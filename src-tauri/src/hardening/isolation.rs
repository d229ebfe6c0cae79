//! Does the isolation frame let through exactly the commands that exist?

use std::collections::BTreeSet;

use super::{commands, names, read};

fn let_through() -> BTreeSet<String> {
    names(&read("ui/isolation/index.js"), "__proto__: null,", "});", |line| {
        line.trim().split(':').next().filter(|name| !name.is_empty() && !name.starts_with('"')).map(str::to_owned)
    })
}

#[test]
fn the_frame_knows_every_command_and_no_other() {
    assert_eq!(let_through(), commands());
}

#[test]
fn the_frame_lets_pages_listen_to_nothing_but_our_event() {
    let frame = read("ui/isolation/index.js");
    let plugins = names(&frame, "__proto__: null,", "});", |line| line.trim().strip_prefix('"')?.split('"').next().map(str::to_owned));
    assert_eq!(plugins, ["plugin:event|listen", "plugin:event|unlisten"].map(str::to_owned).into());
    assert!(frame.contains(&format!("const EVENT = \"{}\";", crate::events::EVENT)));
}
