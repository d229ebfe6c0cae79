// How long may a text inside an event be, counted as the Rust side counts it?

/** Why an event's texts are refused. */
export type TextError = "too_large" | "malformed";

/** A text that must be there. */
export function required(of: string, limit: number): TextError | null {
  // White space as Unicode defines it: what `trim` takes off, without the byte order mark, which is none.
  return /^\p{White_Space}*$/u.test(of) ? "malformed" : atMost(of, limit);
}

/** A text that may be missing. */
export function atMost(of: string | null, limit: number): TextError | null {
  if (of === null || of.length <= limit) return null;
  // Characters are code points, as on the Rust side.
  return of.length > limit * 2 || [...of].length > limit ? "too_large" : null;
}
