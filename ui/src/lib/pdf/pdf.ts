// How is a PDF drawn, without trusting it? Read by pdf.js in a worker that reaches nothing, drawn page by page; it runs no script and loads no font.
import type { PDFDocumentProxy } from "pdfjs-dist";
import picturesOf2000 from "pdfjs-dist/wasm/openjpeg_nowasm_fallback.js?url";

/** What is shown at most. Beyond it a PDF says so rather than take the window's memory. */
export const PDF_LIMITS = {
  pages: 2_000,
  /** Points of a page as drawn: 64 MB of memory. */
  points: 16_000_000,
  /** Points along one side of it: what every engine's canvas takes. */
  side: 8_192,
  /** Points of one picture within; what the core allows a picture. */
  picture: 50_000_000,
} as const;

/** Why a PDF is not shown. */
export type PdfTrouble = "damaged" | "protected" | "long";

/** A PDF that is not shown, and why. */
export class PdfRefused extends Error {
  constructor(readonly why: PdfTrouble) {
    super(why);
  }
}

/** A PDF that is open in its worker. Whoever opened it closes it. */
export type OpenPdf = {
  pages: number;
  /** Draws a page, from 1, so many points wide or as wide as the limits let it be. Rejects where the page cannot be drawn; stopped, it draws nothing more. */
  draw: (page: number, onto: HTMLCanvasElement, width: number, stop: AbortSignal) => Promise<void>;
  /** Ends the worker, and whatever it is doing, at once. */
  close: () => void;
};

/** Opens a PDF; the bytes are the worker's from then on. Rejects with [PdfRefused], also when it is stopped. */
export async function openPdf(bytes: Uint8Array, stop: AbortSignal): Promise<OpenPdf> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  stop.addEventListener("abort", () => worker.terminate());
  const broken = new Promise<never>((_, reject) => {
    for (const sign of ["error", "messageerror"]) worker.addEventListener(sign, () => reject(new PdfRefused("damaged")));
    stop.addEventListener("abort", () => reject(new PdfRefused("damaged")));
  });
  try {
    const read = await Promise.race([load(bytes, worker), broken]);
    if (read.numPages > PDF_LIMITS.pages) throw new PdfRefused("long");
    return { pages: read.numPages, draw: (page, onto, width, until) => draw(read, page, onto, width, until), close: () => worker.terminate() };
  } catch (why) {
    worker.terminate();
    throw why instanceof PdfRefused ? why : new PdfRefused(isLocked(why) ? "protected" : "damaged");
  }
}

async function load(data: Uint8Array, port: Worker): Promise<PDFDocumentProxy> {
  // Read from the disk when somebody opens a PDF, not before. The build for older engines: a system's web view may be years old.
  const { getDocument, PDFWorker } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const worker = PDFWorker.create({ port, verbosity: 0 });
  return getDocument({
    data, worker, verbosity: 0,
    isEvalSupported: false, useWasm: false, enableXfa: false,
    // Fonts of the document are drawn as outlines: a hostile one never reaches the system's own reader of fonts.
    disableFontFace: true, useSystemFonts: false, useWorkerFetch: false,
    isOffscreenCanvasSupported: false, isImageDecoderSupported: false,
    disableRange: true, disableStream: true, disableAutoFetch: true,
    maxImageSize: PDF_LIMITS.picture, canvasMaxAreaInBytes: PDF_LIMITS.points * 4,
    // JPEG 2000 without WebAssembly: pdf.js appends a name of its own, which the part after # takes.
    wasmUrl: `${picturesOf2000}#/`,
  }).promise;
}

async function draw(read: PDFDocumentProxy, number: number, canvas: HTMLCanvasElement, width: number, stop: AbortSignal): Promise<void> {
  const page = await read.getPage(number);
  if (stop.aborted) return;
  const paper = page.getViewport({ scale: 1 });
  const largest = Math.min(Math.sqrt(PDF_LIMITS.points / (paper.width * paper.height)), PDF_LIMITS.side / Math.max(paper.width, paper.height));
  const viewport = page.getViewport({ scale: Math.min(width / paper.width, largest) });
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  const drawing = page.render({ canvas, viewport });
  stop.addEventListener("abort", () => drawing.cancel());
  try {
    await drawing.promise;
  } catch (why) {
    if (!stop.aborted) throw why;
  } finally {
    page.cleanup();
  }
}

const isLocked = (why: unknown): boolean => why instanceof Error && why.name === "PasswordException";
