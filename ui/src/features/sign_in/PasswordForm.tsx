// How does a person prove who they are?
import { Eye, EyeOff, Hourglass } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { errorView } from "../../backend/errors";
import { sayWait } from "../../i18n/errors";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { IconButton } from "../../kit/IconButton/IconButton";
import { TextField } from "../../kit/TextField/TextField";
import styles from "./SignIn.module.css";
import { usePassword } from "./usePassword";

type Props = { account: string; action: string };

/** Password, button, and what went wrong. After an error the line is empty and focused again. */
export function PasswordForm({ account, action }: Props) {
  const text = useText();
  const { password, setPassword, submit, wait, busy, reason } = usePassword(account);
  const [shown, setShown] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (reason !== null) input.current?.focus();
  }, [reason]);
  const throttled = reason !== null && errorView(reason).code === "throttled";
  return (
    <form className={styles.form} autoComplete="off" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <div className={styles.password}>
        <TextField ref={input} label={text("sign_in.password")} type={shown ? "text" : "password"} value={password} onChange={setPassword} autoFocus testId="password" disabled={busy} maxLength={256} />
        <IconButton label={text(shown ? "sign_in.hide_password" : "sign_in.show_password")} pressed={shown} className={styles.eye}
          icon={shown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />} onPress={() => setShown(!shown)} />
      </div>
      {reason === null || (throttled && wait > 0) ? null : <ErrorNote reason={reason} />}
      {wait > 0 ? <p className={styles.wait} role="timer"><Hourglass aria-hidden="true" />{text("sign_in.wait", { wait: sayWait(text, wait) })}</p> : null}
      <Button label={busy ? text("sign_in.opening") : action} type="submit" variant="primary" wide busy={busy} disabled={wait > 0 || (password === "" && !busy)} testId="sign-in" />
    </form>
  );
}
