// What were the fake clinic's machines told to do? One command in every state, with the receipts that belong to them.
import type { CommandView, Erased, GroupView, MachineReport, OwnRules, RuleView, Settings, WorkstationEntry } from "../bindings";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long a command may wait to be begun. */
export const VALID = 366 * DAY;

/** What a wipe of a machine finds there. */
export const ERASED: Erased[] = [
  { kind: "keyring_entries", found: 5, left: 0 }, { kind: "wrapped_keys", found: 6, left: 0 }, { kind: "vaults", found: 4, left: 0 }, { kind: "other_files", found: 213, left: 0 }, { kind: "app_data", found: 38, left: 0 },
];

/** Nothing is said by a group. */
export const NO_SETTINGS: Settings = { idle_lock_s: null, session_s: null, lease_s: null, self_wipe_days: null, retain_days: null, attachment_mb: null, attachment_types: null, pin: null, notifications: null, clipboard: null, content_protection: null, two_person_wipe: null };

/** What a machine says that has had trouble. */
function troubled(now: number): MachineReport {
  return {
    app_version: "1.4.2", os: "Ubuntu 24.04 LTS", disk_encrypted: null, screen_lock: null, insecure_keyring: false, vaults: 14, lease_until: now + 9 * HOUR, behind: 0,
    diagnostics: { sessions: 1, waiting: 7, synced_at: now - 22 * MINUTE, free_disk_bytes: 412_000_000, clock_ahead_ms: -95_000, errors: [{ name: "clock_skew", count: 3 }, { name: "server_unreachable", count: 41 }], refusals: [{ name: "late", count: 1 }] },
  };
}

/** What was done before anybody looked. */
export function makeCommands(now: number): CommandView[] {
  const one = (command: string, ago: number, more: Partial<CommandView>): CommandView => ({
    command, workstation: "ws-1", workstation_name: "Front-Desk-2", person: null, action: "lock", reason: "routine", state: "issued", issued_by: "Lena Sampleton", mine: false, approved_by: null,
    issued_at: now - ago, not_after: now - ago + VALID, delivered_at: null, begun_at: null, receipt: null, report: null, ...more,
  });
  const at = (ago: number): number => now - ago;
  return [
    one("cmd-requested", 12 * MINUTE, { workstation: "ws-m3", workstation_name: "Emergency-3", action: "wipe", reason: "stolen", state: "requested" }),
    one("cmd-requested-mine", 20 * MINUTE, { workstation: "ws-m7", workstation_name: "Day-Clinic-3", action: "wipe", reason: "retired", state: "requested", issued_by: "Noor Example", mine: true }),
    one("cmd-issued", 50 * MINUTE, { workstation: "ws-m5", workstation_name: "Radiology-3", action: "report", reason: "routine", issued_by: "Noor Example", mine: true }),
    one("cmd-delivered", 3 * MINUTE, { workstation: "ws-m10", workstation_name: "Front-Desk-4", action: "sign_out", reason: "suspected", state: "delivered", delivered_at: at(2 * MINUTE) }),
    one("cmd-executing", MINUTE, { workstation: "ws-m12", workstation_name: "3-West-Nurse-4", person: "Perry Former", action: "wipe", reason: "leaver", state: "executing", delivered_at: at(50_000), begun_at: at(45_000) }),
    one("cmd-unconfirmed", 27 * HOUR, { workstation: "ws-5", workstation_name: "Exam-7-Laptop", action: "wipe", reason: "lost", state: "unconfirmed", approved_by: "Iris Instance" }),
    one("cmd-lock", 29 * HOUR, { workstation: "ws-5", workstation_name: "Exam-7-Laptop", action: "lock", reason: "lost", state: "unconfirmed" }),
    one("cmd-done", 2 * DAY, { workstation: "ws-4", workstation_name: "Day-Clinic-Old", action: "wipe", reason: "retired", state: "receipted", approved_by: "Noor Example", delivered_at: at(2 * DAY - 400), begun_at: at(2 * DAY - 700), receipt: { outcome: "done", ended_at: at(2 * DAY - 1900), erased: ERASED, complete: true } }),
    one("cmd-left", 5 * DAY, { workstation: "ws-m17", workstation_name: "Day-Clinic-4", action: "wipe", reason: "retired", state: "receipted", delivered_at: at(5 * DAY - 400), begun_at: at(5 * DAY - 700), receipt: { outcome: "done", ended_at: at(5 * DAY - 2600), erased: ERASED.map((kind) => (kind.kind === "app_data" ? { ...kind, left: 3 } : kind)), complete: false } }),
    one("cmd-nothing", 6 * DAY, { workstation: "ws-2", workstation_name: "3-West-Cart-1", action: "lock", reason: "suspected", state: "receipted", delivered_at: at(6 * DAY - 300), begun_at: at(6 * DAY - 500), receipt: { outcome: "nothing", ended_at: at(6 * DAY - 600), erased: [], complete: false } }),
    one("cmd-report", 3 * DAY, { workstation: "ws-m20", workstation_name: "Front-Desk-5", action: "report", state: "receipted", delivered_at: at(3 * DAY - 300), begun_at: at(3 * DAY - 500), receipt: { outcome: "done", ended_at: at(3 * DAY - 600), erased: [], complete: false }, report: troubled(now) }),
    one("cmd-lapsed", 400 * DAY, { workstation: "ws-3", workstation_name: "Billing-1", action: "wipe", reason: "retired", state: "lapsed" }),
  ];
}

