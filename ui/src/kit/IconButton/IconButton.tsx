// What does a button with only a picture look like, and what is it called?
import type { ReactNode, Ref } from "react";
import { Button as AriaButton } from "react-aria-components";
import { classes } from "../classes";
import styles from "./IconButton.module.css";

type Props = {
  /** The accessible name, shown on hover. */
  label: string;
  icon: ReactNode;
  onPress: () => void;
  pressed?: boolean;
  disabled?: boolean;
  /** For a button on the patient banner. */
  onDark?: boolean;
  className?: string;
  testId?: string;
  ref?: Ref<HTMLButtonElement>;
};

/** A square button; its name is required because it shows no word. */
export function IconButton({ label, icon, onPress, pressed, disabled = false, onDark = false, className, testId, ref }: Props) {
  return (
    <AriaButton ref={ref} aria-label={label} aria-pressed={pressed} isDisabled={disabled} onPress={onPress} data-testid={testId}
      className={classes(styles.icon, onDark && styles.onDark, className)} render={(props) => <button {...props} title={label} />}>
      {icon}
    </AriaButton>
  );
}
