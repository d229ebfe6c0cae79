// Where does the log stand: at its end, at the first unread message, at a search hit, or where the person left it?
import { useVirtualizer, defaultRangeExtractor, type Virtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import type { LogRow } from "./rows";

/** Where to open. `offset` is the message's distance from the top; null centres it. */
export type Target = { seq: number; offset: number | null } | null;
/** What is seen of the log: the message at the top, its distance from it, and the lowest and highest seq in sight. */
export type Sight = { anchorSeq: number | null; anchorOffset: number; firstSeq: number; lastSeq: number; atEnd: boolean };
type LogVirtualizer = Virtualizer<HTMLDivElement, HTMLDivElement>;

type Options = {
  rows: readonly LogRow[]; target: Target; focused: string | null;
  /** No newer page is missing, so that the end of the rows is the end of the thread. */
  complete: boolean;
  onSight: (sight: Sight) => void;
};

const NEAR_END = 120;
/** What a hand does to a log. */
const INPUTS = ["wheel", "pointerdown", "keydown", "touchmove"] as const;
/** A scroll this soon after a hand was that hand's. */
const HAND_MS = 400;
/** Frames within which rows are measured after a thread opens. */
const SETTLE_FRAMES = 20;

function indexOfSeq(rows: readonly LogRow[], seq: number): number {
  return rows.findIndex((row) => row.message.seq !== null && row.message.seq >= seq);
}

function sightOf(virtual: LogVirtualizer, rows: readonly LogRow[], element: HTMLElement): Sight {
  const top = element.scrollTop;
  const bottom = top + element.clientHeight;
  const inSight = virtual.getVirtualItems().filter((item) => item.end > top && item.start < bottom);
  const first = inSight[0];
  const shown = inSight.filter((item) => item.end <= bottom + 8 || item.start <= top);
  const seqs = shown.flatMap((item) => rows[item.index]?.message.seq ?? []);
  const lastSeq = shown.reduce((seq, item) => Math.max(seq, rows[item.index]?.message.seq ?? 0), 0);
  return {
    anchorSeq: first === undefined ? null : (rows[first.index]?.message.seq ?? null),
    anchorOffset: first === undefined ? 0 : Math.round(first.start - top),
    firstSeq: Math.min(...seqs, lastSeq), lastSeq, atEnd: element.scrollHeight - bottom < NEAR_END,
  };
}

/** Places the log now and again for some frames, while rows are measured or come in. Returns how to stop. */
function settle(place: () => void): () => void {
  let frames = 0;
  let frame = 0;
  const again = (): void => {
    place();
    frames += 1;
    if (frames < SETTLE_FRAMES) frame = requestAnimationFrame(again);
  };
  again();
  return () => cancelAnimationFrame(frame);
}

/** Puts the row of `key` below the top; null: in the middle. */
function placeRow(virtual: LogVirtualizer, key: string, offset: number | null): void {
  const item = virtual.measurementsCache.find((one) => one.key === key);
  const height = virtual.scrollElement?.clientHeight ?? 0;
  if (item !== undefined) virtual.scrollToOffset(Math.max(0, item.start - (offset ?? Math.max(0, (height - item.size) / 2))));
}

/** The virtual log. Keeps its place while rows come in before and after, and follows the end when it stands there. */
export function useLog(scroller: RefObject<HTMLDivElement | null>, { rows, target, focused, complete, onSight }: Options) {
  /** The view stands at the thread's end and stays there until a hand moves it away. */
  const pinned = useRef(target === null);
  const hand = useRef({ down: false, at: 0 });
  const placed = useRef(false);
  const stopSettling = useRef<() => void>(() => undefined);
  const focusedIndex = focused === null ? -1 : rows.findIndex((row) => row.key === focused);
  const virtual = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => 68, overscan: 8, anchorTo: "end",
    getItemKey: (index) => rows[index]?.key ?? index, paddingStart: 16, paddingEnd: 16, initialRect: { width: 600, height: 600 },
    rangeExtractor: useCallback((range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const indexes = defaultRangeExtractor(range);
      // The focused message stays drawn, or the focus would fall out of the window.
      if (focusedIndex < 0 || indexes.includes(focusedIndex)) return indexes;
      return [...indexes, focusedIndex].toSorted((a, b) => a - b);
    }, [focusedIndex]),
  });
  const lastKey = rows.at(-1)?.key;
  const toEnd = useCallback(() => {
    stopSettling.current();
    stopSettling.current = settle(() => {
      const element = scroller.current;
      if (element !== null) virtual.scrollToOffset(element.scrollHeight);
    });
  }, [scroller, virtual]);

  useLayoutEffect(() => {
    if (rows.length === 0 || placed.current) return;
    placed.current = true;
    const key = target === null ? undefined : rows[indexOfSeq(rows, target.seq)]?.key;
    if (target === null || key === undefined) toEnd();
    else stopSettling.current = settle(() => placeRow(virtual, key, target.offset));
  }, [rows, target, virtual, toEnd]);
  useEffect(() => {
    const element = scroller.current;
    // A hand on wheel, scroll bar or keys decides where the log stands.
    const touch = (event: Event): void => {
      stopSettling.current();
      hand.current = { down: event.type === "pointerdown", at: performance.now() };
    };
    const release = (): void => {
      if (hand.current.down) hand.current = { down: false, at: performance.now() };
    };
    for (const input of INPUTS) element?.addEventListener(input, touch, { passive: true });
    window.addEventListener("pointerup", release);
    return () => {
      stopSettling.current();
      for (const input of INPUTS) element?.removeEventListener(input, touch);
      window.removeEventListener("pointerup", release);
    };
  }, [scroller]);

  useLayoutEffect(() => {
    // A row that arrives at the end pulls a view along that stands there; a page that is loaded does not.
    if (placed.current && pinned.current && complete) toEnd();
    // The newest row is what this waits for.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [lastKey, complete, toEnd]);

  const report = useCallback(() => {
    const element = scroller.current;
    if (element === null || rows.length === 0) return;
    const sight = sightOf(virtual, rows, element);
    if (sight.atEnd && complete) pinned.current = true;
    else if (!sight.atEnd && (hand.current.down || performance.now() - hand.current.at < HAND_MS)) pinned.current = false;
    onSight(sight);
  }, [scroller, rows, virtual, complete, onSight]);

  /** Brings a row into sight with the least movement. */
  const reveal = useCallback((key: string) => {
    const element = scroller.current;
    const item = virtual.measurementsCache.find((one) => one.key === key);
    if (element === null || item === undefined) return;
    stopSettling.current();
    if (item.start < element.scrollTop) virtual.scrollToOffset(Math.max(0, item.start - 8));
    else if (item.end > element.scrollTop + element.clientHeight) virtual.scrollToOffset(item.end - element.clientHeight + 8);
  }, [scroller, virtual]);

  return { virtual, report, reveal, toEnd };
}
