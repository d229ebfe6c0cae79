// What is being written, how urgent is it, and is it safe if the screen goes now?
import { useCallback, useMemo, useRef, useState } from "react";
import type { Answer, DraftView, Priority } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { saveDraft } from "../../backend/queries/drafts";
import { useSendMessage } from "../../backend/queries/messages";
import { makeDebounce } from "../../lib/debounce";
import { useFlush } from "../../lib/flush";

/** Half of what is promised: a draft is saved within two seconds of the first key. */
const SAVE_MS = 800;

/** The draft of a thread, saved while it is written, and the sending of it. */
export function useComposer(thread: string, draft: DraftView | null, files: readonly string[]) {
  const backend = useBackend();
  const [text, setText] = useState(draft?.text ?? "");
  const [priority, setPriority] = useState<Priority>(draft?.priority ?? "fyi");
  const [answers, setAnswers] = useState<Answer[]>([]);
  const [round, setRound] = useState(0);
  const [unsaved, setUnsaved] = useState<unknown>(null);
  /** What stands in the box now, also for an answer that comes after more was typed. */
  const current = useRef<DraftView>({ text, priority });
  const send = useSendMessage();

  const saving = useMemo(() => makeDebounce(async (next: DraftView) => {
    try {
      await saveDraft(backend, thread, next.text.trim() === "" ? null : next);
      setUnsaved(null);
    } catch (reason) {
      setUnsaved(reason);
    }
  }, SAVE_MS), [backend, thread]);
  useFlush(useCallback(() => saving.flush(), [saving]));

  const write = (next: DraftView): void => {
    current.current = next;
    setText(next.text);
    setPriority(next.priority);
    saving.push(next);
  };
  /** The words go with the first file, where there is one and they ask nothing. Says what of them is still to be sent, with each step. */
  const deliver = async (words: string, left: (words: string) => void): Promise<void> => {
    let said = words;
    if (files.length === 0 || (answers.length > 0 && words !== "")) {
      await send.mutateAsync({ thread, text: words, priority, answers });
      said = "";
      left(said);
    }
    for (const file of files) {
      // In the order in which they were chosen.
      // oxlint-disable-next-line no-await-in-loop
      await backend.sendFile({ file, text: said, priority });
      said = "";
      left(said);
    }
  };
  const submit = (): void => {
    const words = text.trim();
    if ((words === "" && files.length === 0) || send.isPending) return;
    // The box is free at once: what is typed while the outbox answers belongs to the next message. The draft on disk keeps the
    // words until then, so that nothing is lost should the outbox refuse or the machine stop.
    const kept = saving.flush();
    current.current = { text: "", priority: "fyi" };
    setText("");
    setPriority("fyi");
    setAnswers([]);
    setRound((old) => old + 1);
    let unsent = words;
    void kept.then(() => deliver(words, (left) => { unsent = left; })).then(
      () => {
        if (current.current.text === "") void saveDraft(backend, thread, null).catch(setUnsaved);
        else saving.push(current.current);
      },
      // Refused: the words come back, before what was typed since.
      (why: unknown) => {
        if (files.length > 0) setUnsaved(why);
        if (unsent !== "") setAnswers(answers);
        write({ text: [unsent, current.current.text].filter((part) => part !== "").join("\n"), priority });
      },
    );
  };
  return {
    text, priority, answers, setAnswers, /** Counts what was sent: the answers are asked for anew with each. */ round, busy: send.isPending, reason: send.error ?? unsaved,
    setText: (next: string) => write({ text: next, priority }), setPriority: (next: Priority) => write({ text, priority: next }), submit,
  };
}
