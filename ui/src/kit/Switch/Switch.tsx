// How is something turned on or off?
import { Switch as AriaSwitch } from "react-aria-components";
import styles from "./Switch.module.css";

type Props = { label: string; hint?: string; on: boolean; onChange: (on: boolean) => void; /** Cannot be changed here; the hint says why. */ disabled?: boolean; testId?: string };

/** A labelled switch; the thumb's place says its state, not the colour alone. */
export function Switch({ label, hint, on, onChange, disabled = false, testId }: Props) {
  return (
    <AriaSwitch className={styles.switch} isSelected={on} onChange={onChange} isDisabled={disabled} data-testid={testId}>
      <span className={styles.words}>
        <span className={styles.label}>{label}</span>
        {hint === undefined ? null : <span className={styles.hint}>{hint}</span>}
      </span>
      <span className={styles.track} aria-hidden="true"><i /></span>
    </AriaSwitch>
  );
}
