// Which steps has a command taken, which does it wait for, and which will it never take?
import type { CommandView } from "../../backend/bindings";

/** A step of a command. `at` is null where nobody wrote the moment down. */
export type Step = { step: "requested" | "approved" | "issued" | "delivered" | "executing" | "receipted"; how: "done" | "waits" | "ahead" | "failed"; at: number | null };

const next = (done: boolean, before: boolean): Step["how"] => (done ? "done" : before ? "waits" : "ahead");

/** The steps in order. That it was done, only the receipt says. */
export function stepsOf(command: CommandView): Step[] {
  const { state, receipt, approved_by, issued_at, delivered_at, begun_at } = command;
  const two = state === "requested" || state === "lapsed" || approved_by !== null;
  const holds = state !== "requested" && state !== "lapsed";
  const over = receipt !== null;
  const begun = begun_at !== null || over;
  const delivered = delivered_at !== null || begun;
  return [
    { step: "requested", how: "done", at: issued_at },
    ...(two ? [{ step: "approved", how: holds ? "done" : state === "lapsed" ? "failed" : "waits", at: null } as const] : []),
    { step: "issued", how: holds ? "done" : "ahead", at: holds && !two ? issued_at : null },
    { step: "delivered", how: next(delivered, holds), at: delivered_at },
    { step: "executing", how: next(begun, delivered), at: begun_at },
    { step: "receipted", how: next(over, begun), at: receipt?.ended_at ?? null },
  ];
}
