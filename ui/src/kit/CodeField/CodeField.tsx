// How are the six digits of an authenticator app typed or pasted?
import type { Ref } from "react";
import { TextField } from "../TextField/TextField";
import styles from "./CodeField.module.css";

/** How many digits a code has. */
export const CODE_DIGITS = 6;

type Props = {
  label: string;
  hint?: string;
  value: string;
  /** Digits only, at most six; what a paste brings beside them is dropped. */
  onChange: (code: string) => void;
  error?: string | null;
  autoFocus?: boolean;
  disabled?: boolean;
  ref?: Ref<HTMLInputElement>;
};

/** One field for the whole code. */
export function CodeField({ label, hint, value, onChange, error = null, autoFocus = false, disabled = false, ref }: Props) {
  return (
    <div className={styles.code}>
      <TextField ref={ref} label={label} hint={hint} value={value} onChange={(next) => onChange(next.normalize("NFKC").replaceAll(/\D/gu, "").slice(0, CODE_DIGITS))}
        inputMode="numeric" error={error} autoFocus={autoFocus} disabled={disabled} testId="code" />
    </div>
  );
}
