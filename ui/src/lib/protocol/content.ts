// What members say inside an entry: events, read from the bytes that their author signed, with every length checked.

import { anchor } from "./entry";
import { FIELD_CHARS, MESSAGE_CHARS, TITLE_CHARS } from "./limits";
import { directoryHead, not, optional, struct, text, u64, variant, wordOf, type Reader } from "./shape";

const message = struct({ text, priority: wordOf("fyi", "action", "concern", "stat") });
const patient = struct({
  family: text,
  given: text,
  preferred: optional(text),
  birth_date: text,
  mrn: text,
  pronouns: optional(text),
  language: optional(text),
});
const description = struct({ title: optional(text), patient: optional(patient), reason: optional(text) });

const readMark = struct({ turn: u64, upto: u64 });

/** Everything that can happen in a thread. */
export type Event =
  | { readonly kind: "message"; readonly message: ReturnType<typeof message> }
  | { readonly kind: "described"; readonly described: ReturnType<typeof description> }
  | { readonly kind: "read"; readonly read: ReturnType<typeof readMark> };

const event: Reader<Event> = (value) => {
  const one = variant(value);
  switch (one.name) {
    case "message":
      return { kind: "message", message: message(one.value) };
    case "described":
      return { kind: "described", described: description(one.value) };
    case "read":
      return { kind: "read", read: readMark(one.value) };
    default:
      return not();
  }
};

/** What an author signs. */
export const content = struct({ event, sent_at: u64, anchor, directory: directoryHead });
/** What an author signs. */
export type Content = ReturnType<typeof content>;

/** Why an event's texts are refused. */
export type TextError = "too_large" | "malformed";

/** The first text that is missing or too long, or `null`. */
export function checkEvent(of: Event): TextError | null {
  if (of.kind === "message") return required(of.message.text, MESSAGE_CHARS);
  if (of.kind === "read") return null;
  const { title, reason, patient: who } = of.described;
  const first = atMost(title, TITLE_CHARS) ?? atMost(reason, FIELD_CHARS);
  if (first !== null || who === null) return first;
  for (const one of [who.family, who.given, who.birth_date, who.mrn]) {
    const error = required(one, FIELD_CHARS);
    if (error !== null) return error;
  }
  return atMost(who.preferred, FIELD_CHARS) ?? atMost(who.pronouns, FIELD_CHARS) ?? atMost(who.language, FIELD_CHARS);
}

function required(of: string, limit: number): TextError | null {
  // White space as Unicode defines it: what `trim` takes off, without the byte order mark, which is none.
  return /^\p{White_Space}*$/u.test(of) ? "malformed" : atMost(of, limit);
}

function atMost(of: string | null, limit: number): TextError | null {
  if (of === null || of.length <= limit) return null;
  // Characters are code points, as on the Rust side.
  return of.length > limit * 2 || [...of].length > limit ? "too_large" : null;
}
