// How is it said what became of a message, and what was answered?
import type { Answer, MessageReceipts } from "../backend/bindings";
import type { Text } from "./text";

/** The three things that are known beyond the server, the furthest first. */
const STEPS = ["acknowledged", "displayed", "stored"] as const;
/** One of them. */
export type Step = (typeof STEPS)[number];

/** The furthest that anybody has come with a message, or null where nothing is known. */
export function furthest(receipts: MessageReceipts): Step | null {
  return STEPS.find((step) => receipts[step] > 0) ?? null;
}

/** That, in words; of how many, where it was for more than one. */
export function sayFurthest(text: Text, receipts: MessageReceipts): string | null {
  const step = furthest(receipts);
  if (step === null) return null;
  if (receipts.recipients === 1) return text(`receipt.${step}`);
  return text(`receipt.${step}_of`, { done: receipts[step], total: receipts.recipients });
}

/** An answer as it stands on its button. */
export function sayAnswer(text: Text, answer: Answer): string {
  if (typeof answer !== "string") return answer.text;
  return text(`answer.${answer}`);
}
