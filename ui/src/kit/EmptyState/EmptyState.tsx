// What does a pane say when there is nothing in it, or when it could not be had?
import type { ReactNode } from "react";
import { classes } from "../classes";
import styles from "./EmptyState.module.css";

type Props = { icon: ReactNode; title: string; body?: string; action?: ReactNode; tone?: "calm" | "bad"; role?: "status" | "alert" };

/** A designed nothing: a sign, a sentence, and what to do next. */
export function EmptyState({ icon, title, body, action, tone = "calm", role }: Props) {
  return (
    <div className={classes(styles.empty, styles[tone])} role={role}>
      <span className={styles.icon} aria-hidden="true">{icon}</span>
      <p className={styles.title}>{title}</p>
      {body === undefined ? null : <p className={styles.body}>{body}</p>}
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </div>
  );
}
