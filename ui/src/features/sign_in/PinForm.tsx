// How does a person who set a PIN here come in without their password?
import { useEffect, useRef, useState } from "react";
import { useBackend } from "../../backend/context";
import { errorView } from "../../backend/errors";
import { useCall } from "../../backend/queries/call";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { PIN_DIGITS, PinField } from "../../kit/PinField/PinField";
import styles from "./SignIn.module.css";

type Props = { account: string; /** Wrong ones that are left. */ tries: number; action: string; onPassword: () => void };

/** Below this the next wrong one has a price that is said before. */
const LAST = 1;

/** The digits, how many tries are left once one was wrong, and the way to the password. */
export function PinForm({ account, tries, action, onPassword }: Props) {
  const text = useText();
  const backend = useBackend();
  const [pin, setPin] = useState("");
  const [opened, setOpened] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const signIn = useCall((digits: string) => backend.signInPin({ account, pin: digits }), () => {
    setPin("");
    setOpened(true);
  }, () => setPin(""));
  const { reason } = signIn;
  const busy = signIn.busy || opened;
  useEffect(() => {
    if (reason !== null) input.current?.focus();
  }, [reason]);
  const code = reason === null ? null : errorView(reason).code;
  const submit = (): void => {
    if (pin.length >= PIN_DIGITS.least && !opened) signIn.go(pin);
  };
  return (
    <form className={styles.form} autoComplete="off" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <PinField ref={input} label={text("pin.label")} hint={text("pin.hint")} value={pin} onChange={setPin} autoFocus testId="pin" disabled={busy} />
      {reason === null ? null : <ErrorNote reason={reason} />}
      {code === "wrong_pin" || tries < 5 ? <p className={styles.tries} role="status">{text(tries <= LAST ? "pin.last_try" : "pin.tries", { n: tries })}</p> : null}
      <Button label={busy ? text("sign_in.opening") : action} type="submit" variant="primary" wide busy={busy} disabled={pin.length < PIN_DIGITS.least && !busy} testId="sign-in" />
      <Button label={text("pin.use_password")} variant="quiet" wide onPress={onPassword} testId="use-password" />
    </form>
  );
}
