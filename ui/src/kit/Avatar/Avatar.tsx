// How does a person appear as a disc of initials?
import { classes } from "../classes";
import styles from "./Avatar.module.css";

type Props = { initials: string; size?: "small" | "medium" | "large"; tone?: "person" | "patient" | "me" };

/** Initials in a disc. Decoration only: the name always stands beside it. */
export function Avatar({ initials, size = "medium", tone = "person" }: Props) {
  return <span aria-hidden="true" className={classes(styles.avatar, styles[size], styles[tone])}>{initials.slice(0, 3)}</span>;
}
