// How does somebody whose role administers become an administrator? They ask, with password and code, and take their new codes along.
import { ShieldQuestion } from "lucide-react";
import { useState } from "react";
import type { Permissions, RecoveryCodes } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { usePeople, useStaffChanged } from "../../backend/queries/staff";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { CODE_DIGITS, CodeField } from "../../kit/CodeField/CodeField";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { PasswordField } from "../../kit/PasswordField/PasswordField";
import { KeepCodes } from "../../kit/RecoveryCodes/RecoveryCodes";
import { Strip } from "../../kit/Strip/Strip";
import { useWait } from "../../kit/Wait/useWait";
import { Wait } from "../../kit/Wait/Wait";
import { GrantAdmin } from "./GrantAdmin";
import styles from "./People.module.css";

type Opened = "ask" | "sheets" | null;

/** What is missing to administer, and the next step; nothing for who is an administrator or is not to be one. */
export function AdminStanding({ permissions, organisation }: { permissions: Permissions; organisation: string }) {
  const text = useText();
  const people = usePeople(permissions.root_sheets);
  const [opened, setOpened] = useState<Opened>(null);
  const me = (people.data ?? []).find((one) => one.me);
  const close = (): void => setOpened(null);
  const waits = permissions.admin === "may_ask" || permissions.admin === "asked";
  return (
    <>
      {waits ? (
        <Strip tone="warn" role="note" icon={<ShieldQuestion aria-hidden="true" />} action={permissions.admin === "may_ask"
          ? <Button label={text("ask.open")} variant="primary" onPress={() => setOpened("ask")} testId="ask-open" />
          : permissions.root_sheets && me !== undefined ? <Button label={text("grant.with_sheets")} onPress={() => setOpened("sheets")} testId="grant-self" /> : undefined}>
          {text(permissions.admin === "may_ask" ? "ask.may" : "ask.asked")}
        </Strip>
      ) : null}
      {opened === "ask" ? <AskAdmin login={me?.login ?? ""} organisation={organisation} onClose={close} /> : null}
      {opened === "sheets" && me !== undefined ? <GrantAdmin person={me} byRoot={false} onClose={close} /> : null}
    </>
  );
}

function AskAdmin({ login, organisation, onClose }: { login: string; organisation: string; onClose: () => void }) {
  const text = useText();
  const changed = useStaffChanged();
  const [codes, setCodes] = useState<RecoveryCodes | null>(null);
  const taken = (given: RecoveryCodes): void => {
    changed();
    setCodes(given);
  };
  if (codes === null) return <Question onCodes={taken} onClose={onClose} />;
  return (
    <Dialog keep title={text("ask.done_title")} closeLabel={text("action.close")} onClose={onClose}>
      <div className={styles.form}>
        <p>{text("ask.done_body")}</p>
        <KeepCodes codes={codes.codes} login={login} organisation={organisation} replaced onDone={onClose} reason={null}>
          <Button label={text("action.done")} type="submit" variant="primary" testId="codes-go" />
        </KeepCodes>
      </div>
    </Dialog>
  );
}

function Question({ onCodes, onClose }: { onCodes: (codes: RecoveryCodes) => void; onClose: () => void }) {
  const text = useText();
  const backend = useBackend();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asked, setAsked] = useState(false);
  const ask = useCall(() => backend.askAdmin({ password, code }), (codes) => {
    setPassword("");
    onCodes(codes);
  }, () => setCode(""));
  const wait = useWait(ask);
  const submit = (): void => {
    setAsked(true);
    if (password !== "" && code.length === CODE_DIGITS && wait === 0) ask.go();
  };
  return (
    <Dialog title={text("ask.title")} closeLabel={text("action.close")} onClose={onClose} footer={<>
      <Button label={text("action.cancel")} onPress={onClose} />
      <Button label={text("ask.open")} variant="primary" busy={ask.busy} disabled={wait > 0} onPress={submit} testId="ask-admin" />
    </>}>
      <form className={styles.form} autoComplete="off" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <p>{text("ask.body")}</p>
        <p className={styles.once}>{text("ask.codes")}</p>
        <PasswordField label={text("sign_in.password")} value={password} onChange={setPassword} autoFocus disabled={ask.busy} testId="ask-password" error={asked && password === "" ? text("someone.password_missing") : null} />
        <CodeField label={text("ask.code")} value={code} onChange={setCode} disabled={ask.busy} error={asked && code.length < CODE_DIGITS && ask.reason === null ? text("ask.code_missing") : null} />
        {ask.reason === null || wait > 0 ? null : <ErrorNote reason={ask.reason} />}
        {wait > 0 ? <Wait seconds={wait} /> : null}
        <button type="submit" hidden aria-label={text("ask.open")} />
      </form>
    </Dialog>
  );
}
