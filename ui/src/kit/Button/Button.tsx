// What does a button with words on it look like, and is it busy?
import { useEffect, type ReactNode, type Ref } from "react";
import { Button as AriaButton } from "react-aria-components";
import { announce } from "../Announcer/announce";
import { classes } from "../classes";
import styles from "./Button.module.css";

type Props = {
  /** The visible words; they are the accessible name too. */
  label: string;
  /** The accessible name, where the words alone do not say of what; it begins with the words. */
  accessibleLabel?: string;
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
export function Button({ label, accessibleLabel, variant = "secondary", icon, onPress, type = "button", disabled = false, busy = false, wide = false, testId, describedBy, ref }: Props) {
  // Said here and not by React Aria's `isPending`, which leaves an announcement behind that names a button that may be gone.
  useEffect(() => {
    if (busy) announce(label);
  }, [busy, label]);
  return (
    <AriaButton ref={ref} type={busy ? "button" : type} isDisabled={disabled} onPress={busy ? undefined : onPress} render={(props) => <button {...props} aria-disabled={busy ? true : undefined} />} data-testid={testId} aria-label={accessibleLabel} aria-describedby={describedBy}
      className={classes(styles.button, styles[variant], wide && styles.wide)}>
      {icon}
      <span>{label}</span>
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : null}
    </AriaButton>
  );
}
