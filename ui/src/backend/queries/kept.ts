// What does a place remember while the window is open? It lives in the query cache, so that locking empties it with all else.
import { useCallback } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { keys } from "./client";

/** As `useState`, and still there after the place was left; gone with the lock, and never on the disk. */
export function useKept<T>(what: string, first: T): [T, (next: T | ((old: T) => T)) => void] {
  const client = useQueryClient();
  const { data } = useQuery<T>({ queryKey: keys.kept(what), queryFn: () => first, initialData: first, staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY });
  const set = useCallback((next: T | ((old: T) => T)) => {
    client.setQueryData<T>(keys.kept(what), (old) => (typeof next === "function" ? (next as (old: T) => T)(old ?? first) : next));
    // `first` is what it was when the place was first shown.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, what]);
  return [data === undefined ? first : data, set];
}
