// Where does the invite's text go?
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Card, CardForm } from "../../kit/Card/Card";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { PasteField } from "../../kit/PasteField/PasteField";
import { findText, INVITE_PREFIX, TOKEN_PREFIX } from "../../lib/secretText";

type Props = { step: string; /** Why the invite before was refused. */ reason: unknown; onInvite: (invite: string) => void; onBack: () => void };

/** Pasted, or read by a scanner that types. */
export function InviteStep({ step, reason, onInvite, onBack }: Props) {
  const text = useText();
  const [invite, setInvite] = useState("");
  const [asked, setAsked] = useState(false);
  const found = findText(invite, INVITE_PREFIX);
  const token = invite.includes(TOKEN_PREFIX);
  const wrong = (): string | null => {
    if (token) return text("enrol.invite_is_token");
    if (!asked) return null;
    if (invite.trim() === "") return text("enrol.invite_missing");
    return found.startsWith(INVITE_PREFIX) ? null : text("enrol.invite_strange");
  };
  const submit = (): void => {
    setAsked(true);
    if (found.startsWith(INVITE_PREFIX) && !token) onInvite(found);
  };
  return (
    <Card step={step} title={text("enrol.title_person")} sub={text("enrol.subtitle_person")} foot={<Button label={text("action.back")} variant="quiet" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack} />}>
      <CardForm onSubmit={submit}>
        {reason === null || invite !== "" ? null : <ErrorNote reason={reason} sentences={{ not_found: { says: "enrol.gone", next: "enrol.gone_next" } }} />}
        <PasteField label={text("enrol.invite")} hint={text("enrol.invite_hint")} value={invite} onChange={setInvite} autoFocus testId="invite" error={wrong()} />
        <Button label={text("action.next")} type="submit" variant="primary" wide testId="next" />
      </CardForm>
    </Card>
  );
}
