// What does a message's file look like, how does it come here, and how is it looked at?
import { FileText, Image as ImageIcon, X } from "lucide-react";
import { useEffect, useState } from "react";
import type { FilePreview, FileView } from "../../backend/bindings";
import { errorView } from "../../backend/errors";
import { useBackend } from "../../backend/context";
import { addressOf } from "../../backend/queries/files";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { IconButton } from "../../kit/IconButton/IconButton";
import { Progress } from "../../kit/Progress/Progress";
import styles from "./Files.module.css";
import { PdfDialog } from "./PdfDialog";
import { sizeOf } from "./size";
import { Thumbnail } from "./Thumbnail";

type Props = { thread: string; seq: number | null; file: FileView };

const PDF = "application/pdf";
/** What is being looked at. */
type Seen = { kind: "picture"; address: string } | { kind: "pdf"; content: FilePreview };
const asSeen = (content: FilePreview): Seen => (content.media_type === PDF ? { kind: "pdf", content } : { kind: "picture", address: addressOf(content) });
/** What a refused size means of what is looked at. */
const TOO_LARGE = { file_too_large: { says: "pdf.large", next: "pdf.large_next" } } as const;

/** Name, size, and what can be done; fetching shows how far it is and can be ended. */
export function FileCard({ thread, seq, file }: Props) {
  const text = useText();
  const { busy, reason, seen, open, cancel, close } = useFile(thread, seq);
  const { name, here, parts } = file;
  const whole = here >= parts;
  return (
    <div className={styles.card} role="group" aria-label={text("file.of", { name, size: sizeOf(text, file.bytes) })} data-testid="file">
      {!file.viewable || file.media_type === PDF ? <FileText aria-hidden="true" /> : whole && seq !== null ? <Thumbnail thread={thread} seq={seq} /> : <span className={styles.thumbnail}><ImageIcon aria-hidden="true" /></span>}
      <div className={styles.words}>
        <bdi className={styles.name}>{name}</bdi> <span className={styles.size}>{sizeOf(text, file.bytes)}</span>
        {busy && !whole ? <Progress label={text("file.fetching", { name, done: here, parts })} done={here} total={parts} /> : null}
        {file.viewable ? null : <span className={styles.ready}>{text("file.not_shown")}{whole ? ` ${text("file.here")}` : ""}</span>}
        {reason === null ? null : <ErrorNote reason={reason} sentences={TOO_LARGE} />}
      </div>
      {seq === null ? null : busy ? <IconButton label={text("file.cancel_of", { name })} icon={<X aria-hidden="true" />} onPress={cancel} />
        : file.viewable ? <Button label={text("file.open")} accessibleLabel={text("file.open_of", { name })} onPress={() => open(true)} testId="file-open" />
          : whole ? null : <Button label={text("file.bring")} accessibleLabel={text("file.bring_of", { name })} onPress={() => open(false)} />}
      {seen?.kind === "pdf" ? <PdfDialog name={name} content={seen.content} onClose={close} /> : null}
      {seen?.kind === "picture" ? (
        <Dialog size="large" title={name} closeLabel={text("action.close")} onClose={close}>
          <img className={styles.image} src={seen.address} alt={name} data-testid="file-image" />
        </Dialog>
      ) : null}
    </div>
  );
}

/** Fetches what is missing and shows it; what was seen is forgotten when it is closed. */
function useFile(thread: string, seq: number | null) {
  const backend = useBackend();
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState<unknown>(null);
  const [seen, setSeen] = useState<Seen | null>(null);
  useEffect(() => (seen?.kind === "picture" ? () => URL.revokeObjectURL(seen.address) : undefined), [seen]);
  const bring = async (show: boolean): Promise<void> => {
    if (seq === null) return;
    setBusy(true);
    setReason(null);
    try {
      await backend.fetchFile(thread, seq);
      if (show) setSeen(asSeen(await backend.filePreview(thread, seq)));
    } catch (why) {
      if (errorView(why).code !== "cancelled") setReason(why);
    } finally {
      setBusy(false);
    }
  };
  return {
    busy, reason, seen,
    open: (show: boolean) => { void bring(show); },
    cancel: () => { if (seq !== null) void backend.cancelFetch(thread, seq).catch(setReason); },
    close: () => setSeen(null),
  };
}
