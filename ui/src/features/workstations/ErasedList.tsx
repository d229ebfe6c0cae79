// What did a wipe find, and is anything of it left?
import { CircleCheck, TriangleAlert } from "lucide-react";
import type { ReceiptView } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Strip } from "../../kit/Strip/Strip";
import styles from "./Command.module.css";

/** The receipt's own list; "complete" stands there only when nothing is left. */
export function ErasedList({ receipt }: { receipt: ReceiptView }) {
  const text = useText();
  const left = receipt.erased.reduce((sum, one) => sum + one.left, 0);
  return (
    <>
      <table className={styles.erased}>
        <thead><tr><th scope="col">{text("command.erased")}</th><th scope="col">{text("command.erased_found")}</th><th scope="col">{text("command.erased_left")}</th></tr></thead>
        <tbody>{receipt.erased.map((one) => <tr key={one.kind} data-left={one.left > 0}><th scope="row">{text(`command.erased_${one.kind}`)}</th><td>{one.found}</td><td>{one.left}</td></tr>)}</tbody>
      </table>
      {receipt.complete
        ? <Strip tone="calm" role="note" icon={<CircleCheck aria-hidden="true" />}>{text("command.complete")}</Strip>
        : left > 0 ? <Strip tone="warn" role="note" icon={<TriangleAlert aria-hidden="true" />}>{text("command.incomplete", { n: left })}</Strip> : null}
    </>
  );
}
