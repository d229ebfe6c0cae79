// What does a button with words on it look like, and is it busy?
import type { ReactNode, Ref } from "react";
import { Button as AriaButton } from "react-aria-components";
import { classes } from "../classes";
import styles from "./Button.module.css";

type Props = {
  /** The visible words; they are the accessible name too. */
  label: string;
  variant?: "primary" | "secondary" | "quiet" | "danger";
  icon?: ReactNode;
  onPress?: () => void;
  type?: "button" | "submit";
  disabled?: boolean;
  /** Shows that it works on it, and takes no second press. */
  busy?: boolean;
  wide?: boolean;
  testId?: string;
  describedBy?: string;
  ref?: Ref<HTMLButtonElement>;
};

/** A button whose label never wraps. */
export function Button({ label, variant = "secondary", icon, onPress, type = "button", disabled = false, busy = false, wide = false, testId, describedBy, ref }: Props) {
  return (
    <AriaButton ref={ref} type={type} isDisabled={disabled} isPending={busy} onPress={onPress} data-testid={testId} aria-describedby={describedBy}
      className={classes(styles.button, styles[variant], wide && styles.wide)}>
      {icon}
      <span>{label}</span>
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : null}
    </AriaButton>
  );
}
