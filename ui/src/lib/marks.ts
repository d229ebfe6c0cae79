// Which pieces of a snippet are marked? Ranges come from outside, so they are clamped and may overlap.
/** A piece of text, marked or not. */
export type Piece = { text: string; marked: boolean; start: number };

/** Cuts `snippet` at UTF-16 ranges. Ranges outside the text or out of order lose nothing and add nothing. */
export function pieces(snippet: string, marks: readonly (readonly [number, number])[]): Piece[] {
  const out: Piece[] = [];
  let at = 0;
  for (const [from, to] of [...marks].toSorted((a, b) => a[0] - b[0])) {
    const start = Math.min(Math.max(from, at), snippet.length);
    const end = Math.min(Math.max(to, start), snippet.length);
    if (end === start) continue;
    if (start > at) out.push({ text: snippet.slice(at, start), marked: false, start: at });
    out.push({ text: snippet.slice(start, end), marked: true, start });
    at = end;
  }
  if (at < snippet.length) out.push({ text: snippet.slice(at), marked: false, start: at });
  return out;
}
