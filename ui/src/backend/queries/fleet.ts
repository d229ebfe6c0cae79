// Which machines are there, what were they told, who answers for each, which are lost, and what holds there? Asked again as long as somebody looks.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { CommandView, CustodyView, GroupView, IncidentView, RuleView, WorkstationEntry } from "../bindings";
import { useBackend } from "../context";
import { keys } from "./client";

/** Who is connected changes by itself, and no event says so. */
const LOOK_AGAIN_MS = 15_000;
/** A command that is under way moves within seconds. */
const SOON_MS = 3_000;

/** Whether a command is over: nothing more will be heard of it. */
export function isOver(command: CommandView): boolean {
  return command.state === "receipted" || command.state === "lapsed";
}

/** Whether it may move any moment. */
function isMoving({ state }: CommandView): boolean {
  return state === "issued" || state === "delivered" || state === "executing";
}

/** Every workstation and every token that waits. */
export function useWorkstations() {
  const backend = useBackend();
  return useQuery<WorkstationEntry[]>({ queryKey: keys.workstations, queryFn: () => backend.workstations(), staleTime: 0, refetchOnMount: "always", refetchInterval: LOOK_AGAIN_MS });
}

/** Every command, the newest first. While one is under way it is asked for again every few seconds. */
export function useCommandList() {
  const backend = useBackend();
  return useQuery<CommandView[]>({
    queryKey: keys.commands, queryFn: () => backend.commands(), staleTime: 0, refetchOnMount: "always",
    refetchInterval: ({ state }) => (state.data?.some(isMoving) === true ? SOON_MS : LOOK_AGAIN_MS),
  });
}

/** The register of lost machines, the newest first. While a command for one is under way it is asked for again every few seconds. */
export function useIncidents() {
  const backend = useBackend();
  return useQuery<IncidentView[]>({
    queryKey: keys.incidents, queryFn: () => backend.incidents(), staleTime: 0, refetchOnMount: "always",
    refetchInterval: ({ state }) => (state.data?.some((one) => one.closed === null && one.commands.some(isMoving)) === true ? SOON_MS : LOOK_AGAIN_MS),
  });
}

/** Every group that has rules. */
export function useGroups() {
  const backend = useBackend();
  return useQuery<GroupView[]>({ queryKey: keys.groups, queryFn: () => backend.groups(), staleTime: 0, refetchOnMount: "always" });
}

/** What holds at a machine; at this one for `null`. */
export function useRules(workstation: string | null) {
  const backend = useBackend();
  return useQuery<RuleView[]>({ queryKey: keys.rulesOf(workstation), queryFn: () => backend.rules(workstation), staleTime: 0, refetchOnMount: "always" });
}

/** Every change of who answers for a machine, the newest first. */
export function useCustody(workstation: string) {
  const backend = useBackend();
  return useQuery<CustodyView[]>({ queryKey: keys.custodyOf(workstation), queryFn: () => backend.custody(workstation), staleTime: 0, refetchOnMount: "always" });
}

/** Asks again for what the console shows. Wait for it before a dialog goes: what lies under it must not move when it is gone. */
export function useFleetChanged(): () => Promise<unknown> {
  const client = useQueryClient();
  return () => Promise.all([keys.workstations, keys.commands, keys.incidents, keys.groups, keys.rules, keys.custody].map((queryKey) => client.invalidateQueries({ queryKey })));
}
