// Who is signed in, on what machine, with which preferences?
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DirectoryPerson, Preferences, SessionView, WorkstationView } from "../bindings";
import { useBackend } from "../context";
import { keys } from "./client";

/** What may be known while locked. */
export function useWorkstation() {
  const backend = useBackend();
  return useQuery<WorkstationView>({ queryKey: keys.workstation, queryFn: () => backend.workstation() });
}

/** The signed-in person, connection and policy. */
export function useSession() {
  const backend = useBackend();
  return useQuery<SessionView>({ queryKey: keys.session, queryFn: () => backend.session() });
}

/** Everybody of the organisation. */
export function useDirectory(enabled = true) {
  const backend = useBackend();
  return useQuery<DirectoryPerson[]>({ queryKey: keys.directory, queryFn: () => backend.directory(), enabled });
}

/** The person's preferences as saved in the vault. */
export function usePreferences() {
  const backend = useBackend();
  return useQuery<Preferences>({ queryKey: keys.preferences, queryFn: () => backend.preferences() });
}

/** Saves preferences; the screen follows at once and falls back if the vault refuses. */
export function useSavePreferences() {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (next: Preferences) => backend.savePreferences(next),
    onMutate: (next) => {
      const before = client.getQueryData<Preferences>(keys.preferences);
      client.setQueryData(keys.preferences, next);
      return { before };
    },
    onError: (_reason, _next, context) => client.setQueryData(keys.preferences, context?.before),
  });
}
