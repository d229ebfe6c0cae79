// Does the app start with the system, and how is that switched?
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { BackgroundView } from "../bindings";
import { useBackend } from "../context";
import { keys } from "./client";

/** Whether it does. The system's own settings may have changed it: asked anew wherever it is shown. */
export function useBackground() {
  const backend = useBackend();
  return useQuery<BackgroundView>({ queryKey: keys.background, queryFn: () => backend.background(), staleTime: 0, refetchOnMount: "always" });
}

/** Switches it; the screen says what the system says afterwards. */
export function useSetBackground() {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation({ mutationFn: (on: boolean) => backend.setBackground(on), onSettled: () => client.invalidateQueries({ queryKey: keys.background }) });
}
