// Which calls may leave the page at all? The commands of the port, each with the arguments it has, and listening to events.
// The list is the shell's (src-tauri/build.rs); src-tauri/src/hardening/isolation.rs fails when the two differ.
(() => {
  "use strict";

  const COMMANDS = Object.freeze({
    __proto__: null,
    workstation: [],
    enrol_workstation: ["request"],
    begin_enrol: ["request"],
    finish_enrol: ["request"],
    sign_in: ["request"],
    sign_in_pin: ["request"],
    sign_in_new: ["request"],
    recover: ["request"],
    enter: [],
    print: [],
    session: [],
    lock: [],
    switch_user: [],
    stay_awake: [],
    background: [],
    set_background: ["on"],
    threads: ["request"],
    thread: ["thread"],
    create_thread: ["request"],
    messages: ["request"],
    send_message: ["request"],
    retry_message: ["entry"],
    discard_message: ["entry"],
    begin_file: ["request"],
    put_file_part: ["request"],
    send_file: ["request"],
    retry_file: ["file"],
    discard_file: ["file"],
    outgoing_files: ["thread"],
    fetch_file: ["thread", "seq"],
    cancel_fetch: ["thread", "seq"],
    file_preview: ["thread", "seq"],
    mark_read: ["thread", "seq"],
    mark_unread: ["thread", "seq"],
    displayed: ["thread", "from", "to"],
    acknowledge: ["request"],
    readers: ["thread", "message"],
    draft: ["thread"],
    save_draft: ["thread", "draft"],
    search: ["request"],
    directory: [],
    filling: [],
    sign_ins: [],
    sign_ins_of: ["account"],
    answer_sign_in: ["device", "mine"],
    end_device: ["device"],
    sign_out_elsewhere: [],
    permissions: [],
    people: [],
    invite: ["request"],
    invite_again: ["account", "days"],
    set_role: ["account", "choice"],
    ask_admin: ["request"],
    grant_admin: ["request"],
    check_root_sheets: ["sheets"],
    revoke_person: ["account"],
    import_people: ["request"],
    workstations: [],
    make_workstation_token: ["request"],
    revoke_workstation: ["workstation"],
    issue_command: ["request"],
    approve_command: ["command"],
    commands: [],
    export_receipts: [],
    groups: [],
    set_group: ["request"],
    rules: ["workstation"],
    custody: ["workstation"],
    set_custody: ["request"],
    incidents: [],
    open_incident: ["request"],
    close_incident: ["request"],
    export_incidents: [],
    set_pin: ["request"],
    remove_pin: [],
    preferences: [],
    save_preferences: ["preferences"],
    own_rules: [],
    set_own_rules: ["rules"],
    view_state: [],
    save_view_state: ["state"],
    "plugin:event|listen": ["event", "target", "handler"],
    "plugin:event|unlisten": ["event", "eventId"],
  });

  const EVENT = "sotto";

  /** True for a call of a listed command with no argument that it does not have. */
  const isAllowed = (message) => {
    if (typeof message.cmd !== "string" || !(message.cmd in COMMANDS)) return false;
    const payload = message.payload ?? {};
    if (typeof payload !== "object" || Array.isArray(payload)) return false;
    if (!Object.keys(payload).every((name) => COMMANDS[message.cmd].includes(name))) return false;
    return !message.cmd.startsWith("plugin:event|") || payload.event === EVENT;
  };

  // A refused call goes on under a name that no capability allows: Rust rejects it, and the page's promise with it.
  window.__TAURI_ISOLATION_HOOK__ = (message) =>
    isAllowed(message) ? message : { ...message, cmd: "refused_by_isolation", payload: {} };
})();
