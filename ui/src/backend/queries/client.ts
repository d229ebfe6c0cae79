// Where does backend data live? In one query cache that knows nothing of storage and is emptied at lock.
import { QueryClient } from "@tanstack/react-query";
import type { SearchFilter } from "../bindings";
import { errorView } from "../errors";

/** A cache in which data is fresh until an event says otherwise. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: "always",
        retryDelay: 400,
        retry: (count, reason) => errorView(reason).code === "server_busy" && count < 2,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

/** The keys under which answers are kept. */
export const keys = {
  workstation: ["workstation"] as const,
  session: ["session"] as const,
  preferences: ["preferences"] as const,
  background: ["background"] as const,
  directory: ["directory"] as const,
  permissions: ["permissions"] as const,
  people: ["people"] as const,
  signIns: (account: string | null) => ["sign_ins", account] as const,
  workstations: ["workstations"] as const,
  commands: ["commands"] as const,
  incidents: ["incidents"] as const,
  groups: ["groups"] as const,
  rules: ["rules"] as const,
  rulesOf: (workstation: string | null) => ["rules", workstation] as const,
  custody: ["custody"] as const,
  custodyOf: (workstation: string) => ["custody", workstation] as const,
  ownRules: ["own_rules"] as const,
  kept: (what: string) => ["kept", what] as const,
  filling: ["filling"] as const,
  threadLists: ["threads"] as const,
  threads: (filter: string) => ["threads", filter] as const,
  thread: (thread: string) => ["thread", thread] as const,
  messages: (thread: string, anchor: number | null) => ["messages", thread, anchor] as const,
  messagesOf: (thread: string) => ["messages", thread] as const,
  readers: (thread: string, message: string) => ["readers", thread, message] as const,
  readersOf: (thread: string) => ["readers", thread] as const,
  thumbnail: (thread: string, seq: number) => ["thumbnail", thread, seq] as const,
  searches: ["search"] as const,
  search: (query: string, thread: string | null, filter: SearchFilter) => ["search", query, thread, filter] as const,
};
