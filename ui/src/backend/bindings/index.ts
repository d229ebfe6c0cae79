// Generated from src-tauri/src/dto by `cargo xtask bindings`. Do not edit.

export type ErrorCode =
  | "wrong_password" | "throttled" | "vault_destroyed" | "password_too_short"
  | "invite_malformed" | "invite_unknown" | "invite_expired" | "invite_used" | "already_enrolled" | "not_enrolled"
  | "device_revoked" | "account_revoked" | "unknown_root" | "server_certificate" | "signature_invalid"
  | "clock_skew" | "request_replayed" | "upgrade_required" | "server_unreachable" | "server_busy" | "server_error"
  | "disk_full" | "vault_corrupt" | "vault_missing" | "vault_in_use" | "vault_rolled_back"
  | "keyring_missing" | "keyring_locked" | "lease_ended"
  | "too_large" | "malformed" | "locked" | "not_found" | "not_a_member" | "not_permitted"
  | "conflict" | "stale_epoch" | "cancelled" | "internal";

/** How every failed call rejects: a code to branch on, never a text to show. */
export type ErrorView = { code: ErrorCode; retry_after_seconds: number | null };

export type Connection = "online" | "connecting" | "offline";
export type Priority = "fyi" | "action" | "concern" | "stat";
export type ThreadClass = "clinical" | "scheduling" | "billing" | "staff";

export type TileView = { account: string; name: string; title: string; initials: string; has_vault: boolean };
export type WorkstationView = {
  enrolled: boolean; name: string; organisation: string; people: TileView[];
  /** The person whose session is locked here, if one is. */
  locked: { account: string; since: number; draft_kept: boolean; waiting: number; stat: number } | null;
  connection: Connection; lease_until: number | null; help: string; insecure_keyring: boolean; language: Language; theme: Theme;
};
export type EnrolRequest = { invite: string; password: string; workstation_name: string };
export type SignInRequest = { account: string; password: string };

export type SessionView = {
  account: string; name: string; title: string; initials: string; workstation: string; organisation: string;
  connection: Connection; idle_lock_seconds: number; fade_seconds: number; insecure_keyring: boolean; rolled_back: boolean;
};

export type PatientView = {
  family: string; given: string; preferred: string | null; birth_date: string; mrn: string;
  pronouns: string | null; language: string | null; similar: string | null;
};
export type ThreadFilter = "mine" | "unread" | "patients" | "team";
export type ThreadListRequest = { filter: ThreadFilter; after: string | null; limit: number };
/** One row of the list. `title` is null for a thread that is about a patient or between two people. */
export type ThreadRow = {
  thread: string; class: ThreadClass; title: string | null; patient: PatientView | null; people: string[];
  reason: string | null; priority: Priority; preview: string; preview_author: string | null; last_at: number;
  unread: number; queued: number; failed: number; draft: boolean;
};
export type ThreadPage = { rows: ThreadRow[]; next: string | null; counts: { mine: number; unread: number; patients: number; team: number } };
export type MemberView = { account: string; name: string; title: string; initials: string; revoked: boolean };
export type ThreadView = {
  row: ThreadRow; members: MemberView[]; epoch: number; last_seq: number; read_seq: number;
  /** Warnings that stay until somebody acts: a chain that does not fit, a key that does not open. */
  warnings: ThreadWarning[];
};
export type ThreadWarning = "forked_log" | "missing_entries" | "unreadable_epoch" | "archive_mismatch";

export type MessageState =
  | { kind: "queued" } | { kind: "failed"; code: ErrorCode } | { kind: "on_server" } | { kind: "received" };
export type TombstoneReason = "bad_signature" | "unknown_author" | "cannot_decrypt" | "malformed" | "not_a_member" | "unknown_kind";
export type MessageView =
  | { kind: "message"; entry: string; seq: number | null; author: string; author_name: string; mine: boolean; at: number; text: string; priority: Priority; state: MessageState }
  | { kind: "change"; entry: string; seq: number; author_name: string; at: number; change: "created" | "members" | "described" | "rotated" }
  | { kind: "tombstone"; entry: string; seq: number; at: number; reason: TombstoneReason };
/** `before` and `after` are exclusive seqs; both null asks for the newest. Queued and failed rows come with the newest page. */
export type MessagePageRequest = { thread: string; before: number | null; after: number | null; limit: number };
export type MessagePage = { messages: MessageView[]; has_before: boolean; has_after: boolean };
export type SendMessageRequest = { thread: string; text: string; priority: Priority };
export type CreateThreadRequest = { class: ThreadClass; members: string[]; title: string | null; patient: PatientView | null; reason: string | null };
export type DraftView = { text: string; priority: Priority };

export type SearchRequest = { query: string; thread: string | null; before: string | null; limit: number };
/** `marks` are UTF-16 ranges [start, end) of the matched words in `snippet`. */
export type SearchHit = { thread: string; entry: string; seq: number; title: string; author_name: string; at: number; snippet: string; marks: [number, number][] };
export type SearchPage = { hits: SearchHit[]; next: string | null };
export type DirectoryPerson = { account: string; name: string; title: string; initials: string; me: boolean; revoked: boolean };

export type Theme = "system" | "light" | "dark" | "high_contrast";
export type Language = "en" | "es";
export type Preferences = { theme: Theme; language: Language; density: "comfortable" | "compact"; single_keys: boolean; context_open: boolean };
/** `anchor_seq` is the message at the top of the visible log and `anchor_offset` its distance in pixels from the top. */
export type ViewState = { filter: ThreadFilter; thread: string | null; anchor_seq: number | null; anchor_offset: number; composer_focused: boolean; selection_start: number; selection_end: number };

export type AppEvent =
  | { kind: "connection"; connection: Connection }
  /** The named threads changed (null: the list as a whole). Ask again; nothing of a patient travels in an event. */
  | { kind: "threads_changed"; threads: string[] | null }
  | { kind: "catching_up"; done: number; total: number }
  /** The screen fades and locks in `seconds` unless somebody moves. */
  | { kind: "lock_warning"; seconds: number }
  | { kind: "lock_cancelled" }
  /** Cover now: the content window is about to be destroyed. */
  | { kind: "locking" }
  | { kind: "workstation_changed" };
