// How is something turned on or off?
import { Switch as AriaSwitch } from "react-aria-components";
import styles from "./Switch.module.css";

type Props = { label: string; hint?: string; on: boolean; onChange: (on: boolean) => void };

/** A labelled switch; the thumb's place says its state, not the colour alone. */
export function Switch({ label, hint, on, onChange }: Props) {
  return (
    <AriaSwitch className={styles.switch} isSelected={on} onChange={onChange}>
      <span className={styles.words}>
        <span className={styles.label}>{label}</span>
        {hint === undefined ? null : <span className={styles.hint}>{hint}</span>}
      </span>
      <span className={styles.track} aria-hidden="true"><i /></span>
    </AriaSwitch>
  );
}
