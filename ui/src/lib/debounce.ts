// How is something saved soon, but not on every key? A debounce that can be flushed before the window goes.
/** Saves the last pushed value once `wait` ms have passed since the first unsaved one. */
export type Debounced<T> = { push: (value: T) => void; flush: () => Promise<void>; cancel: () => void };

/** Makes a debounce. The clock starts with the first push, so that steady typing cannot put saving off. */
export function makeDebounce<T>(run: (value: T) => Promise<void>, wait: number): Debounced<T> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let pending: { value: T } | null = null;
  const cancel = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    pending = null;
  };
  const flush = async (): Promise<void> => {
    const last = pending;
    cancel();
    if (last !== null) await run(last.value);
  };
  return {
    push: (value) => {
      pending = { value };
      timer ??= setTimeout(() => void flush(), wait);
    },
    flush,
    cancel,
  };
}
