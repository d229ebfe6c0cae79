// How is a key or a chord written?
import { Fragment } from "react";
import { keyCap } from "../../lib/platform";
import styles from "./Kbd.module.css";

type Props = { chord: readonly string[]; /** Hidden from screen readers where the words beside it say enough. */ quiet?: boolean };

/** Key caps in a row. */
export function Kbd({ chord, quiet = false }: Props) {
  return (
    <span className={styles.chord} aria-hidden={quiet ? "true" : undefined}>
      {chord.map((cap, index) => (
        <Fragment key={cap}>
          {index > 0 ? <span className="visually-hidden">+</span> : null}
          <kbd className={styles.cap}>{keyCap(cap)}</kbd>
        </Fragment>
      ))}
    </span>
  );
}
