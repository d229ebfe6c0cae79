// Who has an invite now, and how do all of them get it?
import { CircleAlert, CircleCheck, Printer } from "lucide-react";
import { useState } from "react";
import type { ImportReport } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useText } from "../../i18n/text";
import { Badge } from "../../kit/Badge/Badge";
import { Button } from "../../kit/Button/Button";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { InviteSheet } from "./InviteSheet";
import { Outcome } from "./Outcome";
import styles from "./People.module.css";

type Props = { report: ImportReport; organisation: string; onClose: () => void };

/** Shown once: a page for each invite, and who has to be tried again. */
export function ImportDone({ report, organisation, onClose }: Props) {
  const text = useText();
  const backend = useBackend();
  const [printed, setPrinted] = useState(false);
  const print = useCall(() => backend.print(), () => setPrinted(true));
  const invites = report.rows.flatMap((row) => (row.outcome.kind === "invited" ? [row.outcome.invite] : []));
  return (
    <Dialog keep title={text("import.done_title")} closeLabel={text("action.close")} onClose={onClose} size="large" footer={<>
      <Button label={text("import.print", { n: invites.length })} variant={printed ? "secondary" : "primary"} icon={<Printer aria-hidden="true" />} busy={print.busy} disabled={invites.length === 0} onPress={() => print.go()} testId="import-print" />
      <Button label={text("action.done")} variant={printed || invites.length === 0 ? "primary" : "secondary"} onPress={onClose} testId="import-done" />
    </>}>
      <div className={styles.form}>
        <p role="status" className={styles.counts}>
          <Badge tone="ok" icon={<CircleCheck aria-hidden="true" />}>{text("import.invited_n", { n: report.fit })}</Badge>
          {report.refused > 0 ? <Badge tone="bad" icon={<CircleAlert aria-hidden="true" />}>{text("import.refused", { n: report.refused })}</Badge> : null}
        </p>
        <p>{text("import.done_body")}</p>
        {report.refused > 0 ? <p>{text("import.done_some")}</p> : null}
        {print.reason === null ? null : <ErrorNote reason={print.reason} />}
        {/* What scrolls must be reachable by keys, also where nothing in it is. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <ul className={styles.rows} aria-label={text("import.rows")} tabIndex={0}>
          {report.rows.map((row, index) => (
            <li key={`${row.login}-${index}`}>
              <span className={styles.line}>{index + 1}</span>
              <span className={styles.who}><strong><bdi>{row.name}</bdi></strong><span><bdi>{row.login}</bdi></span></span>
              <Outcome outcome={row.outcome} />
            </li>
          ))}
        </ul>
      </div>
      {invites.map((invite) => <InviteSheet key={invite.account} invite={invite} organisation={organisation} />)}
    </Dialog>
  );
}
