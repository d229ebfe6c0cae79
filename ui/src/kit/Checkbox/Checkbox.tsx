// How does a person say that something is so?
import { Check } from "lucide-react";
import { Checkbox as AriaCheckbox } from "react-aria-components";
import styles from "./Checkbox.module.css";

type Props = { label: string; on: boolean; onChange: (on: boolean) => void; invalid?: boolean; describedBy?: string; testId?: string };

/** A box to tick, with its words as its name. */
export function Checkbox({ label, on, onChange, invalid = false, describedBy, testId }: Props) {
  return (
    <AriaCheckbox className={styles.checkbox} isSelected={on} onChange={onChange} isInvalid={invalid} validationBehavior="aria" aria-describedby={describedBy} data-testid={testId}>
      <span className={styles.box} aria-hidden="true"><Check /></span>
      <span>{label}</span>
    </AriaCheckbox>
  );
}
