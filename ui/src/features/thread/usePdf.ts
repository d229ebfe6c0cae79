// Which page of a PDF is shown, how large, and what is there to say instead?
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { FilePreview } from "../../backend/bindings";
import { bytesOf } from "../../backend/queries/files";
import { openPdf, PdfRefused, type OpenPdf, type PdfTrouble } from "../../lib/pdf/pdf";

/** How large a page is shown, of the width there is. */
const ZOOMS = [1, 1.25, 1.5, 2, 3, 4] as const;
/** Points across where the window has no width yet. */
const NARROWEST = 320;

type Shown = { kind: "opening" } | { kind: "refused"; why: PdfTrouble } | { kind: "open"; pdf: OpenPdf };

/** Opens it while mounted; closing ends the worker and forgets what was drawn. */
export function usePdf(content: FilePreview) {
  const [shown, setShown] = useState<Shown>({ kind: "opening" });
  const [page, setPage] = useState(1);
  const [zoom, setZoom] = useState(0);
  /** The page that stands drawn, at that size; null while it is being drawn. */
  const [drawn, setDrawn] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const scale = ZOOMS[zoom] ?? 1;
  const wanted = `${page} ${scale}`;

  useEffect(() => {
    const stop = new AbortController();
    openPdf(bytesOf(content), stop.signal).then(
      (pdf) => setShown({ kind: "open", pdf }),
      (why: unknown) => { if (!stop.signal.aborted) setShown({ kind: "refused", why: why instanceof PdfRefused ? why.why : "damaged" }); },
    );
    return () => stop.abort();
  }, [content]);

  useEffect(() => {
    if (shown.kind !== "open" || canvas.current === null) return undefined;
    const stop = new AbortController();
    const width = Math.max(NARROWEST, frame.current?.clientWidth ?? 0) * scale * window.devicePixelRatio;
    setMissing(false);
    shown.pdf.draw(page, canvas.current, width, stop.signal).then(
      () => { if (!stop.signal.aborted) setDrawn(wanted); },
      () => { if (!stop.signal.aborted) setMissing(true); },
    );
    return () => stop.abort();
  }, [shown, page, scale, wanted]);

  const pages = shown.kind === "open" ? shown.pdf.pages : 0;
  const turn = (to: number): void => {
    setPage(Math.min(Math.max(1, to), Math.max(1, pages)));
    frame.current?.scrollTo?.({ top: 0 });
  };
  const enlarge = (by: number): void => setZoom((now) => Math.min(Math.max(0, now + by), ZOOMS.length - 1));
  const keys: Partial<Record<string, () => void>> = {
    PageDown: () => turn(page + 1), PageUp: () => turn(page - 1), Home: () => turn(1), End: () => turn(pages),
    "+": () => enlarge(1), "=": () => enlarge(1), "-": () => enlarge(-1), 0: () => setZoom(0),
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return {
    shown, page, pages, scale, missing, drawn: drawn === wanted, canvas, frame, turn, onKeyDown,
    larger: zoom < ZOOMS.length - 1 ? () => enlarge(1) : null, smaller: zoom > 0 ? () => enlarge(-1) : null,
  };
}
