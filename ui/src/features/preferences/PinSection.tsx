// How does a person set a PIN on this computer, change it, or remove it, and who says where none is allowed?
import { KeySquare, Trash2 } from "lucide-react";
import { useState } from "react";
import type { RuleSourceView } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useRules } from "../../backend/queries/fleet";
import type { Text } from "../../i18n/text";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { PasswordField } from "../../kit/PasswordField/PasswordField";
import { PIN_DIGITS, PinField } from "../../kit/PinField/PinField";
import { sayGroup } from "../../kit/RuleList/rules";
import { useWait } from "../../kit/Wait/useWait";
import { Wait } from "../../kit/Wait/Wait";
import styles from "./PreferencesDialog.module.css";

/** What holds, and what can be done about it. */
export function PinSection({ set }: { set: boolean }) {
  const text = useText();
  const backend = useBackend();
  const [asking, setAsking] = useState(false);
  const remove = useCall(() => backend.removePin(), () => undefined);
  const forbidden = useRules(null).data?.find((rule) => rule.setting === "pin" && rule.value === false)?.from;
  const status = forbidden === undefined ? text(set ? "pin.is_set" : "pin.is_not_set") : sayForbidden(text, forbidden);
  return (
    <section className={styles.pin} aria-labelledby="pin-title">
      <h3 id="pin-title" className={styles.heading}>{text("pin.title")}</h3>
      <p className={styles.explain} role="status">{status}</p>
      {asking && forbidden === undefined ? <PinDialogue onDone={() => setAsking(false)} /> : (
        <div className={styles.buttons}>
          {forbidden === undefined ? <Button label={text(set ? "pin.change" : "pin.set")} icon={<KeySquare aria-hidden="true" />} onPress={() => setAsking(true)} testId="pin-set" /> : null}
          {set ? <Button label={text("pin.remove")} variant="quiet" icon={<Trash2 aria-hidden="true" />} busy={remove.busy} onPress={remove.go} testId="pin-remove" /> : null}
        </div>
      )}
      {remove.reason === null ? null : <ErrorNote reason={remove.reason} />}
    </section>
  );
}

/** Whose rule it is that there is no PIN. Nobody forbids it to themselves: what is no group's and not the management's is the clinic's. */
function sayForbidden(text: Text, from: RuleSourceView): string {
  if (typeof from !== "string") return text("pin.forbidden_group", { name: sayGroup(text, from) });
  return text(from === "management" ? "pin.forbidden_management" : "pin.forbidden_clinic");
}

/** The password once more, and the PIN twice. */
function PinDialogue({ onDone }: { onDone: () => void }) {
  const text = useText();
  const backend = useBackend();
  const [password, setPassword] = useState("");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [asked, setAsked] = useState(false);
  const save = useCall(() => backend.setPin({ password, pin }), () => {
    setPassword("");
    setPin("");
    setAgain("");
    onDone();
  }, () => {
    setPassword("");
    setAsked(false);
  });
  const wait = useWait(save);
  const missing = (bad: boolean, words: string): string | null => (asked && bad ? words : null);
  const submit = (): void => {
    setAsked(true);
    if (password !== "" && pin.length >= PIN_DIGITS.least && pin === again && wait === 0) save.go();
  };
  return (
    <form className={styles.form} autoComplete="off" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <PasswordField label={text("sign_in.password")} value={password} onChange={setPassword} autoFocus disabled={save.busy} testId="pin-password" error={missing(password === "", text("someone.password_missing"))} />
      <PinField label={text("pin.new")} hint={text("pin.new_hint")} value={pin} onChange={setPin} disabled={save.busy} testId="pin-new" error={missing(pin.length < PIN_DIGITS.least, text("error.pin_malformed"))} />
      <PinField label={text("pin.again")} value={again} onChange={setAgain} disabled={save.busy} testId="pin-again" error={missing(pin !== again, text("pin.differs"))} />
      {save.reason === null || wait > 0 ? null : <ErrorNote reason={save.reason} />}
      {wait > 0 ? <Wait seconds={wait} /> : null}
      <div className={styles.buttons}>
        <Button label={text("pin.save")} type="submit" variant="primary" busy={save.busy} disabled={wait > 0} testId="pin-save" />
        <Button label={text("action.cancel")} variant="quiet" onPress={onDone} disabled={save.busy} />
      </div>
    </form>
  );
}
