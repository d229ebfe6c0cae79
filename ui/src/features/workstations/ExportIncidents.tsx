// How does the register get to whoever keeps the clinic's records, and to somebody who trusts nobody?
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

/** The register as text to copy, and the command that checks it. The window writes no files. */
export function ExportIncidents({ onClose }: { onClose: () => void }) {
  const text = useText();
  const backend = useBackend();
  const [register, setRegister] = useState<string | null>(null);
  const { go, reason } = useCall(() => backend.exportIncidents(), (answer) => setRegister(JSON.stringify(answer, null, 1)));
  useEffect(() => go(), [go]);
  return (
    <Dialog title={text("incident.export_title")} closeLabel={text("action.close")} onClose={onClose} footer={<Button label={text("action.done")} variant="primary" onPress={onClose} />}>
      <div className={styles.form}>
        <p>{text("incident.export_body")}</p>
        {reason === null ? null : <ErrorNote reason={reason} onRetry={() => go()} />}
        {register === null && reason === null ? <Skeleton label={text("receipts.loading")} rows={3} shape="line" /> : null}
        {register === null ? null : <CopyText label={text("incident.register")} value={register} testId="incidents-text" />}
        <p>{text("receipts.check")}</p>
        <p className={styles.code}><code>{"sotto fleet receipts verify incidents.json"}</code></p>
        <p className={styles.hint}>{text("receipts.check_root")}</p>
      </div>
    </Dialog>
  );
}
