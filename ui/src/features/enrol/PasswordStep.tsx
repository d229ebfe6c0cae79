// Which password will open the vault, everywhere in the clinic?
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import type { EnrolmentBegun, ErrorCode } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { errorView } from "../../backend/errors";
import { useCall } from "../../backend/queries/call";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Card, CardForm } from "../../kit/Card/Card";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { NewPassword } from "../../kit/NewPassword/NewPassword";
import { useNewPassword } from "../../kit/NewPassword/useNewPassword";

type Props = { step: string; invite: string; organisation: string; onBegun: (begun: EnrolmentBegun) => void; /** The invite will not do; another one is needed. */ onRefused: (reason: unknown) => void; onBack: () => void };

/** What another password cannot mend. */
const OF_THE_INVITE: readonly ErrorCode[] = ["invite_malformed", "invite_unknown", "invite_expired", "invite_used", "already_enrolled", "unknown_root", "malformed"];

/** The password, twice; then the account's keys are made. */
export function PasswordStep({ step, invite, organisation, onBegun, onRefused, onBack }: Props) {
  const text = useText();
  const backend = useBackend();
  const form = useNewPassword(["sotto", organisation]);
  const [asked, setAsked] = useState(false);
  const begin = useCall(async () => {
    const password = await form.take();
    return password === null ? null : backend.beginEnrol({ invite, password });
  }, (begun) => {
    if (begun === null) return;
    form.forget();
    onBegun(begun);
  }, (reason) => {
    if (OF_THE_INVITE.includes(errorView(reason).code)) onRefused(reason);
  });
  const submit = (): void => {
    setAsked(true);
    begin.go();
  };
  return (
    <Card step={step} title={text("enrol.title_password")} sub={text("enrol.subtitle_password")} foot={<Button label={text("action.back")} variant="quiet" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack} />}>
      <CardForm onSubmit={submit}>
        <NewPassword form={form} asked={asked} autoFocus />
        {begin.reason === null ? null : <ErrorNote reason={begin.reason} />}
        <Button label={text(begin.busy ? "enrol.working" : "action.next")} type="submit" variant="primary" wide busy={begin.busy} testId="next" />
      </CardForm>
    </Card>
  );
}
