// What members say inside an entry: events, read from the bytes that their author signed, with every length checked.

import { anchor } from "./entry";
import { FIELD_CHARS, FILE_BYTES, MESSAGE_CHARS, TITLE_CHARS } from "./limits";
import { acknowledgement, answer, checkAnswers, checkReceipt, receipt } from "./receipt";
import { atMost, required, type TextError } from "./text";
import { bytesOf, directoryHead, id, list, not, optional, struct, text, u64, variant, wordOf, type Reader } from "./shape";

const message = struct({ text, priority: wordOf("fyi", "action", "concern", "stat"), answers: list(answer) });
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
const file = struct({ file: id, key: bytesOf(32), bytes: u64, hash: bytesOf(32), media_type: text, name: text, text, priority: wordOf("fyi", "action", "concern", "stat") });
const exported = struct({ entry: id });

const readMark = struct({ turn: u64, upto: u64 });

/** Everything that can happen in a thread. */
export type Event =
  | { readonly kind: "message"; readonly message: ReturnType<typeof message> }
  | { readonly kind: "described"; readonly described: ReturnType<typeof description> }
  | { readonly kind: "read"; readonly read: ReturnType<typeof readMark> }
  | { readonly kind: "file"; readonly file: ReturnType<typeof file> }
  | { readonly kind: "exported"; readonly exported: ReturnType<typeof exported> }
  | { readonly kind: "receipt"; readonly receipt: ReturnType<typeof receipt> }
  | { readonly kind: "acknowledged"; readonly acknowledged: ReturnType<typeof acknowledgement> };

const event: Reader<Event> = (value) => {
  const one = variant(value);
  switch (one.name) {
    case "message":
      return { kind: "message", message: message(one.value) };
    case "described":
      return { kind: "described", described: description(one.value) };
    case "read":
      return { kind: "read", read: readMark(one.value) };
    case "file":
      return { kind: "file", file: file(one.value) };
    case "exported":
      return { kind: "exported", exported: exported(one.value) };
    case "receipt":
      return { kind: "receipt", receipt: receipt(one.value) };
    case "acknowledged":
      return { kind: "acknowledged", acknowledged: acknowledgement(one.value) };
    default:
      return not();
  }
};

/** What an author signs. */
export const content = struct({ event, sent_at: u64, anchor, directory: directoryHead });
/** What an author signs. */
export type Content = ReturnType<typeof content>;

/** The first text that is missing or too long, or `null`. */
export function checkEvent(of: Event): TextError | null {
  if (of.kind === "message") return required(of.message.text, MESSAGE_CHARS) ?? checkAnswers(of.message.answers);
  if (of.kind === "file") return checkFile(of.file);
  if (of.kind === "exported" || of.kind === "read") return null;
  if (of.kind === "receipt") return checkReceipt(of.receipt);
  if (of.kind === "acknowledged") return checkAnswers(of.acknowledged.answer === null ? [] : [of.acknowledged.answer]);
  const { title, reason, patient: who } = of.described;
  const first = atMost(title, TITLE_CHARS) ?? atMost(reason, FIELD_CHARS);
  if (first !== null || who === null) return first;
  for (const one of [who.family, who.given, who.birth_date, who.mrn]) {
    const error = required(one, FIELD_CHARS);
    if (error !== null) return error;
  }
  return atMost(who.preferred, FIELD_CHARS) ?? atMost(who.pronouns, FIELD_CHARS) ?? atMost(who.language, FIELD_CHARS);
}

function checkFile(of: ReturnType<typeof file>): TextError | null {
  const first = required(of.name, TITLE_CHARS) ?? required(of.media_type, FIELD_CHARS) ?? atMost(of.text, MESSAGE_CHARS);
  if (first !== null) return first;
  // One line, no folder, not empty.
  if (/[\p{Cc}/\\]/u.test(of.name) || of.bytes === 0n) return "malformed";
  return of.bytes > BigInt(FILE_BYTES) ? "too_large" : null;
}
