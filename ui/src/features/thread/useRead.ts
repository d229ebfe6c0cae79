// When does a message count as read? When the window has the focus and the message has been on screen for two seconds.
import { useCallback, useEffect, useRef } from "react";
import { useBackend } from "../../backend/context";

const SHOWN_MS = 2000;
const TICK_MS = 250;

/** Follows the highest seq on screen and marks it read. `held` (peeking, or just marked unread) marks nothing. */
export function useRead(thread: string, readSeq: number, held: boolean): (visible: number) => void {
  const backend = useBackend();
  const seen = useRef<{ seq: number; since: number }[]>([]);
  const marked = useRef(readSeq);
  useEffect(() => {
    marked.current = readSeq;
  }, [readSeq]);

  useEffect(() => {
    if (held) return undefined;
    const timer = setInterval(() => {
      const now = Date.now();
      if (!document.hasFocus() || document.visibilityState !== "visible") {
        // The clock starts again when somebody is back.
        seen.current = seen.current.map(({ seq }) => ({ seq, since: now }));
        return;
      }
      const ripe = seen.current.filter(({ since }) => now - since >= SHOWN_MS).reduce((top, { seq }) => Math.max(top, seq), 0);
      if (ripe === 0) return;
      seen.current = seen.current.filter(({ seq }) => seq > ripe);
      if (ripe <= marked.current) return;
      marked.current = ripe;
      // Marking again later costs nothing, so a refusal needs no words.
      void backend.markRead(thread, ripe).catch(() => { marked.current = readSeq; });
    }, TICK_MS);
    return () => {
      clearInterval(timer);
      seen.current = [];
    };
  }, [backend, thread, held, readSeq]);

  return useCallback((visible: number) => {
    const top = seen.current.at(-1)?.seq ?? 0;
    if (visible > Math.max(top, marked.current)) seen.current.push({ seq: visible, since: Date.now() });
  }, []);
}
