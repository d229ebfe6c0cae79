// What stands in a place whose content is still coming?
import { classes } from "../classes";
import styles from "./Skeleton.module.css";

type Props = { label: string; rows: number; shape: "row" | "message" | "line" };

/** Grey shapes in the form of what comes, and a word for screen readers. */
export function Skeleton({ label, rows, shape }: Props) {
  return (
    <div role="status" className={styles.skeleton}>
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} aria-hidden="true" className={classes(styles.item, styles[shape], index % 3 === 1 && styles.short)}>
          <i />
          <span><b /><b /></span>
        </div>
      ))}
    </div>
  );
}
