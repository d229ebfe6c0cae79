// How does a short fact beside a name look?
import type { ReactNode } from "react";
import { classes } from "../classes";
import styles from "./Badge.module.css";

type Props = { tone: "neutral" | "warn" | "bad" | "ok" | "onDark" | "count" | "accent"; icon?: ReactNode; children: ReactNode };

/** A short fact; it may wrap, it is never cut. */
export function Badge({ tone, icon, children }: Props) {
  return <span className={classes(styles.badge, styles[tone])}>{icon}{children}</span>;
}
