// How does the focus go from pane to pane, list and log included?
const ORDER = ["rail", "list", "thread", "context"] as const;
const FOCUSABLE = "[tabindex='0'], button:not([disabled]), input:not([disabled]), textarea";

/** Moves the focus `by` panes, skipping panes that are not shown. */
export function focusPane(by: 1 | -1): void {
  const panes = ORDER.map((name) => document.querySelector<HTMLElement>(`[data-pane="${name}"]`)).filter((pane) => pane !== null && pane.getClientRects().length > 0);
  const at = panes.findIndex((pane) => pane?.contains(document.activeElement));
  const next = panes[(at + by + panes.length) % panes.length];
  const stop = next?.querySelector<HTMLElement>("[role='option'][tabindex='0'], article[tabindex='0']") ?? next?.querySelector<HTMLElement>(FOCUSABLE);
  stop?.focus();
}
