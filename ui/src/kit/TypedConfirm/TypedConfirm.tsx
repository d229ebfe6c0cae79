// How is something asked that cannot be undone? By having its name typed.
import { useState } from "react";
import { useText } from "../../i18n/text";
import { Button } from "../Button/Button";
import { Dialog } from "../Dialog/Dialog";
import { ErrorNote } from "../ErrorNote/ErrorNote";
import { TextField } from "../TextField/TextField";
import styles from "./TypedConfirm.module.css";

type Props = { title: string; body: string; /** What has to be typed; capitals do not matter. */ word: string; action: string; busy: boolean; reason: unknown; onConfirm: () => void; onClose: () => void };

const even = (words: string): string => words.trim().toLowerCase();

/** A question with a word to type. */
export function TypedConfirm({ title, body, word, action, busy, reason, onConfirm, onClose }: Props) {
  const text = useText();
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState(false);
  const same = even(typed) === even(word);
  const submit = (): void => {
    setAsked(true);
    if (same) onConfirm();
  };
  return (
    <Dialog alert size="small" title={title} closeLabel={text("action.close")} onClose={onClose} footer={<>
      <Button label={text("action.cancel")} onPress={onClose} />
      <Button label={action} variant="danger" busy={busy} onPress={submit} testId="confirm" />
    </>}>
      <form className={styles.form} autoComplete="off" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <p>{body}</p>
        <TextField label={text("confirm.type", { word })} value={typed} onChange={setTyped} autoFocus testId="confirm-word" error={asked && !same ? text("confirm.differs", { word }) : null} />
        {reason === null ? null : <ErrorNote reason={reason} />}
      </form>
    </Dialog>
  );
}
