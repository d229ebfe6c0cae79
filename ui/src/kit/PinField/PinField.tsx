// How is a PIN typed where others may look on?
import type { Ref } from "react";
import { TextField } from "../TextField/TextField";
import styles from "./PinField.module.css";

/** How many digits a PIN has; the core decides (`limits.rs`). */
export const PIN_DIGITS = { least: 6, most: 12 } as const;

type Props = { label: string; hint?: string; value: string; onChange: (pin: string) => void; error?: string | null; autoFocus?: boolean; disabled?: boolean; testId?: string; ref?: Ref<HTMLInputElement> };

/** Digits only, never shown. */
export function PinField({ label, hint, value, onChange, error = null, autoFocus = false, disabled = false, testId, ref }: Props) {
  return (
    <div className={styles.pin}>
      <TextField ref={ref} label={label} hint={hint} type="password" value={value} onChange={(next) => onChange(next.normalize("NFKC").replaceAll(/\D/gu, "").slice(0, PIN_DIGITS.most))}
        inputMode="numeric" error={error} autoFocus={autoFocus} disabled={disabled} testId={testId} />
    </div>
  );
}
