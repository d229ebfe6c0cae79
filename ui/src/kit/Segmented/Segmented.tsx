// How is one of a few words chosen, with all of them in sight?
import type { ReactNode } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { classes } from "../classes";
import styles from "./Segmented.module.css";

/** One choice; `tone` colours it when chosen, never as the only sign. */
export type Segment<T extends string> = { value: T; label: string; icon?: ReactNode; tone?: "action" | "concern" | "stat"; title?: string };
type Props<T extends string> = {
  label: string;
  /** What is chosen; null where nothing is yet. */
  value: T | null;
  onChange: (value: T) => void;
  segments: readonly Segment<T>[];
  /** Hides the visible label; the name stays. */
  labelHidden?: boolean;
  small?: boolean;
};

/** A radio group drawn as one strip; arrow keys move within it. */
export function Segmented<T extends string>({ label, value, onChange, segments, labelHidden = false, small = false }: Props<T>) {
  const choose = (next: string): void => {
    const found = segments.find((segment) => segment.value === next);
    if (found) onChange(found.value);
  };
  return (
    <RadioGroup className={styles.group} value={value} onChange={choose} orientation="horizontal">
      <Label className={labelHidden ? "visually-hidden" : styles.label}>{label}</Label>
      <div className={classes(styles.strip, small && styles.small)}>
        {segments.map((segment) => (
          <Radio key={segment.value} value={segment.value} className={classes(styles.segment, segment.tone && styles[segment.tone])}>
            {segment.icon}
            <span>{segment.label}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
