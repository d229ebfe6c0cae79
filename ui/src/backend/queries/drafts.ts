// What was being written in a thread? Saves and loads of one thread never overtake each other.
import { useQuery } from "@tanstack/react-query";
import type { DraftView } from "../bindings";
import { useBackend } from "../context";
import type { Backend } from "../port";

const saving = new Map<string, Promise<void>>();

/** Saves a draft after the save before it. Rejects as the backend does. */
export function saveDraft(backend: Backend, thread: string, draft: DraftView | null): Promise<void> {
  const before = saving.get(thread) ?? Promise.resolve();
  const next = before.then(() => backend.saveDraft(thread, draft), () => backend.saveDraft(thread, draft));
  const done = next.then(() => undefined, () => undefined);
  saving.set(thread, done);
  void done.then(() => {
    if (saving.get(thread) === done) saving.delete(thread);
  });
  return next;
}

/** The saved draft, read anew each time a thread is opened. */
export function useDraft(thread: string) {
  const backend = useBackend();
  return useQuery({
    queryKey: ["draft", thread],
    queryFn: async () => {
      await saving.get(thread);
      return backend.draft(thread);
    },
    gcTime: 0, staleTime: 0, refetchOnMount: "always",
  });
}
