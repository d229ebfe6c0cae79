// How is a PDF looked at inside the app? One page at a time, turned and enlarged by keys or buttons; nothing of it is on a disk.
import { ChevronLeft, ChevronRight, FileWarning, ZoomIn, ZoomOut } from "lucide-react";
import { useEffect } from "react";
import { useText } from "../../i18n/text";
import { Dialog } from "../../kit/Dialog/Dialog";
import { EmptyState } from "../../kit/EmptyState/EmptyState";
import { IconButton } from "../../kit/IconButton/IconButton";
import type { PdfTrouble } from "../../lib/pdf/pdf";
import styles from "./Pdf.module.css";
import { usePdf } from "./usePdf";

type Props = { name: string; /** Its content; asked for once. */ bytes: () => Uint8Array; onClose: () => void };

const SENTENCES = {
  damaged: { says: "pdf.damaged", next: "pdf.damaged_next" },
  protected: { says: "pdf.protected", next: "pdf.protected_next" },
  long: { says: "pdf.long", next: "pdf.long_next" },
} as const satisfies Record<PdfTrouble, { says: string; next: string }>;

/** Shows a PDF, or the sentence why it is not shown. */
export function PdfDialog({ name, bytes, onClose }: Props) {
  const text = useText();
  const pdf = usePdf(bytes);
  const { shown, page, pages, frame } = pdf;
  const open = shown.kind === "open";
  useEffect(() => { if (open) frame.current?.focus(); }, [open, frame]);
  return (
    <Dialog size="large" title={name} closeLabel={text("action.close")} onClose={onClose}>
      {shown.kind === "refused" ? <EmptyState tone="bad" role="alert" icon={<FileWarning />} title={text(SENTENCES[shown.why].says)} body={text(SENTENCES[shown.why].next)} /> : null}
      {shown.kind === "opening" ? <p role="status">{text("pdf.opening")}</p> : null}
      {open ? (
        <div className={styles.pdf} role="group" aria-label={text("pdf.how")} onKeyDown={pdf.onKeyDown}>
          <div className={styles.bar}>
            <IconButton label={text("pdf.previous")} icon={<ChevronLeft aria-hidden="true" />} disabled={page <= 1} onPress={() => pdf.turn(page - 1)} />
            <span className={styles.place} role="status">{text("pdf.page", { n: page, total: pages })}</span>
            <IconButton label={text("pdf.next")} icon={<ChevronRight aria-hidden="true" />} disabled={page >= pages} onPress={() => pdf.turn(page + 1)} />
            <span className={styles.gap} />
            <IconButton label={text("pdf.smaller")} icon={<ZoomOut aria-hidden="true" />} disabled={pdf.smaller === null} onPress={() => pdf.smaller?.()} />
            <span className={styles.place}>{text.intl.formatNumber(pdf.scale, { style: "percent" })}</span>
            <IconButton label={text("pdf.larger")} icon={<ZoomIn aria-hidden="true" />} disabled={pdf.larger === null} onPress={() => pdf.larger?.()} />
          </div>
          {pdf.missing ? <p role="alert" className={styles.missing}>{text("pdf.page_damaged")}</p> : null}
          <div ref={frame} className={styles.frame} tabIndex={0} role="group" aria-label={text("pdf.page_of", { n: page, total: pages, name })}>
            <canvas ref={pdf.canvas} className={styles.page} style={{ inlineSize: `${pdf.scale * 100}%` }} hidden={pdf.missing} role="img" aria-label={text("pdf.page_of", { n: page, total: pages, name })}
              data-testid="pdf-page" data-drawn={pdf.drawn ? page : undefined} />
          </div>
        </div>
      ) : null}
    </Dialog>
  );
}
