// How do messages become rows: where does a day begin, where does the unread part, and what stands together?
import type { MessageView } from "../../backend/bindings";
import { furthest } from "../../i18n/receipts";
import { daysBetween } from "../../lib/time";

/** A row of the log. */
export type LogRow = { key: string; message: MessageView; newDay: boolean; firstUnread: boolean; grouped: boolean; /** The last of a run: its state stands for those above it. */ endsRun: boolean };

/** Messages closer than this, by one author, share a heading. */
const TOGETHER = 5 * 60_000;

function groups(before: MessageView | undefined, message: MessageView): boolean {
  return before?.kind === "message" && message.kind === "message" && before.author === message.author && message.at - before.at < TOGETHER;
}

/** What a message's line of state says; two that say the same need it once. Answers are those of one message only. */
function standing(message: MessageView): string | null {
  if (message.kind !== "message" || message.state.kind === "failed" || message.receipts.answers.length > 0) return null;
  const { receipts } = message;
  const step = furthest(receipts);
  return [message.state.kind, step, step === null ? 0 : receipts[step], receipts.recipients].join(" ");
}

/** Rows in the order of the log. `readSeq` is what was read when the thread was opened. */
export function logRows(messages: readonly MessageView[], readSeq: number): LogRow[] {
  let marked = false;
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const newDay = before === undefined || daysBetween(before.at, message.at) !== 0;
    const unread = !marked && message.kind === "message" && !message.mine && message.seq !== null && message.seq > readSeq;
    // Only a true border counts: with older pages not loaded, the first row is no border.
    const firstUnread = unread && (before === undefined ? message.seq === readSeq + 1 : before.seq !== null);
    if (unread) marked = true;
    const after = messages[index + 1];
    const stands = standing(message);
    const endsRun = !(after !== undefined && stands !== null && stands === standing(after) && groups(message, after) && daysBetween(message.at, after.at) === 0);
    return { key: message.entry, message, newDay, firstUnread, grouped: !newDay && !firstUnread && groups(before, message), endsRun };
  });
}
