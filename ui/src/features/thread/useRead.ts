// When does a message count as displayed? When it was on screen for two seconds without a break, while the window had the focus.
import { useCallback, useEffect, useRef } from "react";
import type { AppEvent } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useEvents } from "../../backend/queries/events";

const SHOWN_MS = 2000;
const TICK_MS = 250;

/** A stretch of the log on the screen, and since when it was that one. */
type Sample = { from: number; to: number; since: number };

/** What was on the screen all of the last two seconds, or null. */
function shownThroughout(samples: readonly Sample[], now: number): { from: number; to: number } | null {
  // What was there two seconds ago, and everything since.
  const first = samples.findLastIndex(({ since }) => now - since >= SHOWN_MS);
  if (first < 0) return null;
  const during = samples.slice(first);
  const from = Math.max(...during.map((one) => one.from));
  const to = Math.min(...during.map((one) => one.to));
  return from <= to ? { from, to } : null;
}

/** Follows what is on the screen and tells what was displayed. `held` (peeking, or just marked unread) tells nothing. */
export function useRead(thread: string, readSeq: number, held: boolean): (from: number, to: number) => void {
  const backend = useBackend();
  const samples = useRef<Sample[]>([]);
  const read = useRef(readSeq);
  const told = useRef<{ from: number; to: number } | null>(null);
  useEffect(() => {
    read.current = readSeq;
  }, [readSeq]);
  /** Left alone, the screen fades before it locks: nobody looks at it. */
  const fades = useRef(false);
  useEvents(useCallback((event: AppEvent) => {
    if (event.kind === "lock_warning") fades.current = true;
    else if (event.kind === "lock_cancelled") fades.current = false;
  }, []));

  useEffect(() => {
    if (held) return undefined;
    // What was looked at while it was held does not count.
    samples.current = samples.current.slice(-1).map((one) => ({ ...one, since: Date.now() }));
    const timer = setInterval(() => {
      const now = Date.now();
      const last = samples.current.at(-1);
      if (last === undefined) return;
      if (fades.current || !document.hasFocus() || document.visibilityState !== "visible") {
        // The clock starts again when somebody is back.
        samples.current = [{ ...last, since: now }];
        return;
      }
      const shown = shownThroughout(samples.current, now);
      if (shown === null || shown.to <= read.current || (told.current?.from === shown.from && told.current.to === shown.to)) return;
      told.current = shown;
      // Telling it again later costs nothing, so a refusal needs no words.
      const again = (): void => { told.current = null; };
      void backend.displayed(thread, shown.from, shown.to).then((counts) => { if (!counts) again(); }, again);
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [backend, thread, held]);

  return useCallback((from: number, to: number) => {
    const last = samples.current.at(-1);
    if (last?.from === from && last.to === to) return;
    const now = Date.now();
    // One sample from before the two seconds is enough to know what was there when they began.
    const old = samples.current.findLastIndex(({ since }) => now - since >= SHOWN_MS);
    samples.current = [...samples.current.slice(Math.max(0, old)), { from, to, since: now }];
  }, []);
}
