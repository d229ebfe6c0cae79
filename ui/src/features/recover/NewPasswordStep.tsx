// Which password comes in place of the lost one? The phone's code is asked for last, since it is good for seconds only.
import { ArrowLeft } from "lucide-react";
import { useRef, useState } from "react";
import type { ErrorCode, RecoveryCodes } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { errorView } from "../../backend/errors";
import { useCall } from "../../backend/queries/call";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Card, CardForm } from "../../kit/Card/Card";
import { CODE_DIGITS, CodeField } from "../../kit/CodeField/CodeField";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { NewPassword } from "../../kit/NewPassword/NewPassword";
import { useNewPassword } from "../../kit/NewPassword/useNewPassword";
import { useWait } from "../../kit/Wait/useWait";
import { Wait } from "../../kit/Wait/Wait";
import type { Who } from "./WhoStep";

type Props = { step: string; who: Who; organisation: string; onCodes: (codes: RecoveryCodes) => void; onRefused: (reason: unknown) => void; onBack: () => void };

/** What another password or code cannot mend. */
const OF_THE_CODE: readonly ErrorCode[] = ["recovery_code_unknown", "wrong_password", "malformed", "login_malformed"];

/** The new password twice, and the code. */
export function NewPasswordStep({ step, who, organisation, onCodes, onRefused, onBack }: Props) {
  const text = useText();
  const backend = useBackend();
  const form = useNewPassword(["sotto", organisation, who.login]);
  const [code, setCode] = useState("");
  const [asked, setAsked] = useState(false);
  const codeLine = useRef<HTMLInputElement>(null);
  const recover = useCall(async () => {
    const password = await form.take();
    return password === null || code.length < CODE_DIGITS ? null : backend.recover({ login: who.login, recovery_code: who.recoveryCode, code, password });
  }, (codes) => {
    if (codes === null) return;
    form.forget();
    onCodes(codes);
  }, (reason) => {
    setCode("");
    if (OF_THE_CODE.includes(errorView(reason).code)) onRefused(reason);
    else codeLine.current?.focus();
  });
  const wait = useWait(recover);
  const submit = (): void => {
    setAsked(true);
    if (wait === 0) recover.go();
  };
  return (
    <Card step={step} title={text("enrol.title_password")} sub={text("recover.password_sub")} foot={<Button label={text("action.back")} variant="quiet" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack} />}>
      <CardForm onSubmit={submit}>
        <NewPassword form={form} asked={asked} autoFocus />
        <CodeField ref={codeLine} label={text("code.label")} hint={text("code.hint")} value={code} onChange={setCode} error={asked && code.length < CODE_DIGITS && recover.reason === null ? text("code.missing") : null} />
        {recover.reason === null || wait > 0 ? null : <ErrorNote reason={recover.reason} />}
        {wait > 0 ? <Wait seconds={wait} /> : null}
        <Button label={text(recover.busy ? "recover.working" : "recover.action")} type="submit" variant="primary" wide busy={recover.busy} disabled={wait > 0} testId="next" />
      </CardForm>
    </Card>
  );
}
