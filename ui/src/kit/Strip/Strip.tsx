// How does the window say something that holds for all of it, or for a pane?
import type { ReactNode } from "react";
import { classes } from "../classes";
import styles from "./Strip.module.css";

type Props = {
  tone: "calm" | "warn" | "bad" | "loud";
  icon?: ReactNode;
  children: ReactNode;
  action?: ReactNode;
  /** Announced politely when it appears; alerts interrupt. */
  role?: "status" | "alert" | "note";
};

/** A strip across its pane. */
export function Strip({ tone, icon, children, action, role = "status" }: Props) {
  return (
    <div role={role} className={classes(styles.strip, styles[tone])}>
      {icon}
      <div className={styles.words}>{children}</div>
      {action}
    </div>
  );
}
