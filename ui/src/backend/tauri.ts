// How the UI reaches the Rust core on the desktop: one command per method, one event for everything that happens.
import { invoke } from "@tauri-apps/api/core";
import { getCurrentWebviewWindow } from "@tauri-apps/api/webviewWindow";
import type { AppEvent } from "./bindings";
import type { Backend } from "./port";

const EVENT = "sotto";

/** The desktop's key to the port. Commands carry the snake_case name of the method. */
export const backend: Backend = {
  workstation: () => invoke("workstation"),
  enrolWorkstation: (request) => invoke("enrol_workstation", { request }),
  beginEnrol: (request) => invoke("begin_enrol", { request }),
  finishEnrol: (request) => invoke("finish_enrol", { request }),
  signIn: (request) => invoke("sign_in", { request }),
  signInPin: (request) => invoke("sign_in_pin", { request }),
  signInNew: (request) => invoke("sign_in_new", { request }),
  recover: (request) => invoke("recover", { request }),
  enter: () => invoke("enter"),
  print: () => invoke("print"),
  session: () => invoke("session"),
  lock: () => invoke("lock"),
  switchUser: () => invoke("switch_user"),
  stayAwake: () => invoke("stay_awake"),
  background: () => invoke("background"),
  setBackground: (on) => invoke("set_background", { on }),
  threads: (request) => invoke("threads", { request }),
  thread: (thread) => invoke("thread", { thread }),
  createThread: (request) => invoke("create_thread", { request }),
  messages: (request) => invoke("messages", { request }),
  sendMessage: (request) => invoke("send_message", { request }),
  retryMessage: (entry) => invoke("retry_message", { entry }),
  discardMessage: (entry) => invoke("discard_message", { entry }),
  beginFile: (request) => invoke("begin_file", { request }),
  putFilePart: (request) => invoke("put_file_part", { request }),
  sendFile: (request) => invoke("send_file", { request }),
  retryFile: (file) => invoke("retry_file", { file }),
  discardFile: (file) => invoke("discard_file", { file }),
  outgoingFiles: (thread) => invoke("outgoing_files", { thread }),
  fetchFile: (thread, seq) => invoke("fetch_file", { thread, seq }),
  cancelFetch: (thread, seq) => invoke("cancel_fetch", { thread, seq }),
  filePreview: (thread, seq) => invoke("file_preview", { thread, seq }),
  markRead: (thread, seq) => invoke("mark_read", { thread, seq }),
  markUnread: (thread, seq) => invoke("mark_unread", { thread, seq }),
  displayed: (thread, from, to) => invoke("displayed", { thread, from, to }),
  acknowledge: (request) => invoke("acknowledge", { request }),
  readers: (thread, message) => invoke("readers", { thread, message }),
  draft: (thread) => invoke("draft", { thread }),
  saveDraft: (thread, draft) => invoke("save_draft", { thread, draft }),
  search: (request) => invoke("search", { request }),
  directory: () => invoke("directory"),
  filling: () => invoke("filling"),
  signIns: () => invoke("sign_ins"),
  answerSignIn: (device, mine) => invoke("answer_sign_in", { device, mine }),
  endDevice: (device) => invoke("end_device", { device }),
  signOutElsewhere: () => invoke("sign_out_elsewhere"),
  signInsOf: (account) => invoke("sign_ins_of", { account }),
  permissions: () => invoke("permissions"),
  people: () => invoke("people"),
  invite: (request) => invoke("invite", { request }),
  inviteAgain: (account, days) => invoke("invite_again", { account, days }),
  setRole: (account, choice) => invoke("set_role", { account, choice }),
  askAdmin: (request) => invoke("ask_admin", { request }),
  grantAdmin: (request) => invoke("grant_admin", { request }),
  checkRootSheets: (sheets) => invoke("check_root_sheets", { sheets }),
  revokePerson: (account) => invoke("revoke_person", { account }),
  importPeople: (request) => invoke("import_people", { request }),
  workstations: () => invoke("workstations"),
  makeWorkstationToken: (request) => invoke("make_workstation_token", { request }),
  revokeWorkstation: (workstation) => invoke("revoke_workstation", { workstation }),
  issueCommand: (request) => invoke("issue_command", { request }),
  approveCommand: (command) => invoke("approve_command", { command }),
  commands: () => invoke("commands"),
  exportReceipts: () => invoke("export_receipts"),
  groups: () => invoke("groups"),
  setGroup: (request) => invoke("set_group", { request }),
  rules: (workstation) => invoke("rules", { workstation }),
  custody: (workstation) => invoke("custody", { workstation }),
  setCustody: (request) => invoke("set_custody", { request }),
  incidents: () => invoke("incidents"),
  openIncident: (request) => invoke("open_incident", { request }),
  closeIncident: (request) => invoke("close_incident", { request }),
  exportIncidents: () => invoke("export_incidents"),
  setPin: (request) => invoke("set_pin", { request }),
  removePin: () => invoke("remove_pin"),
  preferences: () => invoke("preferences"),
  savePreferences: (preferences) => invoke("save_preferences", { preferences }),
  ownRules: () => invoke("own_rules"),
  setOwnRules: (rules) => invoke("set_own_rules", { rules }),
  viewState: () => invoke("view_state"),
  saveViewState: (state) => invoke("save_view_state", { state }),
  subscribe: (listener) => {
    let stopped = false;
    let stop: (() => void) | null = null;
    // This window's events only: the other window may know less, or more.
    void getCurrentWebviewWindow().listen<AppEvent>(EVENT, (event) => {
      if (!stopped) listener(event.payload);
    }).then((unlisten) => {
      if (stopped) unlisten();
      else stop = unlisten;
    });
    return () => {
      stopped = true;
      stop?.();
    };
  },
};
