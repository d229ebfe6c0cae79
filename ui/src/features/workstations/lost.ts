// Where does somebody stand with a machine that is lost? The steps come from what is really so, not from what was pressed.
import type { CommandReason, CommandState, CommandView, WorkstationEntry } from "../../backend/bindings";

/** Why it is gone. */
export type LossReason = Extract<CommandReason, "lost" | "stolen">;
/** What only the person at the window knows. */
export type Loss = { reason: LossReason; told: boolean };
/** By machine; kept while the window is open. */
export type Losses = Readonly<Partial<Record<string, Loss>>>;

/** Nothing is lost. */
export const NOT_LOST: Losses = {};
/** The steps in order. */
export const LOST_STEPS = ["report", "lock", "wipe", "revoke", "people", "receipt"] as const;
/** One of them. */
export type LostStep = (typeof LOST_STEPS)[number];
/** `under_way`: it was given and its end is not known. */
export type StepState = "done" | "under_way" | "now" | "later";

/** The newest command of an action that was given for this loss, or for an earlier one that is not over. */
export function newest(commands: readonly CommandView[], entry: WorkstationEntry, action: "lock" | "wipe"): CommandView | undefined {
  return commands.filter((one) => one.workstation === entry.id && one.action === action && one.person === null && one.state !== "lapsed" && (one.reason === "lost" || one.reason === "stolen"))
    .toSorted((a, b) => b.issued_at - a.issued_at)[0];
}

/** Who left the window and came back finds the report in the commands that rest on it. */
export function lossOf(losses: Losses, commands: readonly CommandView[], entry: WorkstationEntry): Loss | null {
  const given = newest(commands, entry, "wipe") ?? newest(commands, entry, "lock");
  return losses[entry.id] ?? (given === undefined ? null : { reason: given.reason === "stolen" ? "stolen" : "lost", told: false });
}

const OVER: readonly CommandState[] = ["receipted"];
const reached = (command: CommandView | undefined): StepState | null => (command === undefined ? null : OVER.includes(command.state) ? "done" : "under_way");

/** How each step stands. The first that is neither done nor under way is the one to do now. */
export function stepStates(loss: Loss | null, commands: readonly CommandView[], entry: WorkstationEntry): Record<LostStep, StepState> {
  const wipe = newest(commands, entry, "wipe");
  const found: Record<LostStep, StepState | null> = {
    report: loss === null ? null : "done",
    lock: reached(newest(commands, entry, "lock")) ?? (wipe !== undefined && wipe.state !== "requested" ? "done" : null),
    wipe: wipe === undefined ? null : wipe.state === "requested" ? "under_way" : "done",
    // A wipe that holds puts the machine out by itself; the list of machines may not say so yet.
    revoke: entry.state === "revoked" || (wipe !== undefined && wipe.state !== "requested") ? "done" : null,
    people: loss?.told === true ? "done" : null,
    receipt: wipe === undefined ? null : wipe.receipt?.outcome === "done" ? "done" : "under_way",
  };
  const now = LOST_STEPS.find((step) => found[step] === null);
  const stateOf = (step: LostStep): StepState => found[step] ?? (step === now ? "now" : "later");
  return { report: stateOf("report"), lock: stateOf("lock"), wipe: stateOf("wipe"), revoke: stateOf("revoke"), people: stateOf("people"), receipt: stateOf("receipt") };
}
