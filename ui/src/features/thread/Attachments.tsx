// Which files wait or are on their way, and how far have they come?
import { CircleAlert, X } from "lucide-react";
import { useState } from "react";
import type { OutgoingFile } from "../../backend/bindings";
import { sayError } from "../../i18n/errors";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { IconButton } from "../../kit/IconButton/IconButton";
import { Progress } from "../../kit/Progress/Progress";
import { CoverDialog } from "./CoverDialog";
import styles from "./Files.module.css";
import { sizeOf } from "./size";

type Props = {
  files: readonly OutgoingFile[];
  onDiscard: (file: string) => void;
  onRetry: (file: string) => void;
  /** The picture behind a file that waits, where this window still has it. */
  sourceOf: (file: string) => File | null;
  onReplace: (file: string, by: File) => void;
};

/** A row for each; nothing where there is none. */
export function Attachments({ files, onDiscard, onRetry, sourceOf, onReplace }: Props) {
  const text = useText();
  const [covering, setCovering] = useState<string | null>(null);
  const source = covering === null ? null : sourceOf(covering);
  if (files.length === 0) return null;
  return (
    <ul className={styles.outgoing} aria-label={text("file.attached")} data-testid="outgoing-files">
      {files.map((file) => (
        <li key={file.file} className={styles.waiting} data-state={file.state.kind}>
          <div className={styles.words}><bdi className={styles.name}>{file.name}</bdi> <span className={styles.size}>{sizeOf(text, file.bytes)}</span><Way file={file} /></div>
          {file.state.kind === "staged" && file.done >= file.parts && sourceOf(file.file) !== null ? <Button label={text("file.cover")} accessibleLabel={text("file.cover_of", { name: file.name })} onPress={() => setCovering(file.file)} /> : null}
          {file.state.kind === "failed" ? <Button label={text("action.retry")} onPress={() => onRetry(file.file)} /> : null}
          <IconButton label={text(file.state.kind === "sending" ? "file.cancel_of" : "file.discard_of", { name: file.name })} icon={<X aria-hidden="true" />} onPress={() => onDiscard(file.file)} />
        </li>
      ))}
      {covering === null || source === null ? null : <CoverDialog source={source} onClose={() => setCovering(null)} onDone={(by) => { setCovering(null); onReplace(covering, by); }} />}
    </ul>
  );
}

function Way({ file }: { file: OutgoingFile }) {
  const text = useText();
  const { state, name, done, parts } = file;
  switch (state.kind) {
    case "staged": return done < parts ? <Progress label={text("file.reading", { name, done, parts })} done={done} total={parts} /> : <span className={styles.ready}>{text("file.ready")}</span>;
    case "sending": return <Progress label={text("file.sending", { name, done, parts })} done={done} total={parts} />;
    case "failed": {
      const { says, next } = sayError(text, { code: state.code, retry_after_seconds: null });
      return <p className={styles.why}><CircleAlert aria-hidden="true" /><span><strong>{text("file.failed")}</strong> {says} {next}</span></p>;
    }
    default: {
      const never: never = state;
      return never;
    }
  }
}
