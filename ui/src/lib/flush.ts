// Who must be heard before the content goes? Whatever holds something unsaved registers here and is flushed at lock.
import { useEffect } from "react";

type Flush = () => Promise<void>;
const waiting = new Set<Flush>();

/** Saves everything that is unsaved. Settles when all have answered or after `limit` ms, never rejects. */
export async function flushAll(limit: number): Promise<void> {
  const all = Promise.allSettled([...waiting].map((flush) => flush()));
  await Promise.race([all, new Promise((resolve) => setTimeout(resolve, limit))]);
}

/** Registers `flush` while mounted, and runs it once more when the component goes. `flush` must be stable. */
export function useFlush(flush: Flush): void {
  useEffect(() => {
    waiting.add(flush);
    return () => {
      waiting.delete(flush);
      void flush();
    };
  }, [flush]);
}
