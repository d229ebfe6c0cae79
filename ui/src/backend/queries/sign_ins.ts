// Where did somebody sign in that was new to them?
import { useQuery } from "@tanstack/react-query";
import type { SignInView } from "../bindings";
import { useBackend } from "../context";
import { keys } from "./client";

/** The person's own with `null`, or somebody else's for who may. Asked anew each time it is looked at. */
export function useSignIns(account: string | null) {
  const backend = useBackend();
  const queryFn = (): Promise<SignInView[]> => (account === null ? backend.signIns() : backend.signInsOf(account));
  return useQuery<SignInView[]>({ queryKey: keys.signIns(account), queryFn, staleTime: 0, refetchOnMount: "always" });
}
