// Which messages of a thread are loaded, and how do more come in, in both directions?
import { useInfiniteQuery, useMutation, useQueryClient, type InfiniteData } from "@tanstack/react-query";
import type { MessagePage, MessageView, SendMessageRequest } from "../bindings";
import { useBackend } from "../context";
import { keys } from "./client";

/** Rows asked for at once: about three screens. */
const PAGE = 60;
/** Pages kept: what lies further away is dropped and asked for again. */
const MAX_PAGES = 12;

type Param = { before: number | null; after: number | null };

const seqOf = (message: MessageView | undefined): number | null => message?.seq ?? null;

/** The lowest and highest seq in a page; rows that only wait to be sent have none. */
function edges(page: MessagePage): { first: number | null; last: number | null } {
  const placed = page.messages.filter((message) => message.seq !== null);
  return { first: seqOf(placed[0]), last: seqOf(placed[placed.length - 1]) };
}

/** Opens a thread at its end (`anchor` null) or around `anchor`, and pages both ways. */
export function useMessages(thread: string, anchor: number | null) {
  const backend = useBackend();
  const initial: Param = { before: null, after: anchor === null ? null : Math.max(0, anchor - PAGE / 2) };
  return useInfiniteQuery<MessagePage, Error, InfiniteData<MessagePage, Param>, ReturnType<typeof keys.messages>, Param>({
    queryKey: keys.messages(thread, anchor),
    queryFn: ({ pageParam }) => backend.messages({ thread, ...pageParam, limit: PAGE }),
    initialPageParam: initial,
    maxPages: MAX_PAGES,
    getPreviousPageParam: (page) => {
      const { first } = edges(page);
      return page.has_before && first !== null ? { before: first, after: null } : undefined;
    },
    getNextPageParam: (page) => {
      const { last } = edges(page);
      return page.has_after && last !== null ? { before: null, after: last } : undefined;
    },
  });
}

/** Takes a message into the outbox. Resolves once it is safe on this workstation, not when it is sent. */
export function useSendMessage() {
  const backend = useBackend();
  return useMutation({ mutationFn: (request: SendMessageRequest) => backend.sendMessage(request) });
}

/** Tries a failed message again, or discards it for good. */
export function useOutbox(thread: string) {
  const backend = useBackend();
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: keys.messagesOf(thread) });
  return {
    retry: useMutation({ mutationFn: (entry: string) => backend.retryMessage(entry), onSettled }),
    discard: useMutation({ mutationFn: (entry: string) => backend.discardMessage(entry), onSettled }),
  };
}