/** The rules that groups have. */
export function makeGroups(now: number): GroupView[] {
  return [
    { group: "grp-all", name: "Whole clinic", members: "everyone", settings: { ...NO_SETTINGS, self_wipe_days: 45, two_person_wipe: true }, issued_at: now - 80 * DAY },
    { group: "grp-carts", name: "Medication carts", members: { workstations: ["ws-2", "ws-m2", "ws-m12"] }, settings: { ...NO_SETTINGS, idle_lock_s: 60, pin: false, lease_s: 0 }, issued_at: now - 12 * DAY },
    { group: "grp-shared", name: "Shared machines", members: { kind: "shared" }, settings: { ...NO_SETTINGS, idle_lock_s: 90, notifications: false, clipboard: false }, issued_at: now - 30 * DAY },
  ];
}

const holds = (group: GroupView, machine: WorkstationEntry): boolean =>
  group.members === "everyone" || ("kind" in group.members ? group.members.kind === machine.kind : group.members.workstations.includes(machine.id));

/** The stricter of two values; `old` itself where the other is not. */
function strictest(setting: string, next: RuleView["value"], old: RuleView["value"]): RuleView["value"] {
  if (next === null) return old;
  if (Array.isArray(next) && Array.isArray(old)) return old.every((one) => next.includes(one)) ? old : old.filter((one) => next.includes(one));
  const more = setting === "two_person_wipe" || setting === "content_protection";
  return old === null || (more ? Number(next) > Number(old) : Number(next) < Number(old)) ? next : old;
}

/** The one rule that groups may let off, where none says the contrary. */
function protection(groups: readonly GroupView[]): RuleView {
  const said = (on: boolean): GroupView | undefined => groups.find((group) => group.settings.content_protection === on);
  const off = said(false);
  const by = off === undefined ? undefined : said(true) ?? off;
  return { setting: "content_protection", value: by?.settings.content_protection ?? true, from: by === undefined ? "clinic" : { group: by.name } };
}

/** What holds at a machine, as the core would answer: of each setting the strictest. */
export function rulesOf(machine: WorkstationEntry, groups: readonly GroupView[]): RuleView[] {
  const shared = machine.kind === "shared";
  const held = groups.filter((group) => holds(group, machine));
  const clinic: RuleView[] = [
    { setting: "idle_lock_s", value: shared ? 120 : 300, from: "clinic" }, { setting: "session_s", value: 43_200, from: "clinic" }, { setting: "lease_s", value: shared ? 43_200 : 259_200, from: "clinic" }, { setting: "self_wipe_days", value: null, from: "clinic" }, { setting: "retain_days", value: null, from: "clinic" },
    { setting: "attachment_mb", value: 100, from: "clinic" }, { setting: "attachment_types", value: ["image", "pdf", "office", "text", "audio", "video"], from: "clinic" },
    { setting: "pin", value: true, from: "clinic" }, { setting: "notifications", value: true, from: "clinic" }, { setting: "clipboard", value: true, from: "clinic" }, protection(held), { setting: "two_person_wipe", value: false, from: "clinic" },
  ];
  return clinic.map((rule) => held.reduce((old, group) => {
    const next = Object.entries(group.settings).find(([name]) => name === rule.setting)?.[1] ?? null;
    const value = strictest(rule.setting, next, old.value);
    return value === old.value ? old : { setting: rule.setting, value, from: { group: group.name } };
  }, rule));
}

/** Nobody tightened anything. */
export const NO_OWN: OwnRules = { idle_lock_s: null, session_s: null, no_notifications: false, no_clipboard: false, attachment_mb: null, attachment_types: null };

/** The same with what the person set for themselves, where that is stricter. */
export function tightened(rules: readonly RuleView[], own: OwnRules): RuleView[] {
  const asked = new Map<string, RuleView["value"]>([["idle_lock_s", own.idle_lock_s], ["session_s", own.session_s], ["notifications", own.no_notifications ? false : null], ["clipboard", own.no_clipboard ? false : null], ["attachment_mb", own.attachment_mb], ["attachment_types", own.attachment_types]]);
  return rules.map((rule) => {
    const value = strictest(rule.setting, asked.get(rule.setting) ?? null, rule.value);
    return value === rule.value ? rule : { setting: rule.setting, value, from: "own" };
  });
}
