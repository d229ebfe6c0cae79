// Is a real PDF read and shown page by page, and is one that cannot be shown refused with a sentence?
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { readFileSync } from "node:fs";
import { beforeEach, expect, test, vi } from "vitest";
import type { ViewState } from "../backend/bindings";
import { expectAccessible, said, showMain } from "../test/render";

const at = (thread: string): ViewState => ({ filter: "mine", thread, anchor_seq: null, anchor_offset: 0, composer_focused: false, selection_start: 0, selection_end: 0 });
const REPORT = readFileSync("../crates/sotto-testkit/src/journey/files/report.pdf");
/** What the page was asked to write, one letter at a time. */
let written = "";

/** A worker whose code runs here, behind a channel, as the real one runs behind its port. */
class WorkerHere {
  private readonly way = new MessageChannel();

  constructor() {
    const { port1, port2 } = this.way;
    port1.start();
    // @ts-expect-error the package has no types for what runs in its worker
    void import("pdfjs-dist/legacy/build/pdf.worker.mjs").then(({ WorkerMessageHandler }) => {
      WorkerMessageHandler.initializeFromPort(port2);
      port2.start();
    });
  }
  postMessage(message: unknown, move?: Transferable[]): void { this.way.port1.postMessage(message, move ?? []); }
  addEventListener(kind: string, listen: (event: MessageEvent) => void, how?: AddEventListenerOptions): void { this.way.port1.addEventListener(kind as "message", listen, how); }
  removeEventListener(kind: string, listen: (event: MessageEvent) => void): void { this.way.port1.removeEventListener(kind as "message", listen); }
  terminate(): void { this.way.port1.close(); }
}

/** What jsdom does not have of a canvas, as far as pdf.js asks for it. */
class Matrix {
  a = 1; b = 0; c = 0; d = 1; e = 0; f = 0;
  invertSelf(): this { return this; }
  multiplySelf(): this { return this; }
  preMultiplySelf(): this { return this; }
  translate(): this { return this; }
  scale(): this { return this; }
}
class Path { addPath(): void { /* Nothing is drawn. */ } }

/** Draws nothing and keeps what is written; jsdom has no canvas. That a page is inked is looked at in the pictures and in the window's journey. */
const paper = (canvas: HTMLCanvasElement): unknown => new Proxy({ canvas, getTransform: () => new Matrix(), measureText: () => ({ width: 10 }), fillText: (letter: string) => { written += letter; } } as Record<string, unknown>, {
  get: (known, name: string) => known[name] ?? (() => undefined),
  set: (known, name: string, value) => { known[name] = value; return true; },
});

beforeEach(() => {
  written = "";
  vi.stubGlobal("Worker", WorkerHere);
  vi.stubGlobal("DOMMatrix", Matrix);
  vi.stubGlobal("Path2D", Path);
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation(function context(this: HTMLCanvasElement) { return paper(this) as never; });
});

async function open(content: Uint8Array<ArrayBuffer> | string, name = "report.pdf") {
  const shown = showMain({ view: at("thr-mina") });
  await screen.findByTestId("composer");
  fireEvent.drop(screen.getByTestId("composer-form"), { dataTransfer: { files: [new File([content], name, { type: "application/pdf" })], types: ["Files"] } });
  await waitFor(() => expect(screen.getByTestId("outgoing-files").textContent).toContain("Ready to send"));
  await shown.user.click(screen.getByTestId("send"));
  await shown.user.click(await screen.findByRole("button", { name: `Open ${name}` }));
  return { ...shown, dialog: await screen.findByRole("dialog") };
}

test("its pages are read, turned and enlarged by keys", async () => {
  const { user, backend, dialog } = await open(new Uint8Array(REPORT));
  await waitFor(() => expect(written).toContain("Growth: none after 48 h"));
  expect(within(dialog).getByText("Page 1 of 2")).toBeTruthy();
  await expectAccessible();
  await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("Page 1 of 2 of report.pdf"));
  await user.keyboard("{PageDown}");
  await waitFor(() => expect(written).toContain("Page two"));
  expect(within(dialog).getByRole<HTMLButtonElement>("button", { name: "Next page" }).disabled).toBe(true);
  await user.keyboard("+");
  expect(within(dialog).getByText("125%")).toBeTruthy();
  await user.keyboard("0{Home}");
  expect(within(dialog).getByText("100%")).toBeTruthy();
  expect(within(dialog).getByText("Page 1 of 2")).toBeTruthy();
  expect(said(backend, "filePreview")).toHaveLength(1);
});

test.each([
  ["damaged", "%PDF-1.7\nnothing of a document", /PDF is damaged/u],
  ["cut off", new Uint8Array(REPORT.subarray(0, 60)), /PDF is damaged/u],
  ["protected", new Uint8Array(readFileSync("src/test/pdf/protected.pdf")), /protected by a password/u],
] as const)("one that is %s says so", async (_, content, sentence) => {
  const { dialog } = await open(content, "scan.pdf");
  await within(dialog).findByText(sentence);
  expect(within(dialog).queryByTestId("pdf-page")).toBeNull();
});

test("one that is too large says so in the thread", async () => {
  const { user } = showMain({ view: at("thr-mina"), fail: { filePreview: { code: "file_too_large" } } });
  await user.click(await screen.findByRole("button", { name: "Open wound-day-4.png" }));
  await screen.findByText(/larger than 40 MB/u);
});
