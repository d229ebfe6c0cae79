// How does an invite become an account on this machine?
import { useMutation } from "@tanstack/react-query";
import { ArrowLeft, Check, Circle } from "lucide-react";
import { useState } from "react";
import { useBackend } from "../../backend/context";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { TextField } from "../../kit/TextField/TextField";
import styles from "./Enrol.module.css";

/** The contract's minimum; the core checks it again. */
const PASSWORD_MIN = 12;

type Props = {
  /** The machine's name if it has one already; then it is not asked for. */
  workstation: string | null;
  onDone: () => void;
  /** Null when there is nowhere to go back to. */
  onBack: (() => void) | null;
};

/** Invite, password twice, and the workstation's name the first time. */
export function Enrol({ workstation, onDone, onBack }: Props) {
  const text = useText();
  const backend = useBackend();
  const [invite, setInvite] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [name, setName] = useState(workstation ?? "");
  const [asked, setAsked] = useState(false);
  const enrol = useMutation({ mutationFn: () => backend.enrol({ invite: invite.trim(), password, workstation_name: name.trim() }), onSuccess: onDone });

  const long = [...password].length >= PASSWORD_MIN;
  const same = password === again && again !== "";
  const ready = invite.trim() !== "" && name.trim() !== "" && long && same;
  const submit = (): void => {
    setAsked(true);
    if (ready && !enrol.isPending) enrol.mutate();
  };
  const wrong = (bad: boolean, message: string): string | null => (asked && bad ? message : null);
  return (
    <section className={styles.card} aria-labelledby="enrol">
      <h1 id="enrol" className={styles.title}>{text(workstation === null ? "enrol.title" : "enrol.title_person")}</h1>
      <p className={styles.sub}>{text(workstation === null ? "enrol.subtitle" : "enrol.subtitle_person")}</p>
      <form className={styles.form} autoComplete="off" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <TextField label={text("enrol.invite")} hint={text("enrol.invite_hint")} value={invite} onChange={setInvite} autoFocus error={wrong(invite.trim() === "", text("enrol.invite_missing"))} />
        {workstation === null ? <TextField label={text("enrol.workstation")} hint={text("enrol.workstation_hint")} value={name} onChange={setName} maxLength={120} error={wrong(name.trim() === "", text("enrol.workstation_missing"))} /> : null}
        <TextField label={text("enrol.password")} type="password" value={password} onChange={setPassword} maxLength={256} autoComplete="new-password" testId="password" error={wrong(!long, text("enrol.password_short", { n: PASSWORD_MIN }))} />
        <TextField label={text("enrol.password_again")} type="password" value={again} onChange={setAgain} maxLength={256} autoComplete="new-password" error={wrong(!same, text("enrol.password_differs"))} />
        <ul className={styles.rules}>
          <Rule met={long} label={text("enrol.rule_length", { n: PASSWORD_MIN, have: [...password].length })} />
          <Rule met={same} label={text("enrol.rule_same")} />
        </ul>
        {enrol.error === null ? null : <ErrorNote reason={enrol.error} />}
        <Button label={text(enrol.isPending ? "enrol.working" : "enrol.action")} type="submit" variant="primary" wide busy={enrol.isPending} />
      </form>
      {onBack === null ? null : <div className={styles.foot}><Button label={text("action.back")} variant="quiet" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack} /></div>}
    </section>
  );
}

function Rule({ met, label }: { met: boolean; label: string }) {
  const text = useText();
  return <li className={met ? styles.met : undefined}>{met ? <Check aria-hidden="true" /> : <Circle aria-hidden="true" />}{label}<span className="visually-hidden">{text(met ? "enrol.met" : "enrol.not_met")}</span></li>;
}
