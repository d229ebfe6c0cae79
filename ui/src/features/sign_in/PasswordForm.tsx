// How does a person prove who they are?
import { useEffect, useRef } from "react";
import type { ErrorCode } from "../../backend/bindings";
import { errorView } from "../../backend/errors";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { PasswordField } from "../../kit/PasswordField/PasswordField";
import { Wait } from "../../kit/Wait/Wait";
import styles from "./SignIn.module.css";
import { usePassword } from "./usePassword";

type Props = { account: string; action: string; /** Where somebody goes whose vault is not here any more. */ onFull: () => void };

/** After these the password alone opens nothing here, and only a full sign-in helps. */
const NEEDS_FULL: readonly ErrorCode[] = ["vault_destroyed", "vault_missing", "vault_corrupt", "second_factor_needed"];

/** Password, button, and what went wrong. After an error the line is empty and focused again. */
export function PasswordForm({ account, action, onFull }: Props) {
  const text = useText();
  const { password, setPassword, submit, wait, busy, reason } = usePassword(account);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (reason !== null) input.current?.focus();
  }, [reason]);
  const code = reason === null ? null : errorView(reason).code;
  const gone = code !== null && NEEDS_FULL.includes(code);
  return (
    <form className={styles.form} autoComplete="off" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      {gone ? null : <PasswordField ref={input} label={text("sign_in.password")} value={password} onChange={setPassword} autoFocus testId="password" disabled={busy} />}
      {reason === null || (code === "throttled" && wait > 0) ? null : <ErrorNote reason={reason} />}
      {wait > 0 ? <Wait seconds={wait} /> : null}
      {gone ? <Button label={text("sign_in.full")} variant="primary" wide onPress={onFull} testId="full-sign-in" />
        : <Button label={busy ? text("sign_in.opening") : action} type="submit" variant="primary" wide busy={busy} disabled={wait > 0 || (password === "" && !busy)} testId="sign-in" />}
    </form>
  );
}
