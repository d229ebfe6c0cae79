// How is text of several lines written, growing with what is in it?
import type { KeyboardEvent, Ref } from "react";
import { classes } from "../classes";
import styles from "./TextArea.module.css";

type Props = {
  /** The accessible name; there is no visible label. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  onFocusChange?: (focused: boolean) => void;
  placeholder?: string;
  maxLength?: number;
  describedBy?: string;
  testId?: string;
  className?: string;
  ref?: Ref<HTMLTextAreaElement>;
};

/** A field that grows to a third of the window and then scrolls; direction follows the first letter. */
export function TextArea({ label, value, onChange, onKeyDown, onFocusChange, placeholder, maxLength, describedBy, testId, className, ref }: Props) {
  return (
    <div className={classes(styles.grow, className)} data-value={`${value}\n`}>
      <textarea ref={ref} aria-label={label} aria-describedby={describedBy} value={value} placeholder={placeholder} maxLength={maxLength} data-testid={testId}
        dir="auto" rows={1} autoComplete="off" spellCheck onKeyDown={onKeyDown} onChange={(event) => onChange(event.target.value)}
        onFocus={() => onFocusChange?.(true)} onBlur={() => onFocusChange?.(false)} />
    </div>
  );
}
