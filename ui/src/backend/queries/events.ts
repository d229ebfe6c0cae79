// What does the screen do when the core says that something changed?
import { useEffect } from "react";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { AppEvent, FillingView, SessionView, WorkstationView } from "../bindings";
import { useBackend } from "../context";
import { keys } from "./client";

/** Calls `listener` for every event while mounted. `listener` must be stable. */
export function useEvents(listener: (event: AppEvent) => void): void {
  const backend = useBackend();
  useEffect(() => backend.subscribe(listener), [backend, listener]);
}

/** Keeps the query cache true to the events. */
export function useCacheEvents(): void {
  const client = useQueryClient();
  const backend = useBackend();
  useEffect(() => backend.subscribe((event) => applyEvent(client, event)), [backend, client]);
}

function applyEvent(client: QueryClient, event: AppEvent): void {
  switch (event.kind) {
    case "connection":
      client.setQueryData<SessionView>(keys.session, (old) => (old ? { ...old, connection: event.connection } : old));
      client.setQueryData<WorkstationView>(keys.workstation, (old) => (old ? { ...old, connection: event.connection } : old));
      return;
    case "threads_changed":
      void client.invalidateQueries({ queryKey: keys.threadLists });
      if (event.threads === null) {
        void client.invalidateQueries({ queryKey: ["thread"] });
        void client.invalidateQueries({ queryKey: ["messages"] });
        void client.invalidateQueries({ queryKey: ["readers"] });
        return;
      }
      for (const thread of event.threads) {
        void client.invalidateQueries({ queryKey: keys.thread(thread) });
        void client.invalidateQueries({ queryKey: keys.messagesOf(thread) });
        void client.invalidateQueries({ queryKey: keys.readersOf(thread) });
      }
      return;
    case "workstation_changed":
      void client.invalidateQueries({ queryKey: keys.workstation });
      void client.invalidateQueries({ queryKey: keys.session });
      void client.invalidateQueries({ queryKey: keys.permissions });
      void client.invalidateQueries({ queryKey: keys.directory });
      for (const queryKey of [keys.people, keys.workstations, keys.commands, keys.incidents, keys.groups, keys.rules, keys.ownRules]) void client.invalidateQueries({ queryKey });
      void client.invalidateQueries({ queryKey: ["search"] });
      return;
    case "filling":
      client.setQueryData<FillingView | null>(keys.filling, event.done >= event.total ? null : { done: event.done, total: event.total });
      return;
    case "catching_up":
    case "lock_warning":
    case "lock_cancelled":
    case "locking":
      return;
    default: {
      const never: never = event;
      return never;
    }
  }
}
