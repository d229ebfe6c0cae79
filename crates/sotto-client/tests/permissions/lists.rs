//! Which commands of the window does the matrix of roles know, and what opens each?

use sotto_client::view::Permission;

/// The commands that a permission other than a class opens, each with those of which one is enough.
pub const COMMANDS: [(&str, &[Permission]); 25] = [
    ("people", &[Permission::People, Permission::Review]),
    ("sign_ins_of", &[Permission::People, Permission::Review]),
    ("invite", &[Permission::People]),
    ("invite_again", &[Permission::People]),
    ("import_people", &[Permission::People]),
    ("set_role", &[Permission::People]),
    ("ask_admin", &[Permission::People, Permission::Workstations]),
    ("grant_admin", &[Permission::People]),
    ("revoke_person", &[Permission::People]),
    ("revoke_device", &[Permission::People]),
    ("workstations", &[Permission::Workstations, Permission::Review]),
    ("make_workstation_token", &[Permission::Workstations]),
    ("revoke_workstation", &[Permission::Workstations]),
    ("issue_command", &[Permission::Workstations]),
    ("approve_command", &[Permission::Workstations]),
    ("commands", &[Permission::Workstations, Permission::Review]),
    ("export_receipts", &[Permission::Workstations, Permission::Review]),
    ("groups", &[Permission::Workstations, Permission::Review]),
    ("set_group", &[Permission::Workstations]),
    ("custody", &[Permission::Workstations, Permission::Review]),
    ("set_custody", &[Permission::Workstations]),
    ("incidents", &[Permission::Workstations, Permission::Review]),
    ("open_incident", &[Permission::Workstations]),
    ("close_incident", &[Permission::Workstations]),
    ("export_incidents", &[Permission::Workstations, Permission::Review]),
];

/// The commands on a thread.
pub const OF_A_THREAD: [&str; 11] = [
    "create_thread",
    "thread",
    "threads",
    "messages",
    "send_message",
    "mark_read",
    "mark_unread",
    "search",
    "draft",
    "save_draft",
    "change_members",
];

/// Commands that are everybody's, or come before anybody is signed in; on nothing of a thread, of other people or of machines.
pub const EVERYBODYS: [&str; 35] = [
    // At every machine: a drill that gives nothing away.
    "check_root_sheets",
    "workstation",
    "enrol_workstation",
    "begin_enrol",
    "finish_enrol",
    "enter",
    "sign_in",
    "sign_in_new",
    "sign_in_pin",
    "set_pin",
    "remove_pin",
    "recover",
    "print",
    "rules",
    "session",
    "sign_ins",
    "answer_sign_in",
    // One's own devices only.
    "end_device",
    "sign_out_elsewhere",
    "permissions",
    "filling",
    "lock",
    "switch_user",
    "stay_awake",
    "background",
    "set_background",
    "retry_message",
    "discard_message",
    "directory",
    "preferences",
    "save_preferences",
    // For oneself, and only tighter.
    "own_rules",
    "set_own_rules",
    "view_state",
    "save_view_state",
];
