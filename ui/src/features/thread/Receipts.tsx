// What is known beside a message: how far it has come, what its sender lets others answer, and what this person answered?
import { Check, CheckCheck, Eye, HardDrive, type LucideIcon } from "lucide-react";
import type { Answer, MessageReceipts, MessageView } from "../../backend/bindings";
import { furthest, sayAnswer, sayFurthest, type Step } from "../../i18n/receipts";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import styles from "./Receipts.module.css";

/** What can be done with a message that came in. */
export type Reply = (message: string, answer: Answer | null) => void;
type Spoken = Extract<MessageView, { kind: "message" }>;

const ICONS: Record<Step, LucideIcon> = { stored: HardDrive, displayed: Eye, acknowledged: CheckCheck };

/** How far an own message has come; on the server at least. */
export function ReceiptLine({ receipts }: { receipts: MessageReceipts }) {
  const text = useText();
  const step = furthest(receipts);
  const Icon = step === null ? Check : ICONS[step];
  const given = receipts.answers.filter((one) => one.count > 0).map((one) => `${sayAnswer(text, one.answer)} ${one.count}`);
  return (
    <p className={styles.known} data-testid="receipt" data-step={step ?? "on_server"}>
      <Icon aria-hidden="true" />{sayFurthest(text, receipts) ?? text("state.on_server")}{given.length === 0 ? null : <span dir="auto">· {given.join(" · ")}</span>}
    </p>
  );
}

/** What somebody else's message asks for: its answers, or an acknowledgement where it is more than for information. */
export function ReplyButtons({ message, onReply }: { message: Spoken; onReply: Reply }) {
  const text = useText();
  const { mine, answers } = message.receipts;
  if (mine !== null) {
    const said = mine.answer === null ? text("receipt.mine") : text("receipt.mine_answer", { text: sayAnswer(text, mine.answer) });
    return <p className={styles.known} data-testid="own-answer" dir="auto"><CheckCheck aria-hidden="true" />{said}{mine.on_server ? null : <span>· {text("state.queued")}</span>}</p>;
  }
  if (answers.length === 0 && message.priority === "fyi") return null;
  const of = (label: string): string => text("receipt.button", { text: label, name: message.author_name });
  return (
    <div className={styles.buttons} data-testid="answers">
      {answers.map(({ answer }) => {
        const label = sayAnswer(text, answer);
        return <Button key={label} label={label} accessibleLabel={of(label)} onPress={() => onReply(message.entry, answer)} />;
      })}
      {answers.length > 0 ? null : <Button label={text("receipt.acknowledge")} accessibleLabel={of(text("receipt.acknowledge"))} onPress={() => onReply(message.entry, null)} />}
    </div>
  );
}
