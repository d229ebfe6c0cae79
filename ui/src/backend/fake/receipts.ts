// How far have the fake's messages come, and who has read them?
import type { Answer, MessageReceipts, MessageView, Reader } from "../bindings";
import { nameOf, PEOPLE } from "./clinic";

/** What stands beside a message that offers these and of which nothing is known. */
export function offering(answers: readonly Answer[]): MessageReceipts {
  return { recipients: 0, stored: 0, displayed: 0, acknowledged: 0, answers: answers.map((answer) => ({ answer, count: 0 })), mine: null };
}

/** The message with what the signed-in person answered. */
export function answered(message: MessageView, answer: Answer | null): MessageView {
  return message.kind === "message" ? { ...message, receipts: { ...message.receipts, mine: { answer, on_server: true } } } : message;
}

const MACHINES = ["Front-Desk-1", "3-West-2", "Clinic-4"];

/** Whom a message was for, as far along as its counts say: the first of them the furthest. */
export function readersOf(message: MessageView, members: readonly string[]): Reader[] {
  if (message.kind !== "message") return [];
  const { receipts, at, author } = message;
  return members.filter((one) => one !== author).map((account, index) => {
    const person = PEOPLE.find((one) => one.account === account);
    const after = (count: number, minutes: number): number | null => (index < count ? at + minutes * 60_000 : null);
    const stored_at = after(receipts.stored, 1);
    return {
      account, name: nameOf(account), title: person?.title ?? "", initials: person?.initials ?? "",
      devices: stored_at === null ? [] : [{ device: `dev-${account}`, workstation: MACHINES[index % MACHINES.length] ?? "", stored_at, displayed_at: after(receipts.displayed, 2) }],
      acknowledged_at: after(receipts.acknowledged, 4), answer: index < receipts.acknowledged ? (receipts.answers.find((one) => one.count > 0)?.answer ?? null) : null,
    };
  });
}
