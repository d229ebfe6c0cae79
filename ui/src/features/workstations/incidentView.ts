// Which incidents are shown, in which order, and how does each stand?
import type { IncidentView } from "../../backend/bindings";
import type { MessageId } from "../../i18n/text";
import type { Sort } from "../../kit/Table/Table";

/** What is looked at. */
export type IncidentFilter = { query: string; sort: Sort };

/** All of them, the newest first. */
export const NEWEST: IncidentFilter = { query: "", sort: { column: "at", down: true } };

/** How an incident stands, in one word and its colour. */
export function endOf({ closed }: IncidentView): { says: MessageId; tone: "bad" | "ok" | "neutral" } {
  if (closed === null) return { says: "incident.open", tone: "bad" };
  return { says: `incident.${closed.outcome}`, tone: closed.outcome === "written_off" ? "neutral" : "ok" };
}

/** One for all rows. */
const ORDER = new Intl.Collator(undefined, { numeric: true });
const STATES = ["open", "written_off", "wiped", "found"] as const;
const placeOf = ({ closed }: IncidentView): number => STATES.indexOf(closed?.outcome ?? "open");

function compare(column: string, a: IncidentView, b: IncidentView): number {
  switch (column) {
    case "where": return ORDER.compare(a.workstation_name, b.workstation_name);
    case "why": return ORDER.compare(a.reason, b.reason);
    case "by": return ORDER.compare(a.opened_by ?? "", b.opened_by ?? "");
    case "state": return placeOf(a) - placeOf(b);
    default: return a.opened_at - b.opened_at;
  }
}

/** The incidents that a filter shows; equal ones with the newest first. */
export function pickIncidents(all: readonly IncidentView[], { query, sort }: IncidentFilter): IncidentView[] {
  const words = query.trim().toLowerCase().split(/\s+/u).filter((word) => word !== "");
  const found = all.filter((one) => {
    const said = `${one.workstation_name} ${one.opened_by ?? ""} ${one.closed?.by ?? ""}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
  const turn = sort.down ? -1 : 1;
  return found.toSorted((a, b) => turn * compare(sort.column, a, b) || b.opened_at - a.opened_at);
}
