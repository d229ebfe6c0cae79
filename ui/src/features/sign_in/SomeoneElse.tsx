// How does somebody sign in who has no tile here? By login name, password and code, at any workstation of the clinic.
import { ArrowLeft, KeyRound } from "lucide-react";
import { useRef, useState } from "react";
import type { Connection, ErrorCode } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { errorView } from "../../backend/errors";
import { useCall } from "../../backend/queries/call";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Card, CardForm } from "../../kit/Card/Card";
import { CODE_DIGITS, CodeField } from "../../kit/CodeField/CodeField";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { PasswordField } from "../../kit/PasswordField/PasswordField";
import { Strip } from "../../kit/Strip/Strip";
import { TextField } from "../../kit/TextField/TextField";
import { useWait } from "../../kit/Wait/useWait";
import { Wait } from "../../kit/Wait/Wait";
import { tidyLogin } from "../../lib/login";

type Props = { connection: Connection; onBack: () => void; onLost: () => void };

/** After these the password may still be right: only the code has to be typed again. */
const KEEPS_PASSWORD: readonly ErrorCode[] = ["wrong_code", "server_unreachable", "server_busy", "server_error"];

/** Three lines. After a wrong code only the code is typed again. */
export function SomeoneElse({ connection, onBack, onLost }: Props) {
  const text = useText();
  const backend = useBackend();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asked, setAsked] = useState(false);
  const [entered, setEntered] = useState(false);
  const passwordLine = useRef<HTMLInputElement>(null);
  const codeLine = useRef<HTMLInputElement>(null);
  const signIn = useCall(() => backend.signInNew({ login: tidyLogin(login), password, code }), () => {
    setEntered(true);
    setPassword("");
    setCode("");
  }, (reason) => {
    setAsked(false);
    const failed = errorView(reason).code;
    setCode("");
    if (KEEPS_PASSWORD.includes(failed)) codeLine.current?.focus();
    else {
      setPassword("");
      passwordLine.current?.focus();
    }
  });
  const wait = useWait(signIn);
  const busy = signIn.busy || entered;
  const missing = (bad: boolean, words: string): string | null => (asked && bad ? words : null);
  const submit = (): void => {
    setAsked(true);
    if (login.trim() !== "" && password !== "" && code.length === CODE_DIGITS && wait === 0 && !entered) signIn.go();
  };
  return (
    <Card title={text("someone.title")} sub={text("someone.sub")} foot={<>
      <Button label={text("action.back")} variant="quiet" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack} />
      <Button label={text("someone.lost")} variant="quiet" icon={<KeyRound aria-hidden="true" />} onPress={onLost} />
    </>}>
      <CardForm onSubmit={submit}>
        {connection === "offline" ? <Strip tone="warn">{text("someone.offline")}</Strip> : null}
        <TextField label={text("someone.login")} hint={text("someone.login_hint")} value={login} onChange={setLogin} maxLength={64} autoFocus testId="login" disabled={busy} error={missing(login.trim() === "", text("someone.login_missing"))} />
        <PasswordField ref={passwordLine} label={text("sign_in.password")} value={password} onChange={setPassword} testId="password" disabled={busy} error={missing(password === "", text("someone.password_missing"))} />
        <CodeField ref={codeLine} label={text("code.label")} hint={text("code.hint")} value={code} onChange={setCode} disabled={busy} error={missing(code.length < CODE_DIGITS, text("code.missing"))} />
        {signIn.reason === null || wait > 0 ? null : <ErrorNote reason={signIn.reason} sentences={{ wrong_password: { says: "someone.wrong", next: "someone.wrong_next" } }} />}
        {wait > 0 ? <Wait seconds={wait} /> : null}
        <Button label={text(busy ? "someone.working" : "sign_in.action")} type="submit" variant="primary" wide busy={busy} disabled={wait > 0} testId="sign-in" />
      </CardForm>
    </Card>
  );
}
