// What may the person administer, and who belongs to the clinic? Lists only: what is secret goes past the cache.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { FillingView, Permissions, PersonView } from "../bindings";
import { useBackend } from "../context";
import { keys } from "./client";

/** Until it is known what the person may do: nothing is administered, and no list is hidden that may be theirs. The core refuses the rest. */
const UNKNOWN: Permissions = { role: null, classes: ["clinical", "scheduling", "billing", "staff"], people: false, workstations: false, review: false, admin: "none", root_key: false, root_sheets: false };

/** The person's rights; none to administer until they are known. */
export function usePermissions(): Permissions {
  const backend = useBackend();
  return useQuery<Permissions>({ queryKey: keys.permissions, queryFn: () => backend.permissions() }).data ?? UNKNOWN;
}

/** Everybody with their state. */
export function usePeople(enabled = true) {
  const backend = useBackend();
  return useQuery<PersonView[]>({ enabled, queryKey: keys.people, queryFn: () => backend.people(), staleTime: 0, refetchOnMount: "always" });
}

/** Asks again for the people, the machines, the lost ones and the directory. */
export function useStaffChanged(): () => Promise<unknown> {
  const client = useQueryClient();
  return () => Promise.all([keys.people, keys.workstations, keys.incidents, keys.directory, keys.permissions].map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** How far a new vault has come; null when it has everything. Events keep it true. */
export function useFilling(): FillingView | null {
  const backend = useBackend();
  return useQuery<FillingView | null>({ queryKey: keys.filling, queryFn: () => backend.filling() }).data ?? null;
}
