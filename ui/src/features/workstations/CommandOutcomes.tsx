// What came of a command to several machines: to whom was it given, and who was told nothing?
import { CircleCheck } from "lucide-react";
import type { WorkstationEntry } from "../../backend/bindings";
import { errorView } from "../../backend/errors";
import { sayError } from "../../i18n/errors";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Dialog } from "../../kit/Dialog/Dialog";
import type { Issued } from "./useIssue";
import styles from "./Workstations.module.css";

type Props = { title: string; issued: Issued; running: { done: number; total: number } | null; onAgain: (machines: readonly WorkstationEntry[]) => void; onStop: () => void; onClose: () => void };

/** The counts, and the machines that can be tried again. */
export function CommandOutcomes({ title, issued, running, onAgain, onStop, onClose }: Props) {
  const text = useText();
  const again = [...issued.refused.map((one) => one.machine), ...issued.left];
  return (
    <Dialog keep={running !== null} title={title} closeLabel={text("action.close")} onClose={onClose} footer={<>
      {running === null ? null : <><span role="status" className={styles.hint}>{text("command.busy", running)}</span><Button label={text("command.stop")} onPress={onStop} /></>}
      {again.length === 0 ? null : <Button label={text("command.again")} busy={running !== null} onPress={() => onAgain(again)} testId="command-again" />}
      <Button label={text("action.done")} variant="primary" disabled={running !== null} onPress={onClose} testId="command-done" />
    </>}>
      <div className={styles.form}>
        {issued.given.length === 0 ? null : <p role="status" className={styles.given}><CircleCheck aria-hidden="true" />{text("command.given", { n: issued.given.length })}</p>}
        {issued.left.length === 0 ? null : <p>{text("command.stopped", { n: issued.left.length })}</p>}
        {issued.refused.length === 0 ? null : (
          <div role="alert">
            <p className={styles.problem}>{text("command.failed", { n: issued.refused.length })}</p>
            <ul className={styles.refused}>{issued.refused.map((one) => <li key={one.machine.id}><strong><bdi>{one.machine.name}</bdi></strong><span>{sayError(text, errorView(one.reason)).says}</span></li>)}</ul>
          </div>
        )}
      </div>
    </Dialog>
  );
}
