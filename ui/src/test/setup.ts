// What does jsdom lack that the app needs, and what must be put back after each test?
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

function scrollTo(this: Element, options?: ScrollToOptions | number): void {
  if (typeof options === "object") this.scrollTop = options.top ?? this.scrollTop;
}

class StillObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** What a test of pure code in plain Node has no need of. */
function fitDocument(): void {
  vi.stubGlobal("ResizeObserver", StillObserver);
  vi.stubGlobal("CSS", { escape: (text: string) => text.replaceAll(/["\\]/gu, "\\$&") });
  Element.prototype.scrollIntoView = () => undefined;
  Element.prototype.scrollTo = scrollTo;
  // jsdom lays nothing out: panes are as large as a window's, the rows of virtual lists as high as a row.
  Object.defineProperties(HTMLElement.prototype, {
    offsetHeight: { get(this: HTMLElement) { return this.dataset["index"] === undefined ? 700 : 60; } }, offsetWidth: { get: () => 600 }, clientHeight: { get: () => 700 }, clientWidth: { get: () => 600 },
  });
}

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

const inDocument = typeof document !== "undefined";
if (inDocument) fitDocument();

afterEach(() => {
  vi.useRealTimers();
  if (!inDocument) return;
  cleanup();
  document.documentElement.removeAttribute("data-theme");
});
