// How is an answer written, how urgent is it, and to whom does it go?
import { Lock, MessageCircleQuestionMark, SendHorizontal } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { Connection, DraftView, Priority as PriorityValue, ThreadView } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { AttachButton } from "../../kit/AttachButton/AttachButton";
import { Button } from "../../kit/Button/Button";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { IconButton } from "../../kit/IconButton/IconButton";
import { priorityIcon } from "../../kit/Priority/Priority";
import { Segmented, type Segment } from "../../kit/Segmented/Segmented";
import { TextArea } from "../../kit/TextArea/TextArea";
import { useCommands } from "../../lib/commands";
import { threadName } from "../../lib/patient";
import { Attachments } from "./Attachments";
import { AskField } from "./AskField";
import styles from "./Composer.module.css";
import { useAttach } from "./useAttach";
import { useComposer } from "./useComposer";

/** Where the cursor stands: part of what an unlock comes back to. */
export type Cursor = { focused: boolean; start: number; end: number };
type Props = { view: ThreadView; draft: DraftView | null; restore: Cursor | null; connection: Connection; onCursor: (cursor: Cursor) => void };

/** The contract's limit of a message, in characters. */
const LIMIT = 10_000;
const PRIORITIES: readonly PriorityValue[] = ["fyi", "action", "concern", "stat"];
const isPriority = (command: string): command is PriorityValue => PRIORITIES.some((one) => one === command);

/** Channel, priority, text, and the recipient's two identifiers beside Send. */
export function Composer({ view, draft, restore, connection, onCursor }: Props) {
  const text = useText();
  const attach = useAttach(view.row.thread);
  const staged = attach.files.filter((file) => file.state.kind === "staged");
  const reading = staged.some((file) => file.done < file.parts);
  const composer = useComposer(view.row.thread, draft, reading ? [] : staged.map((file) => file.file));
  // What is still being taken in goes with the message: it waits for that.
  const submit = (): void => {
    if (!reading) composer.submit();
  };
  // For one message: with the next the question is open again.
  const [askedIn, setAskedIn] = useState<number | null>(null);
  const asks = askedIn === composer.round || composer.answers.length > 0;
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    if (restore === null || field.current === null) return;
    field.current.setSelectionRange(restore.start, restore.end);
    if (restore.focused) field.current.focus();
    // Once, when the thread comes back after an unlock.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  useCommands((command) => {
    if (isPriority(command)) {
      composer.setPriority(command);
      return true;
    }
    if (command !== "reply") return false;
    field.current?.focus();
    return true;
  });
  const cursor = (focused: boolean): void => {
    if (field.current !== null) onCursor({ focused, start: field.current.selectionStart, end: field.current.selectionEnd });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  const tones: Partial<Record<PriorityValue, Segment<PriorityValue>["tone"]>> = { action: "action", concern: "concern", stat: "stat" };
  const segments = PRIORITIES.map((one) => ({ value: one, label: text(`priority.${one}_short`), icon: priorityIcon(one), tone: tones[one] }));
  const left = LIMIT - [...composer.text].length;
  return (
    <form className={styles.composer} data-testid="composer-form" data-over={attach.over} {...attach.dropped} onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <div className={styles.strip}>
        <span className={styles.channel}><Lock aria-hidden="true" />{text("composer.channel")}</span>
        <Segmented label={text("composer.priority")} labelHidden small value={composer.priority} onChange={composer.setPriority} segments={segments} />
      </div>
      <Attachments files={attach.files} onDiscard={attach.discard} onRetry={attach.retry} sourceOf={attach.sourceOf} onReplace={attach.replace} />
      {attach.refused.map(({ name, reason }, at) => <ErrorNote key={at} about={name} reason={reason} />)}
      {attach.reason === null ? null : <ErrorNote reason={attach.reason} />}
      <TextArea ref={field} className={styles.field} label={text("composer.label", { name: threadName(view.row) })} placeholder={text("composer.placeholder")} value={composer.text} onChange={(next) => { composer.setText(next); cursor(true); }}
        onKeyDown={onKeyDown} onFocusChange={cursor} testId="composer" describedBy="composer-hint" maxLength={LIMIT * 2} />
      {asks ? <AskField key={composer.round} answers={composer.answers} onChange={composer.setAnswers} /> : null}
      {composer.reason === null ? null : <ErrorNote reason={composer.reason} />}
      <div className={styles.foot}>
        <AttachButton label={text("file.attach")} onFiles={attach.attach} />
        {asks ? null : <IconButton label={text("offer.open")} icon={<MessageCircleQuestionMark aria-hidden="true" />} onPress={() => setAskedIn(composer.round)} testId="ask" />}
        <p id="composer-hint" className={styles.hint}>{left < 0 ? <strong className={styles.over}>{text("composer.too_long", { n: -left })}</strong> : text(connection === "online" ? "composer.hint" : "composer.hint_offline")}</p>
        <Recipient view={view} />
        <Button label={text(composer.priority === "stat" ? "composer.send_stat" : "composer.send")} type="submit" variant="primary" icon={<SendHorizontal aria-hidden="true" />} disabled={(composer.text.trim() === "" && staged.length === 0) || reading || left < 0} busy={composer.busy} testId="send" />
      </div>
    </form>
  );
}

/** To whom, and about whom: name and date of birth again, right where Send is. */
function Recipient({ view }: { view: ThreadView }) {
  const text = useText();
  const times = useTimes();
  const { patient } = view.row;
  if (patient === null) return <p className={styles.to}>{text.rich("composer.to", { name: <b key="name"><bdi>{threadName(view.row)}</bdi></b> })}</p>;
  return <p className={styles.to}>{text.rich("composer.about", { name: <b key="name"><bdi>{`${patient.family}, ${patient.given}`}</bdi></b> })} <span className={styles.born}>{times.birth(patient.birth_date)}</span></p>;
}
