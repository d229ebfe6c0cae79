// How is the backend called when the question or the answer is a secret? Past the cache: nothing of it is kept here.
import { useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** A call in its visible states. `reason` is what the last one rejected with, `at` when. */
export type Call<A extends unknown[]> = { go: (...args: A) => void; busy: boolean; reason: unknown; at: number; forget: () => void };

const NO_FAILURE = { reason: null as unknown, at: 0 };

/** Calls `run` once at a time and hands its answer to `onDone`, which must keep it no longer than the screen needs it. */
export function useCall<A extends unknown[], R>(run: (...args: A) => Promise<R>, onDone: (answer: R) => void, onFailed?: (reason: unknown) => void): Call<A> {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState(NO_FAILURE);
  const running = useRef(false);
  const mounted = useRef(true);
  const latest = useRef({ run, onDone, onFailed });
  useEffect(() => {
    latest.current = { run, onDone, onFailed };
  });
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  const forget = useCallback(() => setFailure(NO_FAILURE), []);
  const go = useCallback((...args: A): void => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setFailure(NO_FAILURE);
    // The screen is out of its busy state before anybody is told, so that a field can take the focus again.
    const settled = (show: typeof NO_FAILURE, tell: () => void): void => {
      running.current = false;
      if (!mounted.current) return;
      flushSync(() => {
        setBusy(false);
        setFailure(show);
      });
      tell();
    };
    latest.current.run(...args).then((answer) => settled(NO_FAILURE, () => latest.current.onDone(answer)), (reason: unknown) => settled({ reason, at: Date.now() }, () => latest.current.onFailed?.(reason)));
  }, []);
  return { go, busy, reason: failure.reason, at: failure.at, forget };
}
