// How far has a new vault taken in earlier messages? Seen quietly above the list, heard now and then.
import { useEffect, useRef } from "react";
import { useFilling } from "../../backend/queries/staff";
import { useText } from "../../i18n/text";
import { announce } from "../../kit/Announcer/announce";
import { Progress } from "../../kit/Progress/Progress";
import styles from "./Threads.module.css";

/** Draws nothing once everything is there. Each quarter is announced, and the end. */
export function FillBar() {
  const text = useText();
  const filling = useFilling();
  const quarter = useRef<number | null>(null);
  useEffect(() => {
    if (filling === null) {
      if (quarter.current !== null) announce(text("fill.done"));
      quarter.current = null;
      return;
    }
    const now = Math.floor((4 * filling.done) / Math.max(1, filling.total));
    if (quarter.current === now) return;
    quarter.current = now;
    announce(text("fill.progress", filling));
  }, [filling, text]);
  if (filling === null) return null;
  return <div className={styles.fill} data-testid="fill"><Progress label={text("fill.progress", filling)} done={filling.done} total={filling.total} /></div>;
}
