// How are a thread's messages shown, however many there are?
import { ArrowDown, MailOpen } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useMessages, useOutbox } from "../../backend/queries/messages";
import { useAcknowledge } from "../../backend/queries/receipts";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Button } from "../../kit/Button/Button";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import { useCommands } from "../../lib/commands";
import { useNow } from "../../lib/time";
import { MessageBody, messageName } from "./Message";
import styles from "./MessageLog.module.css";
import { Readers } from "./Readers";
import { logRows } from "./rows";
import { useAnnounce } from "./useAnnounce";
import { useLog, type Sight, type Target } from "./useLog";

type Props = {
  thread: string;
  target: Target;
  /** A message to point at: a search hit. */
  hit: number | null;
  /** What was read when the thread was opened. */
  readSeq: number;
  /** Where what is unread now begins; null where nothing is. */
  firstUnread: number | null;
  onSight: (sight: Sight) => void;
  onUnreadFrom: (seq: number) => void;
  onToEnd: () => void;
  onToUnread: () => void;
};

/** The log: one focus stop per message, pages in both directions. */
export function MessageLog({ thread, target, hit, readSeq, firstUnread, onSight, onUnreadFrom, onToEnd, onToUnread }: Props) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  const messages = useMessages(thread, target === null ? null : target.seq);
  const { retry, discard } = useOutbox(thread);
  const acknowledge = useAcknowledge(thread);
  const [asked, setAsked] = useState<string | null>(null);
  const rows = useMemo(() => logRows(messages.data?.pages.flatMap((page) => page.messages) ?? [], readSeq), [messages.data, readSeq]);
  const [focused, setFocused] = useState<string | null>(null);
  const [away, setAway] = useState(false);
  const [inSight, setInSight] = useState({ from: 0, to: 0 });
  const moveFocus = useRef(false);
  const complete = messages.data !== undefined && !messages.hasNextPage;
  const notKept = messages.data?.pages[0]?.not_kept === true ? <p className={styles.notKept} data-testid="not-kept">{text("thread.not_kept")}</p> : null;
  const { virtual, report, reveal, toEnd } = useLog(scroller, { rows, target, focused, complete, onSight: (sight) => {
    setAway(!sight.atEnd || !complete);
    // The same place again is no reason to draw.
    const from = sight.anchorSeq ?? 0;
    setInSight((old) => (old.from === from && old.to === sight.lastSeq ? old : { from, to: sight.lastSeq }));
    onSight(sight);
  } });
  // Entries without a line may stand before the first unread message; with older pages not loaded, it may be in one of those.
  const findUnread = (from: number): number => {
    if ((rows[0]?.message.seq ?? 0) > from && messages.hasPreviousPage) return from;
    return rows.find(({ message }) => message.kind === "message" && !message.mine && message.seq !== null && message.seq >= from)?.message.seq ?? from;
  };
  const unreadSeq = firstUnread === null ? null : findUnread(firstUnread);
  const unreadAway = unreadSeq !== null && inSight.to > 0 && (unreadSeq < inSight.from || unreadSeq > inSight.to);
  useAnnounce(rows, complete);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  const { hasPreviousPage, hasNextPage, isFetching, fetchPreviousPage, fetchNextPage } = messages;
  useEffect(() => {
    if (isFetching || rows.length === 0) return;
    if (first < 12 && hasPreviousPage) void fetchPreviousPage();
    else if (last > rows.length - 12 && hasNextPage) void fetchNextPage();
  }, [first, last, rows.length, hasPreviousPage, hasNextPage, isFetching, fetchPreviousPage, fetchNextPage]);

  useEffect(() => {
    const frame = requestAnimationFrame(report);
    return () => cancelAnimationFrame(frame);
    // What is in sight changes with the first and last row too.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [report, first, last]);

  useEffect(() => {
    if (!moveFocus.current || focused === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(focused)}"]`);
    if (row === undefined || row === null) return;
    moveFocus.current = false;
    row.focus({ preventScroll: true });
  });

  const move = (to: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (row === undefined) return;
    moveFocus.current = true;
    setFocused(row.key);
    reveal(row.key);
  };
  const here = focused === null ? rows.length - 1 : rows.findIndex((row) => row.key === focused);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement) || event.target.dataset["entry"] === undefined) return;
    const step: Partial<Record<string, number>> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 };
    const to = step[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  };
  useCommands((command) => {
    const inLog = scroller.current?.contains(document.activeElement) ?? false;
    if (command === "unread_from_here") {
      const at = inLog && focused !== null ? rows.find((row) => row.key === focused) : rows.findLast((row) => row.message.kind === "message" && !row.message.mine);
      if (at === undefined || at.message.seq === null) return false;
      onUnreadFrom(at.message.seq);
      return true;
    }
    const pointed = inLog && focused !== null ? rows.find((row) => row.key === focused)?.message : undefined;
    if (command === "readers") {
      const of = pointed ?? rows.findLast((row) => row.message.kind === "message" && row.message.seq !== null)?.message;
      if (of?.kind !== "message" || of.seq === null) return false;
      setAsked(of.entry);
      return true;
    }
    if (command === "acknowledge") {
      const of = pointed ?? rows.findLast((row) => row.message.kind === "message" && !row.message.mine)?.message;
      if (of?.kind !== "message" || of.mine || of.receipts.mine !== null) return false;
      acknowledge.mutate({ message: of.entry, answer: null });
      return true;
    }
    if (!inLog || (command !== "down" && command !== "up")) return false;
    move(command === "down" ? here + 1 : here - 1);
    return true;
  });

  if (messages.data === undefined) return <div className={styles.waiting}>{messages.isError ? <ErrorNote pane reason={messages.error} onRetry={() => void messages.refetch()} /> : <Skeleton label={text("thread.loading")} rows={5} shape="message" />}</div>;
  return (
    <div className={styles.frame}>
      {/* New messages are announced apart, so that paging through old ones stays silent. Arrow keys walk the log. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div ref={scroller} className={styles.scroller} role="log" aria-live="off" aria-label={text("thread.log")} tabIndex={-1} onScroll={report} onKeyDown={onKeyDown} data-pane-focus="">
        {messages.isFetchingPreviousPage ? <p className={styles.loading} role="status">{text("thread.older")}</p> : null}
        {rows.length === 0 ? notKept : null}
        <div className={styles.list} style={{ blockSize: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const { message } = row;
            return (
              <div key={item.key} ref={virtual.measureElement} data-index={item.index} className={styles.row} data-grouped={row.grouped} style={{ translate: `0 ${item.start}px` }}>
                {item.index === 0 ? notKept : null}
                {row.newDay ? <p className={styles.day}><span>{times.day(message.at, now)}</span></p> : null}
                {row.firstUnread ? <p className={styles.unread}><span>{text("thread.new")}</span></p> : null}
                {/* Each message is one focus stop, walked with the arrow keys. */}
                {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
                <article data-testid="message" data-entry={row.key} data-state={message.kind === "message" ? message.state.kind : message.kind} data-hit={message.seq !== null && message.seq === hit}
                  className={styles.stop} aria-label={messageName(message, text, times)} tabIndex={item.index === here ? 0 : -1} onFocus={(event) => { if (event.target === event.currentTarget) setFocused(row.key); }}>
                  <MessageBody thread={thread} message={message} grouped={row.grouped} endsRun={row.endsRun} outbox={{ retry: retry.mutate, discard: discard.mutate }} onReply={(entry, answer) => acknowledge.mutate({ message: entry, answer })} />
                </article>
              </div>
            );
          })}
        </div>
      </div>
      {away || unreadAway ? (
        <div className={styles.toEnd}>
          {unreadAway ? <Button label={text("thread.to_unread")} icon={<MailOpen aria-hidden="true" />} onPress={onToUnread} testId="to-unread" /> : null}
          {away ? <Button label={text("thread.to_end")} icon={<ArrowDown aria-hidden="true" />} onPress={() => { if (complete) toEnd(); else onToEnd(); }} /> : null}
        </div>
      ) : null}
      {asked === null ? null : <Readers thread={thread} message={asked} onClose={() => setAsked(null)} />}
      {retry.error === null && discard.error === null && acknowledge.error === null ? null : <ErrorNote reason={retry.error ?? discard.error ?? acknowledge.error} />}
    </div>
  );
}
