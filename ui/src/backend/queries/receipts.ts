// Who has read a message, and how does somebody take note of one?
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AcknowledgeRequest } from "../bindings";
import { useBackend } from "../context";
import { keys } from "./client";

/** Whom a message was for, each with what is known of them. */
export function useReaders(thread: string, message: string) {
  const backend = useBackend();
  return useQuery({ queryKey: keys.readers(thread, message), queryFn: () => backend.readers(thread, message) });
}

/** Takes note of somebody's message. Resolves once it is safe on this workstation. */
export function useAcknowledge(thread: string) {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: Omit<AcknowledgeRequest, "thread">) => backend.acknowledge({ thread, ...request }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.messagesOf(thread) }),
  });
}
