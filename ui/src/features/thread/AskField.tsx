// What may readers answer by a button?
import { useState, type KeyboardEvent } from "react";
import type { Answer } from "../../backend/bindings";
import { sayAnswer } from "../../i18n/receipts";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Checkbox } from "../../kit/Checkbox/Checkbox";
import { TextField } from "../../kit/TextField/TextField";
import styles from "./Receipts.module.css";

type Props = { answers: readonly Answer[]; onChange: (answers: Answer[]) => void };

/** The contract's limits. */
const MOST = 6;
const CHARS = 40;
const READY: readonly Answer[] = ["agree", "need_to_talk"];

const same = (a: Answer, b: Answer): boolean => (typeof a === "string" || typeof b === "string" ? a === b : a.text === b.text);

/** Two answers that are always there, and the sender's own. Closed until somebody asks for it. */
export function AskField({ answers, onChange }: Props) {
  const text = useText();
  const [open, setOpen] = useState(false);
  const [own, setOwn] = useState("");
  if (!open && answers.length === 0) return <Button label={text("offer.open")} variant="quiet" testId="ask" onPress={() => setOpen(true)} />;
  const offers = (answer: Answer): boolean => answers.some((one) => same(one, answer));
  const set = (answer: Answer, on: boolean): void => {
    if (!on) onChange(answers.filter((one) => !same(one, answer)));
    else if (answers.length < MOST) onChange([...answers, answer]);
  };
  const words = own.trim();
  const fits = words !== "" && [...words].length <= CHARS && answers.length < MOST && !offers({ text: words });
  const add = (): void => {
    if (!fits) return;
    set({ text: words }, true);
    setOwn("");
  };
  // Enter offers the answer that is being written; it does not send the message.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    add();
  };
  return (
    // The keys are those of the fields in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset className={styles.ask} data-testid="ask-field" onKeyDown={onKeyDown}>
      <legend className="visually-hidden">{text("offer.label")}</legend>
      {[...READY, ...answers.filter((one) => typeof one !== "string")].map((answer) => {
        const label = sayAnswer(text, answer);
        return <Checkbox key={label} label={label} on={offers(answer)} onChange={(on) => set(answer, on)} testId={`ask-${typeof answer === "string" ? answer : "own"}`} />;
      })}
      <TextField label={text("offer.own")} value={own} onChange={setOwn} maxLength={CHARS} auto testId="ask-words" />
      <Button label={text("offer.add")} disabled={!fits} onPress={add} />
    </fieldset>
  );
}
