// What members say about the messages of others: how far a device has come, and what a person answers.

import { ANSWER_CHARS, ANSWERS } from "./limits";
import { id, not, optional, struct, text, u64, variant, wordOf, type Reader } from "./shape";
import { required, type TextError } from "./text";

/** An answer that a sender offers as a button. */
export type Answer = "agree" | "need_to_talk" | { readonly text: string };

/** An answer that a sender offers as a button. */
export const answer: Reader<Answer> = (value) => {
  if (typeof value === "string") return wordOf("agree", "need_to_talk")(value);
  const one = variant(value);
  return one.name === "text" ? { text: text(one.value) } : not();
};

/** How far a device has come in the thread. */
export const receipt = struct({ stored: u64, displayed: u64 });
/** A person takes note of a message. */
export const acknowledgement = struct({ message: id, answer: optional(answer) });

/** What is wrong with answers, or `null`. */
export function checkAnswers(of: readonly Answer[]): TextError | null {
  if (of.length > ANSWERS) return "too_large";
  for (const one of of) {
    const error = typeof one === "string" ? null : required(one.text, ANSWER_CHARS);
    if (error !== null) return error;
  }
  return null;
}

/** Nobody has on the screen what is not in the vault. */
export function checkReceipt(of: ReturnType<typeof receipt>): TextError | null {
  return of.stored === 0n || of.displayed > of.stored ? "malformed" : null;
}
