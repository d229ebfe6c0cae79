// Which threads stand in the list, and what is known of one of them?
import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { CreateThreadRequest, ThreadFilter, ThreadPage, ThreadRow, ThreadView } from "../bindings";
import { useBackend } from "../context";
import { keys } from "./client";

const PAGE = 100;

/** The list of one filter, page by page, with the counts of all four. */
export function useThreads(filter: ThreadFilter) {
  const backend = useBackend();
  return useInfiniteQuery({
    queryKey: keys.threads(filter),
    queryFn: ({ pageParam }): Promise<ThreadPage> => backend.threads({ filter, after: pageParam, limit: PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: undefined,
  });
}

/** One thread: its row, members, warnings and how far it is read. */
export function useThread(thread: string | null) {
  const backend = useBackend();
  return useQuery<ThreadView>({
    queryKey: keys.thread(thread ?? ""),
    queryFn: () => backend.thread(thread ?? ""),
    enabled: thread !== null,
  });
}

/** Makes a thread; the list asks again. */
export function useCreateThread() {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: CreateThreadRequest) => backend.createThread(request),
    onSuccess: (view) => {
      client.setQueryData(keys.thread(view.row.thread), view);
      void client.invalidateQueries({ queryKey: keys.threadLists });
    },
  });
}

/** Every row the cache holds now, whatever its filter: what the palette offers without asking. */
export function cachedRows(client: QueryClient): ThreadRow[] {
  const rows = new Map<string, ThreadRow>();
  for (const [, data] of client.getQueriesData<{ pages: ThreadPage[] }>({ queryKey: keys.threadLists }))
    for (const page of data?.pages ?? []) for (const row of page.rows) rows.set(row.thread, row);
  return [...rows.values()].toSorted((a, b) => b.last_at - a.last_at);
}
