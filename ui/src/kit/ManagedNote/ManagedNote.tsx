// What is wrong with what this machine's management says, and where?
import type { ManagedFault } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { ErrorNote } from "../ErrorNote/ErrorNote";
import styles from "./ManagedNote.module.css";

/** The fault in a person's words, and below it the place for IT. */
export function ManagedNote({ fault }: { fault: ManagedFault }) {
  const text = useText();
  return (
    <aside className={styles.note} data-testid="managed-fault">
      <ErrorNote reason={{ code: fault.code, retry_after_seconds: null }} />
      <p className={styles.place}><bdi>{fault.key === null ? text("managed.in", { place: fault.place }) : text("managed.at", { name: fault.key, place: fault.place })}</bdi></p>
    </aside>
  );
}
