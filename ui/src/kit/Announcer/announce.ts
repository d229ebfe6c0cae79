// How does something get said aloud that is not where the focus is?
type Voice = "polite" | "assertive";
type Listener = (words: string, voice: Voice) => void;
let listener: Listener | null = null;

/** Says `words` to screen readers. */
export function announce(words: string, voice: Voice = "polite"): void {
  listener?.(words, voice);
}

/** Connects the two live regions; returns how to disconnect them. */
export function listenToAnnouncements(next: Listener): () => void {
  listener = next;
  return () => {
    listener = null;
  };
}
