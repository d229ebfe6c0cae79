// What is said aloud when a message comes in? Politely, and assertively for STAT only.
import { useEffect, useRef } from "react";
import { announce } from "../../kit/Announcer/announce";
import { useText } from "../../i18n/text";
import type { LogRow } from "./rows";

/** Announces rows that arrive at the end of a complete log. */
export function useAnnounce(rows: readonly LogRow[], complete: boolean): void {
  const text = useText();
  const known = useRef<number | null>(null);
  useEffect(() => {
    if (!complete) return;
    const newest = rows.reduce((top, row) => Math.max(top, row.message.seq ?? 0), 0);
    const before = known.current;
    known.current = newest;
    if (before === null) return;
    for (const { message } of rows) {
      if (message.kind !== "message" || message.mine || message.seq === null || message.seq <= before) continue;
      announce(text("thread.arrived", { name: message.author_name, priority: text(`priority.${message.priority}`), text: message.text }), message.priority === "stat" ? "assertive" : "polite");
    }
  }, [rows, complete, text]);
}
