// Where does a long text go that nobody types: pasted, or read by a scanner?
import type { Ref } from "react";
import { FieldError, Label, Text, TextArea, TextField } from "react-aria-components";
import styles from "./PasteField.module.css";

type Props = { label: string; hint?: string; value: string; onChange: (value: string) => void; error?: string | null; autoFocus?: boolean; testId?: string; rows?: number; maxLength?: number; ref?: Ref<HTMLTextAreaElement> };

/** A labelled box of several lines in an even face. The browser keeps nothing of it. */
export function PasteField({ label, hint, value, onChange, error = null, autoFocus = false, testId, rows = 4, maxLength = 16_384, ref }: Props) {
  return (
    <TextField className={styles.field} value={value} onChange={onChange} isInvalid={error !== null} autoFocus={autoFocus} maxLength={maxLength} validationBehavior="aria" autoComplete="off">
      <Label className={styles.label}>{label}</Label>
      <TextArea ref={ref} className={styles.area} rows={rows} spellCheck={false} autoCapitalize="off" data-testid={testId} />
      {hint === undefined ? null : <Text slot="description" className={styles.hint}>{hint}</Text>}
      <FieldError className={styles.error}>{error}</FieldError>
    </TextField>
  );
}
