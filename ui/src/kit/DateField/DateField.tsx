// How is a date of birth typed so that day and month cannot be swapped?
import { DateField as AriaDateField, DateInput, DateSegment, FieldError, Label } from "react-aria-components";
import styles from "./DateField.module.css";

type Props = { label: string; onChange: (iso: string | null) => void; error?: string | null };

/** A date in labelled parts. Gives an ISO date, or null while it is incomplete. */
export function DateField({ label, onChange, error = null }: Props) {
  return (
    <AriaDateField className={styles.field} onChange={(value) => onChange(value === null ? null : value.toString())} isInvalid={error !== null} validationBehavior="aria" shouldForceLeadingZeros>
      <Label className={styles.label}>{label}</Label>
      <DateInput className={styles.input}>{(segment) => <DateSegment segment={segment} className={styles.segment} />}</DateInput>
      <FieldError className={styles.error}>{error}</FieldError>
    </AriaDateField>
  );
}
