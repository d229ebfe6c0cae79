// How far has something long come?
import { Label, ProgressBar } from "react-aria-components";
import styles from "./Progress.module.css";

type Props = { /** Its visible words and its name. */ label: string; done: number; total: number };

/** A quiet bar under its words. Who must be told aloud is told by the caller, now and then. */
export function Progress({ label, done, total }: Props) {
  return (
    <ProgressBar className={styles.progress} value={done} maxValue={Math.max(1, total)} valueLabel={label}>
      {({ percentage = 0 }) => <><Label className={styles.label}>{label}</Label><span className={styles.track}><i style={{ inlineSize: `${percentage}%` }} /></span></>}
    </ProgressBar>
  );
}
