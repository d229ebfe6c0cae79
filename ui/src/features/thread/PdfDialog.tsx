// How is a PDF looked at inside the app? One page at a time, turned and enlarged by keys or buttons; nothing of it is on a disk.
import { ChevronLeft, ChevronRight, FileWarning, ZoomIn, ZoomOut } from "lucide-react";
import { useEffect } from "react";
import type { FilePreview } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Dialog } from "../../kit/Dialog/Dialog";
import { EmptyState } from "../../kit/EmptyState/EmptyState";
import { IconButton } from "../../kit/IconButton/IconButton";
import type { PdfTrouble } from "../../lib/pdf/pdf";
import styles from "./Pdf.module.css";
import { usePdf } from "./usePdf";

type Props = { name: string; content: FilePreview; onClose: () => void };

const SENTENCES = {
  damaged: { says: "pdf.damaged", next: "pdf.damaged_next" },
  protected: { says: "pdf.protected", next: "pdf.protected_next" },
  long: { says: "pdf.long", next: "pdf.long_next" },
} as const satisfies Record<PdfTrouble, { says: string; next: string }>;

/** Shows a PDF, or the sentence why it is not shown. */
export function PdfDialog({ name, content, onClose }: Props) {
  const text = useText();
  const { shown, page, pages, scale, missing, drawn, canvas, frame, turn, larger, smaller, onKeyDown } = usePdf(content);
  const open = shown.kind === "open";
  useEffect(() => { if (open) frame.current?.focus(); }, [open, frame]);
  return (
    <Dialog size="large" title={name} closeLabel={text("action.close")} onClose={onClose}>
      {shown.kind === "refused" ? <EmptyState tone="bad" role="alert" icon={<FileWarning />} title={text(SENTENCES[shown.why].says)} body={text(SENTENCES[shown.why].next)} /> : null}
      {shown.kind === "opening" ? <p role="status">{text("pdf.opening")}</p> : null}
      {open ? (
        // Keys act on whatever in it has the focus; each of them has a button as well.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <div className={styles.pdf} role="group" aria-label={text("pdf.how")} onKeyDown={onKeyDown}>
          <div className={styles.bar}>
            <IconButton label={text("pdf.previous")} icon={<ChevronLeft aria-hidden="true" />} disabled={page <= 1} onPress={() => turn(page - 1)} />
            <span className={styles.place} role="status">{text("pdf.page", { n: page, total: pages })}</span>
            <IconButton label={text("pdf.next")} icon={<ChevronRight aria-hidden="true" />} disabled={page >= pages} onPress={() => turn(page + 1)} />
            <span className={styles.gap} />
            <IconButton label={text("pdf.smaller")} icon={<ZoomOut aria-hidden="true" />} disabled={smaller === null} onPress={() => smaller?.()} />
            <span className={styles.place}>{text.intl.formatNumber(scale, { style: "percent" })}</span>
            <IconButton label={text("pdf.larger")} icon={<ZoomIn aria-hidden="true" />} disabled={larger === null} onPress={() => larger?.()} />
          </div>
          {missing ? <p role="alert" className={styles.missing}>{text("pdf.page_damaged")}</p> : null}
          {/* What scrolls has to be reached by keys. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div ref={frame} className={styles.frame} tabIndex={0} role="group" aria-label={text("pdf.page_of", { n: page, total: pages, name })}>
            <canvas ref={canvas} className={styles.page} style={{ inlineSize: `${scale * 100}%` }} hidden={missing} role="img" aria-label={text("pdf.page_of", { n: page, total: pages, name })}
              data-testid="pdf-page" data-drawn={drawn ? page : undefined} />
          </div>
        </div>
      ) : null}
    </Dialog>
  );
}
