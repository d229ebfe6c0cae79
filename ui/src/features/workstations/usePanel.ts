// Where does the focus go when a panel opens beside a list, or in its place, and when it closes?
import { useEffect, type RefObject } from "react";

/** Below this width the panel stands in the list's place; the style says the same. */
const INSTEAD = "(max-width: 1099px)";

/** Escape closes the panel, and the focus goes back to the row. In the list's place the panel takes the focus. */
export function usePanel(panel: RefObject<HTMLElement | null>, onClose: () => void): void {
  useEffect(() => {
    const before = document.activeElement;
    const element = panel.current;
    if (typeof window.matchMedia === "function" && window.matchMedia(INSTEAD).matches) {
      element?.focus({ preventScroll: true });
      element?.scrollIntoView({ block: "start" });
    }
    return () => {
      // After the list is in sight again.
      requestAnimationFrame(() => {
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
      });
    };
  }, [panel]);
  useEffect(() => {
    const element = panel.current;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      onClose();
    };
    element?.addEventListener("keydown", onKeyDown);
    return () => element?.removeEventListener("keydown", onKeyDown);
  }, [panel, onClose]);
}
