// What stands on the screen once the content is gone? A cover that tells nothing.
import { LockKeyhole } from "lucide-react";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import styles from "./Lock.module.css";

type Props = { /** Why the core did not lock, if it did not. */ reason: unknown; onRetry: () => void };

/** The cover. It says whether the workstation really is locked. */
export function LockCover({ reason, onRetry }: Props) {
  const text = useText();
  return (
    <main className={styles.cover} data-testid="lock-cover">
      <span className={styles.sign} aria-hidden="true"><LockKeyhole /></span>
      <h1>{text(reason === null ? "lock.locking" : "lock.failed")}</h1>
      {reason === null ? null : <><ErrorNote reason={reason} /><Button label={text("lock.again")} variant="primary" onPress={onRetry} /></>}
    </main>
  );
}
