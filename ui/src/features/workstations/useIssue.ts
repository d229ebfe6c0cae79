// How does one command go to many machines? One after the other, with what was refused kept to be tried again.
import { useRef, useState } from "react";
import type { CommandRequest, WorkstationEntry } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { errorView } from "../../backend/errors";
import { useFleetChanged } from "../../backend/queries/fleet";

/** A machine that was told nothing, and why. */
export type Refused = { machine: WorkstationEntry; reason: unknown };
/** How far it has come; `left` are those that were not told because it was stopped. */
export type Issued = { given: readonly WorkstationEntry[]; refused: readonly Refused[]; left: readonly WorkstationEntry[] };
type Issue = { running: { done: number; total: number } | null; issued: Issued | null; go: (machines: readonly WorkstationEntry[]) => void; stop: () => void };

/** Gives the command that `ask` makes. `onAll` is called when every machine was told. */
export function useIssue(ask: (machine: WorkstationEntry) => CommandRequest, onAll: (given: readonly WorkstationEntry[]) => void): Issue {
  const backend = useBackend();
  const changed = useFleetChanged();
  const stopped = useRef(false);
  const busy = useRef(false);
  const [running, setRunning] = useState<Issue["running"]>(null);
  const [issued, setIssued] = useState<Issued | null>(null);

  const run = async (machines: readonly WorkstationEntry[]): Promise<void> => {
    const given: WorkstationEntry[] = [...(issued?.given ?? [])];
    const refused: Refused[] = [];
    let at = 0;
    for (; at < machines.length && !stopped.current; at += 1) {
      const machine = machines[at];
      if (machine === undefined) break;
      setRunning({ done: at, total: machines.length });
      try {
        // One after the other: each takes the newest state of the directory.
        // oxlint-disable-next-line no-await-in-loop
        await backend.issueCommand(ask(machine));
        given.push(machine);
      } catch (reason) {
        refused.push({ machine, reason });
        // Without the server, or without the right, the others would be refused too.
        if (["server_unreachable", "not_permitted", "locked"].includes(errorView(reason).code)) stopped.current = true;
      }
    }
    const left = machines.slice(at);
    await changed();
    setRunning(null);
    setIssued({ given, refused, left });
    if (refused.length === 0 && left.length === 0) onAll(given);
  };
  const go = (machines: readonly WorkstationEntry[]): void => {
    if (busy.current) return;
    busy.current = true;
    stopped.current = false;
    void run(machines).finally(() => {
      busy.current = false;
    });
  };
  const stop = (): void => {
    stopped.current = true;
  };
  return { running, issued, go, stop };
}
