// Which commands are shown, in which order?
import type { CommandView } from "../../backend/bindings";
import type { Sort } from "../../kit/Table/Table";

/** What a command is to whoever looks after the fleet. */
export const PHASES = ["waits", "open", "unconfirmed", "over"] as const;
/** One of them. */
export type Phase = (typeof PHASES)[number];
/** What is looked at. */
export type CommandFilter = { query: string; phase: Phase | null; sort: Sort };

/** Every command, the newest first. */
export const NO_FILTER: CommandFilter = { query: "", phase: null, sort: { column: "at", down: true } };

/** The phase of a command. */
export function phaseOf(command: CommandView): Phase {
  switch (command.state) {
    case "requested": return "waits";
    case "issued":
    case "delivered":
    case "executing": return "open";
    case "unconfirmed": return "unconfirmed";
    case "receipted":
    case "lapsed": return "over";
    default: {
      const never: never = command.state;
      return never;
    }
  }
}

/** One for all rows. */
const ORDER = new Intl.Collator(undefined, { numeric: true });

function compare(column: string, a: CommandView, b: CommandView): number {
  switch (column) {
    case "what": return ORDER.compare(a.action, b.action);
    case "where": return ORDER.compare(a.workstation_name, b.workstation_name);
    case "why": return ORDER.compare(a.reason, b.reason);
    case "by": return ORDER.compare(a.issued_by ?? "", b.issued_by ?? "");
    case "state": return PHASES.indexOf(phaseOf(a)) - PHASES.indexOf(phaseOf(b));
    default: return a.issued_at - b.issued_at;
  }
}

/** The commands that a filter shows; equal ones with the newest first. */
export function pick(all: readonly CommandView[], filter: CommandFilter): CommandView[] {
  const words = filter.query.trim().toLowerCase().split(/\s+/u).filter((word) => word !== "");
  const found = all.filter((one) => {
    const said = `${one.workstation_name} ${one.person ?? ""} ${one.issued_by ?? ""} ${one.approved_by ?? ""}`.toLowerCase();
    return words.every((word) => said.includes(word)) && (filter.phase === null || phaseOf(one) === filter.phase);
  });
  const turn = filter.sort.down ? -1 : 1;
  return found.toSorted((a, b) => turn * compare(filter.sort.column, a, b) || b.issued_at - a.issued_at);
}
