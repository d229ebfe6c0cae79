// What does the person tighten for themselves, and how is that changed?
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { OwnRules, OwnRulesView } from "../bindings";
import { useBackend } from "../context";
import { keys } from "./client";

/** The own rules, and what holds without them. */
export function useOwnRules() {
  const backend = useBackend();
  return useQuery<OwnRulesView>({ queryKey: keys.ownRules, queryFn: () => backend.ownRules(), staleTime: 0, refetchOnMount: "always" });
}

/** Sets them, one change after the other; the screen follows at once and falls back if the core refuses. */
export function useSetOwnRules() {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation({
    scope: { id: "own_rules" },
    mutationFn: (own: OwnRules) => backend.setOwnRules(own),
    onMutate: (own) => {
      const before = client.getQueryData<OwnRulesView>(keys.ownRules);
      client.setQueryData<OwnRulesView>(keys.ownRules, (old) => (old === undefined ? old : { ...old, own }));
      return { before };
    },
    onError: (_reason, _own, context) => client.setQueryData(keys.ownRules, context?.before),
    onSuccess: (view) => {
      client.setQueryData(keys.ownRules, view);
      void client.invalidateQueries({ queryKey: keys.rules });
    },
  });
}
