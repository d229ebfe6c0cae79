// How is a priority shown: as a sign with a shape of its own, a word and a colour, never colour alone?
import { CircleAlert, Info, PhoneCall, Siren } from "lucide-react";
import type { ReactNode } from "react";
import type { Priority as PriorityValue } from "../../backend/bindings";
import { classes } from "../classes";
import styles from "./Priority.module.css";

/** The sign of a priority. */
export function priorityIcon(priority: PriorityValue): ReactNode {
  switch (priority) {
    case "fyi": return <Info aria-hidden="true" />;
    case "action": return <CircleAlert aria-hidden="true" />;
    case "concern": return <PhoneCall aria-hidden="true" />;
    case "stat": return <Siren aria-hidden="true" />;
    default: {
      const never: never = priority;
      return never;
    }
  }
}

type Props = { priority: PriorityValue; label: string; /** Only the sign; the word stays for screen readers. */ glyph?: boolean };

/** A priority as glyph and word. */
export function Priority({ priority, label, glyph = false }: Props) {
  return (
    <span className={classes(styles.priority, styles[priority], glyph && styles.glyph)} title={glyph ? label : undefined}>
      {priorityIcon(priority)}
      <span className={glyph ? "visually-hidden" : undefined}>{label}{glyph ? ", " : null}</span>
    </span>
  );
}
