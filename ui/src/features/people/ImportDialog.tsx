// How do many people come in at once? A list from a spreadsheet, judged first, then invited, then printed.
import { useState } from "react";
import type { ImportReport, ImportRow } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useStaffChanged } from "../../backend/queries/staff";
import { DAYS_USUAL } from "../../kit/DaysField/DaysField";
import { ImportChoose } from "./ImportChoose";
import { ImportDone } from "./ImportDone";
import { ImportJudged } from "./ImportJudged";

/** A row as it was read, with its line in the spreadsheet. */
export type Line = ImportRow & { line: number; proposed: boolean };
type Props = { organisation: string; onClose: () => void };
type Step = { kind: "choose" } | { kind: "judged"; lines: Line[]; report: ImportReport } | { kind: "done"; report: ImportReport };

const bare = (lines: readonly Line[]): ImportRow[] => lines.map(({ name, title, login, role, permissions }) => ({ name, title, login, role, permissions }));

/** Three steps; nothing is done before the second is answered. */
export function ImportDialog({ organisation, onClose }: Props) {
  const backend = useBackend();
  const changed = useStaffChanged();
  const [step, setStep] = useState<Step>({ kind: "choose" });
  const [days, setDays] = useState(DAYS_USUAL);
  const judge = useCall(async (lines: Line[]) => ({ lines, report: await backend.importPeople({ rows: bare(lines), days, dry_run: true }) }), (answer) => setStep({ kind: "judged", ...answer }));
  // Only the rows that fitted are sent; who was refused stays out whatever happened meanwhile.
  const invite = useCall((lines: Line[]) => backend.importPeople({ rows: bare(lines), days, dry_run: false }), (report) => {
    changed();
    setStep({ kind: "done", report });
  });
  switch (step.kind) {
    case "choose": return <ImportChoose days={days} onDays={setDays} busy={judge.busy} reason={judge.reason} onLines={judge.go} onClose={onClose} />;
    case "judged": return <ImportJudged lines={step.lines} report={step.report} busy={invite.busy} reason={invite.reason} onBack={() => setStep({ kind: "choose" })}
      onInvite={() => invite.go(step.lines.filter((_, index) => step.report.rows[index]?.outcome.kind === "ready"))} onClose={onClose} />;
    case "done": return <ImportDone report={step.report} organisation={organisation} onClose={onClose} />;
    default: {
      const never: never = step;
      return never;
    }
  }
}
