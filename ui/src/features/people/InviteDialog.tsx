// How does somebody new get their invite: who they are, and then a text and a sheet to hand over?
import { useState } from "react";
import type { InviteView, RoleChoice } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { errorView } from "../../backend/errors";
import { useCall } from "../../backend/queries/call";
import { useStaffChanged } from "../../backend/queries/staff";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { DAYS_USUAL, DaysField } from "../../kit/DaysField/DaysField";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { TextField } from "../../kit/TextField/TextField";
import { proposeLogin, tidyLogin } from "../../lib/login";
import { InviteMade } from "./InviteMade";
import { isChosen, NO_ROLE, RoleField, type RoleDraft } from "./RoleField";
import styles from "./People.module.css";

type Props = { organisation: string; onClose: () => void };

/** The form, and in its place the invite. */
export function InviteDialog({ organisation, onClose }: Props) {
  const [made, setMade] = useState<InviteView | null>(null);
  return made === null ? <Form onMade={setMade} onClose={onClose} /> : <InviteMade invite={made} organisation={organisation} onClose={onClose} />;
}

function Form({ onMade, onClose }: { onMade: (invite: InviteView) => void; onClose: () => void }) {
  const text = useText();
  const backend = useBackend();
  const changed = useStaffChanged();
  const [name, setName] = useState("");
  const [title, setTitle] = useState("");
  const [typed, setTyped] = useState<string | null>(null);
  const [role, setRole] = useState<RoleDraft>(NO_ROLE);
  const [days, setDays] = useState(DAYS_USUAL);
  const [asked, setAsked] = useState(false);
  const login = typed ?? proposeLogin(name);
  const invite = useCall((chosen: RoleChoice) => backend.invite({ name: name.trim(), title: title.trim(), login: tidyLogin(login), ...chosen, days }), (answer) => {
    changed();
    onMade(answer);
  });
  const missing = (value: string): string | null => (asked && value.trim() === "" ? text("new.required") : null);
  const failed = invite.reason === null ? null : errorView(invite.reason).code;
  const ofLogin = failed === "login_taken" ? text("error.login_taken") : failed === "login_malformed" ? text("error.login_malformed") : null;
  const submit = (): void => {
    setAsked(true);
    if (name.trim() !== "" && login.trim() !== "" && isChosen(role)) invite.go({ role: role.role, permissions: [...role.permissions] });
  };
  return (
    <Dialog title={text("people.invite_title")} closeLabel={text("action.close")} onClose={onClose} footer={<>
      <Button label={text("action.cancel")} onPress={onClose} />
      <Button label={text("people.invite_make")} variant="primary" busy={invite.busy} onPress={submit} testId="invite-make" />
    </>}>
      <form className={styles.form} autoComplete="off" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <TextField auto label={text("people.name")} hint={text("people.name_hint")} value={name} onChange={setName} maxLength={120} autoFocus testId="invite-name" error={missing(name)} />
        <TextField auto label={text("people.title")} hint={text("people.title_hint")} value={title} onChange={setTitle} maxLength={120} testId="invite-title" />
        <TextField label={text("someone.login")} hint={text("people.login_hint")} value={login} onChange={(next) => { setTyped(next); invite.forget(); }} maxLength={64} testId="invite-login" error={ofLogin ?? missing(login)} />
        <RoleField value={role} onChange={setRole} missing={asked && !isChosen(role)} />
        <DaysField label={text("people.days")} value={days} onChange={setDays} />
        {invite.reason === null || ofLogin !== null ? null : <ErrorNote reason={invite.reason} />}
        <button type="submit" hidden aria-label={text("people.invite_make")} />
      </form>
    </Dialog>
  );
}
