// Which machines does a view show, in which order, and how does each stand?
import type { CommandView, Connection, FleetFilter, FleetView, WorkstationEntry } from "../../backend/bindings";
import type { Sort } from "../../kit/Table/Table";

/** One for all: `localeCompare` makes one at every call, which thousands of rows make felt. */
const ORDER = new Intl.Collator(undefined, { numeric: true });

/** What can be asked for by a press. */
export const FILTERS: readonly FleetFilter[] = ["connected", "stale", "unencrypted", "no_screen_lock", "outdated", "no_custodian", "pending", "out"];
/** One of them. */
export type Filter = FleetFilter;
/** What is looked at. All filters must hold. */
export type View = { query: string; filters: readonly Filter[]; sort: Sort };
/** How many views are kept, at most: `FLEET_VIEWS` of the protocol's limits. The core checks it again. */
export const VIEWS_MOST = 20;

/** Whether a kept view shows what is looked at. */
export function isSame(kept: FleetView, view: View): boolean {
  return kept.query === view.query && kept.filters.join() === view.filters.join() && kept.sort.column === view.sort.column && kept.sort.down === view.sort.down;
}

/** Everything, by name. */
export const WHOLE: View = { query: "", filters: [], sort: { column: "name", down: false } };

/** How a machine stands. `unknown`: the server cannot be asked. */
export type Standing = "token" | "token_late" | "out" | "connected" | "stale" | "heard" | "never" | "unknown";

/** How a machine stands at `now`. */
export function standingOf(entry: WorkstationEntry, connection: Connection, now: number): Standing {
  if (entry.state === "revoked") return "out";
  if (entry.state === "waiting") return entry.expires_at !== null && entry.expires_at <= now ? "token_late" : "token";
  if (entry.here || entry.connected) return "connected";
  if (connection === "offline" && entry.last_seen_at === null) return "unknown";
  if (entry.stale) return "stale";
  return entry.last_seen_at === null ? "never" : "heard";
}

/** The newest version that any machine in service has; null where none has told. */
export function newestOf(entries: readonly WorkstationEntry[]): string | null {
  return entries.reduce<string | null>((newest, { state, report }) => (state !== "active" || report === null || (newest !== null && ORDER.compare(report.app_version, newest) <= 0) ? newest : report.app_version), null);
}

/** Whether a filter holds for a machine; `newest` is the fleet's newest version. */
export function holds(filter: Filter, entry: WorkstationEntry, newest: string | null): boolean {
  switch (filter) {
    case "connected": return entry.connected && entry.state === "active";
    case "stale": return entry.stale && entry.state === "active";
    case "unencrypted": return entry.report?.disk_encrypted === false && entry.state !== "revoked";
    case "no_screen_lock": return entry.report?.screen_lock === false && entry.state !== "revoked";
    case "outdated": return newest !== null && entry.state === "active" && entry.report !== null && ORDER.compare(entry.report.app_version, newest) < 0;
    case "no_custodian": return entry.state === "active" && (entry.custodian === null || entry.custodian.revoked);
    case "pending": return entry.pending > 0;
    case "out": return entry.state === "revoked";
    default: {
      const never: never = filter;
      return never;
    }
  }
}

const STANDINGS: readonly Standing[] = ["connected", "heard", "stale", "never", "unknown", "token", "token_late", "out"];
const disk = (entry: WorkstationEntry): number => (entry.report === null ? 3 : entry.report.disk_encrypted === null ? 2 : entry.report.disk_encrypted ? 1 : 0);

/** Who is out by now first, for somebody has to take over; machines that nobody answers for last. */
const custodian = (entry: WorkstationEntry): number => (entry.custodian === null ? 2 : entry.custodian.revoked ? 0 : 1);

const words = (one: string, other: string): number => ORDER.compare(one, other);

function compare(column: string, a: WorkstationEntry, b: WorkstationEntry, now: number): number {
  switch (column) {
    case "location": return words(a.location, b.location);
    case "custodian": return custodian(a) - custodian(b) || words(a.custodian?.name ?? "", b.custodian?.name ?? "");
    case "kind": return words(a.kind, b.kind);
    case "state": return STANDINGS.indexOf(standingOf(a, "online", now)) - STANDINGS.indexOf(standingOf(b, "online", now)) || (b.last_seen_at ?? 0) - (a.last_seen_at ?? 0);
    case "version": return words(a.report?.app_version ?? "", b.report?.app_version ?? "");
    case "os": return words(a.report?.os ?? "", b.report?.os ?? "");
    case "disk": return disk(a) - disk(b);
    case "vaults": return (a.report?.vaults ?? -1) - (b.report?.vaults ?? -1);
    case "pending": return a.pending - b.pending;
    default: return 0;
  }
}

/** The machines of a view. Equal ones stand by name. */
export function select(entries: readonly WorkstationEntry[], view: View, now: number): WorkstationEntry[] {
  const asked = view.query.trim().toLowerCase().split(/\s+/u).filter((word) => word !== "");
  const newest = newestOf(entries);
  const found = entries.filter((entry) => {
    const said = `${entry.name} ${entry.location} ${entry.custodian?.name ?? ""} ${entry.report?.app_version ?? ""} ${entry.report?.os ?? ""}`.toLowerCase();
    return asked.every((word) => said.includes(word)) && view.filters.every((filter) => holds(filter, entry, newest));
  });
  const turn = view.sort.down ? -1 : 1;
  return found.toSorted((a, b) => turn * compare(view.sort.column, a, b, now) || (view.sort.column === "name" ? turn : 1) * ORDER.compare(a.name, b.name));
}

/** What of a machine's commands asks to be looked at. */
export type Attention = { waits: boolean; unconfirmed: boolean };

/** By machine, where there is something. */
export function attentionOf(commands: readonly CommandView[]): ReadonlyMap<string, Attention> {
  const found = new Map<string, Attention>();
  for (const one of commands) {
    if (one.state !== "requested" && one.state !== "unconfirmed") continue;
    const old = found.get(one.workstation) ?? { waits: false, unconfirmed: false };
    found.set(one.workstation, { waits: old.waits || one.state === "requested", unconfirmed: old.unconfirmed || one.state === "unconfirmed" });
  }
  return found;
}
