// Which keys work here?
import { Fragment } from "react";
import { useText } from "../../i18n/text";
import { Dialog } from "../../kit/Dialog/Dialog";
import { Kbd } from "../../kit/Kbd/Kbd";
import { Strip } from "../../kit/Strip/Strip";
import { BINDINGS } from "../../lib/keys";
import styles from "./HelpDialog.module.css";

/** The sheet of keys, read from the table that the keyboard obeys. */
export function HelpDialog({ singleKeys, onClose }: { singleKeys: boolean; onClose: () => void }) {
  const text = useText();
  const working = BINDINGS.filter((binding) => singleKeys || binding.scope === "global");
  return (
    <Dialog title={text("help.title")} closeLabel={text("action.close")} onClose={onClose} size="large">
      {singleKeys ? null : <Strip tone="calm" role="note">{text("help.single_off")}</Strip>}
      <dl className={styles.keys}>
        {working.map((binding) => (
          <div key={binding.command}>
            <dt>{text(`key.${binding.command}`)}</dt>
            <dd>{binding.shown.map((chord, index) => <Fragment key={chord.join("+")}>{index > 0 ? <span className={styles.or}>{text("help.or")}</span> : null}<Kbd chord={chord} /></Fragment>)}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>{text("help.note")}</p>
    </Dialog>
  );
}
