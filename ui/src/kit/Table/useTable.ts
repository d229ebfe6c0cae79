// Where is the focus in a table, which rows are drawn, and what does each key do?
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import type { TableProps } from "./Table";

const ROW = 48;
const PAGE = 10;

/** What a table needs beside its looks. */
export function useTable<R, A>({ rows, idOf, chosen, onChosen, opened, onOpen }: TableProps<R, A>, scroller: RefObject<HTMLDivElement | null>) {
  const focusNext = useRef(false);
  const anchor = useRef<number | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const found = rows.findIndex((row) => idOf(row) === (active ?? opened));
  const stop = found < 0 ? 0 : found;
  // The row that has the focus stays drawn wherever the list is scrolled to: what is not drawn loses the focus.
  const rangeExtractor = useCallback((range: Range) => [...new Set([stop, ...defaultRangeExtractor(range)])].filter((at) => at < range.count).toSorted((a, b) => a - b), [stop]);
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 8, rangeExtractor, scrollPaddingEnd: ROW,
    getItemKey: (at) => { const row = rows[at]; return row === undefined ? at : idOf(row); }, initialRect: { width: 1000, height: 700 },
  });

  useEffect(() => {
    if (!focusNext.current) return;
    const row = scroller.current?.querySelector<HTMLElement>("[role='row'][tabindex='0']");
    if (row === null || row === undefined) return;
    focusNext.current = false;
    row.focus({ preventScroll: true });
  });

  const walk = (to: number): number => {
    const at = Math.max(0, Math.min(rows.length - 1, to));
    const row = rows[at];
    if (row === undefined) return stop;
    focusNext.current = true;
    setActive(idOf(row));
    virtual.scrollToIndex(at, { align: "auto" });
    return at;
  };
  const choose = (at: number, through: boolean): void => {
    const row = rows[at];
    if (row === undefined || onChosen === undefined) return;
    const next = new Set(chosen);
    const from = through ? (anchor.current ?? at) : at;
    // A range takes over what its first row is; a single row turns round.
    if (through) for (const one of rows.slice(Math.min(from, at), Math.max(from, at) + 1)) next.add(idOf(one));
    else if (!next.delete(idOf(row))) next.add(idOf(row));
    if (!through) anchor.current = at;
    setActive(idOf(row));
    onChosen(next);
  };
  const open = (at: number): void => {
    const row = rows[at];
    if (row === undefined) return;
    setActive(idOf(row));
    onOpen(idOf(row));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // The header's buttons have keys of their own.
    if (!(event.target instanceof Element) || event.target.closest("[data-index]") === null) return;
    const steps: Partial<Record<string, number>> = { ArrowDown: stop + 1, ArrowUp: stop - 1, Home: 0, End: rows.length - 1, PageDown: stop + PAGE, PageUp: stop - PAGE };
    const to = steps[event.key];
    const mod = event.ctrlKey || event.metaKey;
    if (event.altKey) return;
    if (to !== undefined && !mod) {
      if (event.shiftKey) anchor.current ??= stop;
      const at = walk(to);
      if (event.shiftKey) choose(at, true);
    } else if (event.key === " " && !mod) choose(stop, event.shiftKey);
    else if (event.key === "Enter" && !mod) open(stop);
    else if (event.key.toLowerCase() === "a" && mod && onChosen !== undefined) onChosen(new Set(rows.map(idOf)));
    else if (event.key === "Escape" && chosen.size > 0 && onChosen !== undefined) onChosen(new Set());
    else return;
    event.preventDefault();
  };
  return { stop, virtual, choose, open, onKeyDown };
}
