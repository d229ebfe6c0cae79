// Who is it, and which recovery code do they have?
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Card, CardForm } from "../../kit/Card/Card";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { TextField } from "../../kit/TextField/TextField";
import { tidyLogin } from "../../lib/login";
import styles from "./Recover.module.css";

/** A login name, and a recovery code as it was typed. */
export type Who = { login: string; recoveryCode: string };
type Props = { step: string; login: string; reason: unknown; onWho: (who: Who) => void; onBack: () => void };

/** Letters and digits of a recovery code. The core reads it as tolerantly and decides. */
const CODE_CHARS = 20;
const counted = (typed: string): number => typed.replaceAll(/[^A-Za-z0-9]/gu, "").length;

/** Name and code. Capitals, dashes and spaces do not matter. */
export function WhoStep({ step, login: before, reason, onWho, onBack }: Props) {
  const text = useText();
  const [login, setLogin] = useState(before);
  const [code, setCode] = useState("");
  const [asked, setAsked] = useState(false);
  const complete = counted(code) === CODE_CHARS;
  const submit = (): void => {
    setAsked(true);
    if (login.trim() !== "" && complete) onWho({ login: tidyLogin(login), recoveryCode: code });
  };
  return (
    <Card step={step} title={text("recover.title")} sub={text("recover.sub")} foot={<Button label={text("action.back")} variant="quiet" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack} />}>
      <CardForm onSubmit={submit}>
        {reason === null || code !== "" ? null : <ErrorNote reason={reason} sentences={{ malformed: { says: "recover.malformed", next: "recover.malformed_next" } }} />}
        <TextField label={text("someone.login")} value={login} onChange={setLogin} maxLength={64} autoFocus={before === ""} testId="login" error={asked && login.trim() === "" ? text("someone.login_missing") : null} />
        <TextField label={text("recover.code")} hint={text("recover.code_hint")} value={code} onChange={setCode} maxLength={64} autoFocus={before !== ""} even testId="recovery-code"
          error={asked && !complete ? text("recover.code_short", { n: CODE_CHARS, have: counted(code) }) : null} />
        <Button label={text("action.next")} type="submit" variant="primary" wide testId="next" />
      </CardForm>
      <p className={styles.without}>{text("recover.without")}</p>
    </Card>
  );
}
