// What would happen to each row? Said before anything happens.
import { ArrowLeft, CircleAlert, CircleCheck } from "lucide-react";
import type { ImportReport } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Badge } from "../../kit/Badge/Badge";
import { Button } from "../../kit/Button/Button";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import type { Line } from "./ImportDialog";
import { Outcome } from "./Outcome";
import styles from "./People.module.css";

type Props = { lines: readonly Line[]; report: ImportReport; busy: boolean; reason: unknown; onBack: () => void; onInvite: () => void; onClose: () => void };

/** The rows that will not do first, so that nobody has to look for them. */
export function ImportJudged({ lines, report, busy, reason, onBack, onInvite, onClose }: Props) {
  const text = useText();
  const rows = report.rows.map((row, index) => ({ row, line: lines[index]?.line ?? index + 2, proposed: lines[index]?.proposed ?? false }))
    .toSorted((a, b) => Number(a.row.outcome.kind === "ready") - Number(b.row.outcome.kind === "ready") || a.line - b.line);
  return (
    <Dialog title={text("import.judged_title")} closeLabel={text("action.close")} onClose={onClose} size="large" footer={<>
      <Button label={text("action.back")} icon={<ArrowLeft aria-hidden="true" />} onPress={onBack} />
      <Button label={text("import.invite", { n: report.fit })} variant="primary" busy={busy} disabled={report.fit === 0} onPress={onInvite} testId="import-invite" />
    </>}>
      <div className={styles.form}>
        <p role="status" className={styles.counts}>
          <Badge tone="ok" icon={<CircleCheck aria-hidden="true" />}>{text("import.fit", { n: report.fit })}</Badge>
          {report.refused > 0 ? <Badge tone="bad" icon={<CircleAlert aria-hidden="true" />}>{text("import.refused", { n: report.refused })}</Badge> : null}
        </p>
        <p>{text(report.refused > 0 ? "import.judged_some" : "import.judged_all")}</p>
        {reason === null ? null : <ErrorNote reason={reason} />}
        {/* What scrolls must be reachable by keys, also where nothing in it is. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <ul className={styles.rows} aria-label={text("import.rows")} tabIndex={0}>
          {rows.map(({ row, line, proposed }) => (
            <li key={line}>
              <span className={styles.line}>{text("import.line", { n: line })}</span>
              <span className={styles.who}><strong><bdi>{row.name === "" ? text("import.no_name") : row.name}</bdi></strong><span><bdi>{row.login}</bdi>{row.role === "" ? null : <> · <bdi>{row.role}</bdi></>}{proposed ? ` ${text("import.proposed")}` : null}</span></span>
              <Outcome outcome={row.outcome} />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
