// What does a search find, over everything or within one thread?
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { SearchFilter, SearchPage } from "../bindings";
import { useBackend } from "../context";
import { keys } from "./client";

const PAGE = 40;

/** A filter that lets everything through. */
export const NO_FILTER: SearchFilter = { from: null, role: null, patient: null, since: null, until: null, priority: null };

/** How many things a filter says. */
export function countFilters(filter: SearchFilter): number {
  return Object.values(filter).filter((one) => one !== null).length;
}

/** Whether there is something to ask: words, or a filter that is one without words. */
export function isAsked(query: string, filter: SearchFilter): boolean {
  return query.trim() !== "" || filter.from !== null || filter.role !== null || filter.patient !== null || (filter.priority !== null && filter.priority !== "fyi");
}

/** Hits newest first; where nothing is asked, nothing is. */
export function useSearch(query: string, thread: string | null, filter: SearchFilter = NO_FILTER) {
  const backend = useBackend();
  return useInfiniteQuery({
    queryKey: keys.search(query, thread, filter),
    queryFn: ({ pageParam }): Promise<SearchPage> => backend.search({ query, thread, before: pageParam, limit: PAGE, filter }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: isAsked(query, filter),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}
