// How does an administrator's list look: tools above, rows below, each with its facts and what can be done?
import type { ReactNode } from "react";
import styles from "./StaffList.module.css";

/** Search and buttons above a list. */
export function StaffTools({ search, children }: { search: ReactNode; children: ReactNode }) {
  return <div className={styles.tools}><div className={styles.search}>{search}</div><div className={styles.buttons}>{children}</div></div>;
}

/** The list, scrolling on its own. */
export function StaffList({ label, still = false, children }: { label: string; /** Whether no row has anything to press: then the list itself takes the focus, so that keys can scroll it. */ still?: boolean; children: ReactNode }) {
  // What scrolls must be reachable by keys, also where nothing in it is.
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  return <ul className={styles.list} aria-label={label} tabIndex={still ? 0 : undefined}>{children}</ul>;
}

type RowProps = { sign: ReactNode; name: string; detail: string; facts: ReactNode; badges: ReactNode; action: ReactNode; faded?: boolean; testId?: string };

/** One row: nothing is cut, it wraps. */
export function StaffRow({ sign, name, detail, facts, badges, action, faded = false, testId }: RowProps) {
  return (
    <li className={faded ? `${styles.row} ${styles.faded}` : styles.row} data-testid={testId}>
      {sign}
      <div className={styles.words}><span className={styles.name}><bdi>{name}</bdi></span>{detail === "" ? null : <span className={styles.detail}><bdi>{detail}</bdi></span>}</div>
      <div className={styles.facts}>{facts}</div>
      <div className={styles.badges}>{badges}</div>
      <div className={styles.action}>{action}</div>
    </li>
  );
}
