// What does a search find, over everything or within one thread?
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { SearchPage } from "../bindings";
import { useBackend } from "../context";
import { keys } from "./client";

const PAGE = 40;

/** Hits newest first; an empty query asks nothing. */
export function useSearch(query: string, thread: string | null) {
  const backend = useBackend();
  return useInfiniteQuery({
    queryKey: keys.search(query, thread),
    queryFn: ({ pageParam }): Promise<SearchPage> => backend.search({ query, thread, before: pageParam, limit: PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: query.trim() !== "",
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}
