// How is a line of text asked for, explained and found wrong?
import type { Ref } from "react";
import { FieldError, Input, Label, Text, TextField as AriaTextField } from "react-aria-components";
import { classes } from "../classes";
import styles from "./TextField.module.css";

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  /** What is wrong, in words; null when nothing is. */
  error?: string | null;
  type?: "text" | "password";
  autoFocus?: boolean;
  required?: boolean;
  disabled?: boolean;
  maxLength?: number;
  /** Names are shown in their own direction. */
  auto?: boolean;
  /** In an even face, for codes: every sign stands for itself. */
  even?: boolean;
  testId?: string;
  autoComplete?: string;
  inputMode?: "text" | "numeric";
  ref?: Ref<HTMLInputElement>;
};

/** A labelled line of text. The browser keeps nothing of it. */
export function TextField({ label, value, onChange, hint, error = null, type = "text", autoFocus = false, required = false, disabled = false, maxLength, auto = false, even = false, testId, autoComplete = "off", inputMode, ref }: Props) {
  return (
    <AriaTextField className={styles.field} value={value} onChange={onChange} type={type} isInvalid={error !== null} isRequired={required} isDisabled={disabled}
      autoFocus={autoFocus} maxLength={maxLength} validationBehavior="aria" autoComplete={autoComplete} inputMode={inputMode}>
      <Label className={styles.label}>{label}</Label>
      <Input ref={ref} className={classes(styles.input, even && styles.even)} data-testid={testId} spellCheck={false} dir={auto ? "auto" : undefined} />
      {hint === undefined ? null : <Text slot="description" className={styles.hint}>{hint}</Text>}
      <FieldError className={styles.error}>{error}</FieldError>
    </AriaTextField>
  );
}
