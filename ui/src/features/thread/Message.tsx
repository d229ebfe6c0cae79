// What does one entry of the log look like and say?
import { Clock, CircleAlert, FileWarning } from "lucide-react";
import { Fragment, useState } from "react";
import type { MessageView } from "../../backend/bindings";
import { sayError } from "../../i18n/errors";
import { sayFurthest } from "../../i18n/receipts";
import type { Text } from "../../i18n/text";
import { useText } from "../../i18n/text";
import { useTimes, type Times } from "../../i18n/times";
import { TOMBSTONES } from "../../i18n/warnings";
import { Avatar } from "../../kit/Avatar/Avatar";
import { Button } from "../../kit/Button/Button";
import { classes } from "../../kit/classes";
import { Dialog } from "../../kit/Dialog/Dialog";
import { Priority } from "../../kit/Priority/Priority";
import { wordsInitials } from "../../lib/patient";
import { FileCard } from "./FileCard";
import styles from "./Message.module.css";
import { ReceiptLine, ReplyButtons, type Reply } from "./Receipts";
import { sizeOf } from "./size";

/** What can be done with a failed message. */
export type Outbox = { retry: (entry: string) => void; discard: (entry: string) => void };
type Spoken = Extract<MessageView, { kind: "message" }>;

/** The accessible name of an entry: author, time, priority, words, state. */
export function messageName(message: MessageView, text: Text, times: Times): string {
  switch (message.kind) {
    case "message": {
      const parts = [message.mine ? text("message.you") : message.author_name, times.full(message.at)];
      if (message.priority !== "fyi") parts.push(text(`priority.${message.priority}`));
      if (message.file !== null) parts.push(text("file.of", { name: message.file.name, size: sizeOf(text, message.file.bytes) }));
      if (message.text !== "") parts.push(message.text);
      if (message.state.kind !== "received") parts.push((message.state.kind === "on_server" ? sayFurthest(text, message.receipts) : null) ?? text(`state.${message.state.kind}`));
      return parts.join(", ");
    }
    case "change": return `${text(`change.${message.change}`, { name: message.author_name })}, ${times.full(message.at)}`;
    case "tombstone": return `${text(TOMBSTONES[message.reason])}, ${times.full(message.at)}`;
    default: {
      const never: never = message;
      return never;
    }
  }
}

/** The entry without its day line. */
export function MessageBody({ thread, message, grouped, endsRun, outbox, onReply }: { thread: string; message: MessageView; grouped: boolean; endsRun: boolean; outbox: Outbox; onReply: Reply }) {
  const text = useText();
  const times = useTimes();
  const time = <time dateTime={new Date(message.at).toISOString()} title={times.full(message.at)}>{times.clock(message.at)}</time>;
  switch (message.kind) {
    case "message": return <SpokenMessage thread={thread} message={message} grouped={grouped} endsRun={endsRun} outbox={outbox} onReply={onReply} />;
    case "change": return <p className={styles.change}>{text.rich(`change.${message.change}`, { name: <bdi key="name">{message.author_name}</bdi> })} · {time}</p>;
    case "tombstone": return <p className={styles.tombstone}><FileWarning aria-hidden="true" /><span>{text(TOMBSTONES[message.reason])}</span>{time}</p>;
    default: {
      const never: never = message;
      return never;
    }
  }
}

function SpokenMessage({ thread, message, grouped, endsRun, outbox, onReply }: { thread: string; message: Spoken; grouped: boolean; endsRun: boolean; outbox: Outbox; onReply: Reply }) {
  const text = useText();
  const times = useTimes();
  const time = <time className={styles.time} dateTime={new Date(message.at).toISOString()} title={times.full(message.at)}>{times.clock(message.at)}</time>;
  const urgent = message.priority !== "fyi";
  return (
    <div className={classes(styles.message, message.mine && styles.mine, grouped && styles.grouped, urgent && styles[message.priority], message.state.kind === "failed" && styles.failed)}>
      {message.mine ? null : <span className={styles.face}>{grouped ? null : <Avatar initials={wordsInitials(message.author_name)} size="small" />}</span>}
      <div className={styles.column}>
        {grouped && !urgent ? null : (
          <div className={styles.head}>
            {grouped || message.mine ? null : <bdi className={styles.author}>{message.author_name}</bdi>}
            {urgent ? <Priority priority={message.priority} label={text(`priority.${message.priority}`)} /> : null}
            {time}
          </div>
        )}
        <div className={styles.line}>
          {message.file !== null && message.text === "" ? null : <div className={styles.bubble} dir="auto">{message.text.split("\n").map((line, index) => <Fragment key={index}>{index > 0 ? <br /> : null}{line}</Fragment>)}</div>}
          {grouped && !urgent ? <span className={styles.gutter}>{time}</span> : null}
        </div>
        {message.file === null ? null : <FileCard thread={thread} seq={message.seq} file={message.file} />}
        {message.mine ? null : <ReplyButtons message={message} onReply={onReply} />}
        {endsRun ? <State message={message} outbox={outbox} /> : null}
      </div>
    </div>
  );
}

function State({ message, outbox }: { message: Spoken; outbox: Outbox }) {
  const text = useText();
  const [asking, setAsking] = useState(false);
  const { state } = message;
  switch (state.kind) {
    case "received": return null;
    case "on_server": return <ReceiptLine receipts={message.receipts} />;
    case "queued": return <p className={styles.state}><Clock aria-hidden="true" />{text("state.queued")}</p>;
    case "failed": {
      const { says, next } = sayError(text, { code: state.code, retry_after_seconds: null });
      return (
        <div className={styles.failure}>
          <p className={styles.why}><CircleAlert aria-hidden="true" /><span><strong>{text("state.failed")}</strong> {says} {next}</span></p>
          <div className={styles.actions}>
            <Button label={text("message.discard")} onPress={() => setAsking(true)} />
            <Button label={text("action.retry")} variant="primary" onPress={() => outbox.retry(message.entry)} />
          </div>
          {asking ? (
            <Dialog alert size="small" title={text("message.discard_title")} closeLabel={text("action.close")} onClose={() => setAsking(false)} footer={<>
              <Button label={text("message.keep")} onPress={() => setAsking(false)} />
              <Button label={text("message.discard_yes")} variant="danger" onPress={() => outbox.discard(message.entry)} />
            </>}>
              <p>{text("message.discard_body")}</p>
              <blockquote className={styles.quote} dir="auto">{message.text}</blockquote>
            </Dialog>
          ) : null}
        </div>
      );
    }
    default: {
      const never: never = state;
      return never;
    }
  }
}
