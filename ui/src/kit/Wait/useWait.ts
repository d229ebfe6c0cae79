// How long until a repeat may succeed? Counted down from what the last call rejected with.
import { useEffect, useState } from "react";
import { errorView } from "../../backend/errors";

/** Seconds left after a call that failed `at`; 0 when nothing has to be waited for. */
export function useWait({ reason, at }: { reason: unknown; at: number }): number {
  const [now, setNow] = useState(0);
  const seconds = reason === null ? 0 : (errorView(reason).retry_after_seconds ?? 0);
  const until = at + seconds * 1000;
  useEffect(() => {
    if (seconds <= 0) return undefined;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [seconds, until]);
  return seconds <= 0 ? 0 : Math.max(0, Math.ceil((until - Math.max(now, at)) / 1000));
}
