// How do the receipts get to somebody who trusts nobody?
import { useEffect, useState } from "react";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { CopyText } from "../../kit/CopyText/CopyText";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import styles from "./Workstations.module.css";

/** The proof as text to copy, and the command that checks it. The window writes no files. */
export function ExportReceipts({ onClose }: { onClose: () => void }) {
  const text = useText();
  const backend = useBackend();
  const [proof, setProof] = useState<string | null>(null);
  const { go, reason } = useCall(() => backend.exportReceipts(), (answer) => setProof(JSON.stringify(answer, null, 1)));
  useEffect(() => go(), [go]);
  return (
    <Dialog title={text("receipts.title")} closeLabel={text("action.close")} onClose={onClose} footer={<Button label={text("action.done")} variant="primary" onPress={onClose} />}>
      <div className={styles.form}>
        <p>{text("receipts.body")}</p>
        {reason === null ? null : <ErrorNote reason={reason} onRetry={() => go()} />}
        {proof === null && reason === null ? <Skeleton label={text("receipts.loading")} rows={3} shape="line" /> : null}
        {proof === null ? null : <CopyText label={text("receipts.text")} value={proof} testId="receipts-text" />}
        <p>{text("receipts.check")}</p>
        <p className={styles.code}><code>{"sotto fleet receipts verify receipts.json"}</code></p>
        <p className={styles.hint}>{text("receipts.check_root")}</p>
      </div>
    </Dialog>
  );
}
