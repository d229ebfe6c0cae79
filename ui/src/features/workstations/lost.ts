// Where does somebody stand with a machine that is lost? The steps come from what is really so, not from what was pressed.
import type { CommandView, IncidentView, WorkstationEntry } from "../../backend/bindings";

/** The steps in order. */
export const LOST_STEPS = ["report", "lock", "wipe", "revoke", "people", "receipt", "close"] as const;
/** One of them. */
export type LostStep = (typeof LOST_STEPS)[number];
/** `under_way`: it was given and its end is not known. */
export type StepState = "done" | "under_way" | "now" | "later";

/** The incident of a machine that is open; there is one at most. */
export function openOf(incidents: readonly IncidentView[], workstation: string): IncidentView | null {
  return incidents.find((one) => one.workstation === workstation && one.closed === null) ?? null;
}

/** The newest command of an action that was given for this loss to the whole machine. */
export function newest(incident: IncidentView | null, action: "lock" | "wipe"): CommandView | undefined {
  return incident?.commands.find((one) => one.action === action && one.person === null && one.state !== "lapsed");
}

/** Who still has the keys that the machine had. */
export function sameKeys(incident: IncidentView): number {
  return incident.people.filter((one) => !one.renewed && !one.revoked).length;
}

const reached = (command: CommandView | undefined): StepState | null => (command === undefined ? null : command.state === "receipted" ? "done" : "under_way");

/** How each step stands. The first that is neither done nor under way is the one to do now. */
export function stepStates(incident: IncidentView | null, entry: WorkstationEntry): Record<LostStep, StepState> {
  const wipe = newest(incident, "wipe");
  const holds = wipe !== undefined && wipe.state !== "requested";
  const found: Record<LostStep, StepState | null> = {
    report: incident === null ? null : "done",
    lock: reached(newest(incident, "lock")) ?? (holds ? "done" : null),
    wipe: wipe === undefined ? null : holds ? "done" : "under_way",
    // A wipe that holds puts the machine out by itself; the list of machines may not say so yet.
    revoke: entry.state === "revoked" || incident?.shut_out === true || holds ? "done" : null,
    people: incident !== null && sameKeys(incident) === 0 ? "done" : null,
    receipt: wipe === undefined ? null : wipe.receipt?.outcome === "done" ? "done" : "under_way",
    close: null,
  };
  const now = LOST_STEPS.find((step) => found[step] === null);
  const stateOf = (step: LostStep): StepState => found[step] ?? (step === now ? "now" : "later");
  return { report: stateOf("report"), lock: stateOf("lock"), wipe: stateOf("wipe"), revoke: stateOf("revoke"), people: stateOf("people"), receipt: stateOf("receipt"), close: stateOf("close") };
}
