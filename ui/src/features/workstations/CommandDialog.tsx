// How is a machine, or several, told what to do: what happens, what does not, why, and the word that has to be typed?
import { useState } from "react";
import type { CommandReason, DirectoryPerson, WorkstationEntry } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { announce } from "../../kit/Announcer/announce";
import { Button } from "../../kit/Button/Button";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Segmented } from "../../kit/Segmented/Segmented";
import { TextField } from "../../kit/TextField/TextField";
import { CommandEffects } from "./CommandEffects";
import { CommandOutcomes } from "./CommandOutcomes";
import { actionOf, REASONS, type Deed } from "./deeds";
import { PersonField } from "./PersonField";
import { useIssue } from "./useIssue";
import styles from "./Workstations.module.css";

type Props = { deed: Deed; machines: readonly WorkstationEntry[]; /** What is chosen already, in the steps for a lost machine. */ reason?: CommandReason; onClose: () => void };

const even = (words: string): string => words.trim().replaceAll(/\s+/gu, " ").toLowerCase();

/** The form, and for several machines what came of it. */
export function CommandDialog({ deed, machines, reason: first, onClose }: Props) {
  const text = useText();
  const [reason, setReason] = useState<CommandReason | null>(first ?? (deed === "report" ? "routine" : null));
  const [person, setPerson] = useState<DirectoryPerson | null>(null);
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState(false);
  const only = machines.length === 1 ? machines[0] : undefined;
  const wipe = deed === "wipe" || deed === "wipe_person";
  const word = only?.name ?? text("command.word", { n: machines.length });
  const ready = reason !== null && (deed !== "wipe_person" || person !== null) && (!wipe || even(typed) === even(word));
  const said = deed === "wipe" && only === undefined ? text("command.wipe_many", { n: machines.length }) : text(`command.${deed}`);
  const issue = useIssue((machine) => ({ workstation: machine.id, account: deed === "wipe_person" ? (person?.account ?? null) : null, action: actionOf(deed), reason: reason ?? "routine" }), () => {
    if (only === undefined) return;
    announce(text("command.given_said", { text: said, name: only.name }));
    onClose();
  });
  const submit = (): void => {
    setAsked(true);
    if (ready) issue.go(machines);
  };
  const title = only === undefined ? deed === "wipe" ? said : text("command.title_many", { text: text(`command.${deed}`), n: machines.length }) : text("command.title_one", { text: said, name: only.name });
  if (issue.issued !== null && (only === undefined || issue.issued.given.length > 0)) return <CommandOutcomes title={title} issued={issue.issued} running={issue.running} onAgain={issue.go} onStop={issue.stop} onClose={onClose} />;
  return (
    <Dialog alert={wipe} keep={issue.running !== null} title={title} closeLabel={text("action.close")} onClose={onClose} footer={<>
      {issue.running === null || only !== undefined ? null : <span role="status" className={styles.hint}>{text("command.busy", issue.running)}</span>}
      {issue.running === null ? <Button label={text("action.cancel")} onPress={onClose} /> : <Button label={text("command.stop")} onPress={issue.stop} />}
      <Button label={said} variant={wipe ? "danger" : "primary"} busy={issue.running !== null} onPress={submit} testId="command-give" />
    </>}>
      <form className={styles.form} autoComplete="off" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <CommandEffects deed={deed} machines={machines} />
        {deed === "wipe_person" ? <PersonField person={person} onChange={setPerson} missing={asked && person === null} /> : null}
        <div>
          <Segmented label={text("command.reason")} value={reason} onChange={setReason} segments={REASONS.map((one) => ({ value: one, label: text(`command.reason_${one}`) }))} />
          {asked && reason === null ? <p role="alert" className={styles.problem}>{text("command.reason_missing")}</p> : null}
        </div>
        {wipe ? <TextField label={text("confirm.type", { word })} value={typed} onChange={setTyped} testId="command-word" error={asked && even(typed) !== even(word) ? text("confirm.differs", { word }) : null} /> : null}
        {issue.issued?.refused.map((one) => <ErrorNote key={one.machine.id} reason={one.reason} />)}
        <button type="submit" hidden aria-label={said} />
      </form>
    </Dialog>
  );
}
