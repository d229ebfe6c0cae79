// Which machines does the fake clinic have? Five that stories name, and as many more as are asked for, the same every time.
import type { CustodianView, CustodyView, MachineReport, WorkstationEntry } from "../bindings";
import { nameOf, PEOPLE } from "./clinic";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const REPORT: MachineReport = {
  app_version: "1.4.2", os: "Windows 11 24H2", disk_encrypted: true, screen_lock: true, insecure_keyring: false, vaults: 4, lease_until: null, behind: 0,
  diagnostics: { sessions: 1, waiting: 0, synced_at: null, free_disk_bytes: 84_000_000_000, clock_ahead_ms: 340, errors: [], refusals: [] },
};

const PLACES = [
  ["Front-Desk", "Lobby"], ["Exam", "1st floor, exam rooms"], ["3-West-Nurse", "3 West, nurses’ station"], ["Emergency", "Emergency department"], ["Lab-Cart", "Laboratory"],
  ["Radiology", "Basement, radiology"], ["Pharmacy", "Pharmacy counter"], ["Day-Clinic", "Day clinic, 2nd floor"], ["Annex-Office", "Annex, offices"], ["On-Call-Laptop", "On-call room"],
] as const;
const SYSTEMS = ["Windows 11 24H2", "Windows 11 24H2", "Windows 11 23H2", "Ubuntu 24.04 LTS", "macOS 15.1"] as const;

/** A machine with what is usual where nothing else is said. */
function make(id: string, name: string, location: string, now: number, more: Partial<WorkstationEntry>): WorkstationEntry {
  const base: WorkstationEntry = { id, name, location, kind: "shared", state: "active", last_seen_at: now - 20_000, expires_at: null, here: false, connected: true, stale: false, pending: 0, report: { ...REPORT, lease_until: now + 9 * HOUR }, custodian: null };
  return { ...base, ...more };
}

/** Somebody of the clinic as who answers for a machine. */
export function custodian(account: string): CustodianView {
  return { account, name: nameOf(account), revoked: PEOPLE.find((one) => one.account === account)?.revoked ?? false };
}

/** Through whose hands the machines that stories name went, the newest first. */
export function makeCustody(now: number): Map<string, CustodyView[]> {
  const [iris, omar, gone, by] = ["acc-iris", "acc-omar", "acc-gone", "acc-noor"].map((one) => nameOf(one));
  const change = (ago: number, from: string | undefined, to: string | undefined, before: string, location: string): CustodyView =>
    ({ from: from ?? null, to: to ?? null, handed: from !== to, location_before: before, location, by: by ?? null, at: now - ago * DAY });
  return new Map([
    ["ws-2", [change(12, omar, iris, "3 West, medication cart", "3 West, medication cart"), change(80, undefined, omar, "Store room", "3 West, medication cart")]],
    ["ws-3", [change(300, undefined, gone, "", "Back office, room 114")]],
    ["ws-5", [change(200, undefined, omar, "2nd floor, exam 7", "2nd floor, exam 7")]],
  ]);
}

/** The machines that stories name. */
function named(now: number): WorkstationEntry[] {
  const report = { ...REPORT, lease_until: now + 9 * HOUR };
  return [
    make("ws-1", "Front-Desk-2", "Front desk, left", now, { here: true, last_seen_at: now, report: { ...report, vaults: 5 } }),
    make("ws-2", "3-West-Cart-1", "3 West, medication cart", now, { custodian: custodian("acc-iris"), connected: false, last_seen_at: now - 22 * MINUTE, report: { ...report, os: "Ubuntu 24.04 LTS", disk_encrypted: null, screen_lock: null, vaults: 14 } }),
    make("ws-3", "Billing-1", "Back office, room 114", now, { custodian: custodian("acc-gone"), kind: "private", connected: false, stale: true, last_seen_at: now - 40 * DAY, report: { ...report, app_version: "1.3.9", disk_encrypted: false, vaults: 1, lease_until: now - 37 * DAY, behind: 31 } }),
    make("ws-4", "Day-Clinic-Old", "Store room", now, { state: "revoked", connected: false, last_seen_at: now - 90 * DAY, report: { ...report, app_version: "1.2.0", vaults: 0, lease_until: null, behind: 88 } }),
    make("ws-5", "Exam-7-Laptop", "2nd floor, exam 7", now, { custodian: custodian("acc-omar"), kind: "private", state: "revoked", connected: false, last_seen_at: now - 3 * HOUR, report: { ...report, app_version: "1.4.1", vaults: 2, lease_until: now + 8 * HOUR } }),
    make("tok-1", "3-West-Cart-2", "3 West, medication cart", now, { state: "waiting", connected: false, last_seen_at: null, expires_at: now + 2 * DAY, report: null }),
  ];
}

/** One of the many. Every rare state comes again at its own step, so that they mix. */
function many(index: number, now: number): WorkstationEntry {
  const [name, location] = PLACES[index % PLACES.length] ?? PLACES[0];
  const round = Math.floor(index / PLACES.length) + 3;
  const personal = index % 10 === 8 || index % 10 === 9;
  const out = index % 41 === 17;
  const stale = !out && index % 53 === 29;
  const away = out || stale || index % 8 === 5;
  const silent = index % 67 === 40;
  const seen = out ? now - (60 + index % 200) * DAY : stale ? now - (31 + index % 60) * DAY : away ? now - (1 + index % 70) * HOUR : now - (index % 50) * 1000;
  const os = SYSTEMS[index % SYSTEMS.length] ?? SYSTEMS[0];
  const report: MachineReport = {
    ...REPORT, os, app_version: index % 19 === 7 ? "1.4.1" : index % 47 === 11 ? "1.3.9" : "1.4.2", disk_encrypted: os.startsWith("Ubuntu") ? (index % 3 === 0 ? null : true) : index % 37 !== 9,
    insecure_keyring: index % 97 === 33, screen_lock: os.startsWith("Ubuntu") ? null : index % 31 !== 4, vaults: personal ? 1 + (index % 2) : 2 + (index * 7) % 13, lease_until: seen + (personal ? 72 : 12) * HOUR, behind: away ? index % 9 : 0,
  };
  return make(`ws-m${index}`, `${name}-${round}`, location, now, { kind: personal ? "private" : "shared", state: out ? "revoked" : "active", connected: !away && !silent, stale, last_seen_at: silent ? null : seen, report: silent ? null : report });
}

/** The fleet: the named machines, and others up to `count` in all. */
export function makeMachines(count: number, now: number): WorkstationEntry[] {
  const first = named(now);
  return [...first, ...Array.from({ length: Math.max(0, count - first.length) }, (_, index) => many(index, now))];
}
