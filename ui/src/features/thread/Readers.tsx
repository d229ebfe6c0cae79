// Who has a message, who had it on a screen, and who took note of it?
import type { Reader } from "../../backend/bindings";
import { useReaders } from "../../backend/queries/receipts";
import { sayAnswer } from "../../i18n/receipts";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Avatar } from "../../kit/Avatar/Avatar";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import styles from "./Receipts.module.css";

type Props = { thread: string; message: string; onClose: () => void };

/** The panel of Shift+V: each recipient, each of their devices, and when. What is not known is said to be so. */
export function Readers({ thread, message, onClose }: Props) {
  const text = useText();
  const readers = useReaders(thread, message);
  return (
    <Dialog size="small" title={text("readers.title")} closeLabel={text("action.close")} onClose={onClose}>
      {readers.data === undefined
        ? readers.isError ? <ErrorNote reason={readers.error} onRetry={() => void readers.refetch()} /> : <Skeleton label={text("readers.loading")} rows={3} shape="line" />
        : readers.data.length === 0 ? <p>{text("readers.nobody")}</p>
        : <ul className={styles.readers} data-testid="readers">{readers.data.map((one) => <li key={one.account} className={styles.reader}><Avatar initials={one.initials} size="small" /><Known reader={one} /></li>)}</ul>}
    </Dialog>
  );
}

function Known({ reader }: { reader: Reader }) {
  const text = useText();
  const times = useTimes();
  const facts: string[] = [];
  if (reader.acknowledged_at !== null) {
    const time = times.full(reader.acknowledged_at);
    facts.push(reader.answer === null ? text("readers.acknowledged", { time }) : text("readers.answered", { text: sayAnswer(text, reader.answer), time }));
  }
  for (const { workstation, displayed_at, stored_at } of reader.devices) {
    const place = workstation === "" ? text("readers.a_device") : workstation;
    if (displayed_at !== null) facts.push(text("readers.displayed", { place, time: times.full(displayed_at) }));
    if (stored_at !== null) facts.push(text("readers.stored", { place, time: times.full(stored_at) }));
  }
  if (facts.length === 0) facts.push(text("readers.unknown"));
  return (
    <div>
      <p><bdi className={styles.who}>{reader.name}</bdi> <span className={styles.title}>{reader.title}</span></p>
      <ul className={styles.facts}>{facts.map((fact) => <li key={fact} dir="auto">{fact}</li>)}</ul>
    </div>
  );
}
