// How does a machine become a workstation of the clinic? IT pastes a token, once.
import { CircleCheck } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { WorkstationEnrolled } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Card, CardForm } from "../../kit/Card/Card";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { PasteField } from "../../kit/PasteField/PasteField";
import { findText, INVITE_PREFIX, TOKEN_PREFIX } from "../../lib/secretText";
import styles from "./EnrolWorkstation.module.css";

type Props = { /** Whether the machine is one by now, by whomever. */ here: boolean; onDone: () => void };

/** The token, then whose workstation this is now. A machine that its management lets in meanwhile goes on by itself. */
export function EnrolWorkstation({ here, onDone }: Props) {
  const [enrolled, setEnrolled] = useState<WorkstationEnrolled | null>(null);
  return enrolled === null ? <Token here={here} onEnrolled={setEnrolled} onGone={onDone} /> : <Enrolled enrolled={enrolled} onDone={onDone} />;
}

function Token({ here, onEnrolled, onGone }: { here: boolean; onEnrolled: (enrolled: WorkstationEnrolled) => void; onGone: () => void }) {
  const text = useText();
  const backend = useBackend();
  const [token, setToken] = useState("");
  const [asked, setAsked] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const enrol = useCall((words: string) => backend.enrolWorkstation({ token: words }), (answer) => {
    setToken("");
    onEnrolled(answer);
  }, () => box.current?.focus());
  const invite = token.includes(INVITE_PREFIX);
  const wrong = token.trim() === "" ? text("workstation.token_missing") : invite ? text("workstation.token_is_invite") : null;
  // The person's own token is on its way, or has just let the machine in: that is said first.
  const own = asked && wrong === null && enrol.reason === null;
  useEffect(() => {
    if (here && !own) onGone();
  }, [here, own, onGone]);
  const submit = (): void => {
    setAsked(true);
    if (wrong === null) enrol.go(findText(token, TOKEN_PREFIX));
  };
  const change = (next: string): void => {
    setToken(next);
    enrol.forget();
  };
  return (
    <Card title={text("workstation.title")} sub={text("workstation.sub")}>
      <CardForm onSubmit={submit}>
        <PasteField ref={box} label={text("workstation.token")} hint={text("workstation.token_hint")} value={token} onChange={change} autoFocus testId="token" error={asked || invite ? wrong : null} />
        {enrol.reason === null ? null : <ErrorNote reason={enrol.reason} />}
        <Button label={text(enrol.busy ? "workstation.working" : "workstation.action")} type="submit" variant="primary" wide busy={enrol.busy} />
      </CardForm>
      <p className={styles.not_it}>{text("workstation.not_it")}</p>
    </Card>
  );
}

function Enrolled({ enrolled, onDone }: { enrolled: WorkstationEnrolled; onDone: () => void }) {
  const text = useText();
  const clinic = enrolled.organisation === "" ? enrolled.server : enrolled.organisation;
  return (
    <Card title={text("workstation.done_title")}>
      <div className={styles.done} role="status">
        <span className={styles.sign} aria-hidden="true"><CircleCheck /></span>
        <p className={styles.clinic}><bdi>{clinic}</bdi></p>
        {enrolled.organisation === "" ? null : <p className={styles.server}><bdi>{enrolled.server}</bdi></p>}
        <p className={styles.kind}>{text(enrolled.kind === "shared" ? "workstation.done_shared" : "workstation.done_private")}</p>
      </div>
      <CardForm onSubmit={onDone}>
        <Button label={text("workstation.go")} type="submit" variant="primary" wide testId="go-to-tiles" />
      </CardForm>
    </Card>
  );
}
