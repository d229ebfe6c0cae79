// Where is the person, so that an unlock can come back to it?
import { useCallback, useMemo, useRef } from "react";
import type { ViewState } from "../backend/bindings";
import { useBackend } from "../backend/context";
import { makeDebounce } from "../lib/debounce";
import { useFlush } from "../lib/flush";

const SAVE_MS = 700;

/** Collects what each pane reports and saves it soon, and at lock. */
export function useViewState(first: ViewState): (part: Partial<ViewState>) => void {
  const backend = useBackend();
  const state = useRef(first);
  const saving = useMemo(() => makeDebounce((next: ViewState) => backend.saveViewState(next).catch(() => undefined), SAVE_MS), [backend]);
  useFlush(useCallback(() => saving.flush(), [saving]));
  return useCallback((part: Partial<ViewState>) => {
    const next = { ...state.current, ...part };
    if (JSON.stringify(next) === JSON.stringify(state.current)) return;
    state.current = next;
    saving.push(next);
  }, [saving]);
}
