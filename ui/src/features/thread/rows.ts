// How do messages become rows: where does a day begin, where does the unread part, and what stands together?
import type { MessageView } from "../../backend/bindings";
import { daysBetween } from "../../lib/time";

/** A row of the log. */
export type LogRow = { key: string; message: MessageView; newDay: boolean; firstUnread: boolean; grouped: boolean; /** The last of a run: its state stands for those above it. */ endsRun: boolean };

/** Messages closer than this, by one author, share a heading. */
const TOGETHER = 5 * 60_000;

function groups(before: MessageView | undefined, message: MessageView): boolean {
  return before?.kind === "message" && message.kind === "message" && before.author === message.author && message.at - before.at < TOGETHER;
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
    const sameState = message.kind === "message" && after?.kind === "message" && message.state.kind === after.state.kind && message.state.kind !== "failed";
    const endsRun = !(sameState && groups(message, after) && daysBetween(message.at, after.at) === 0);
    return { key: message.entry, message, newDay, firstUnread, grouped: !newDay && !firstUnread && groups(before, message), endsRun };
  });
}
