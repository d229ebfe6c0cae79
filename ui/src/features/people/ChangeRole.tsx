// How does a person get another role?
import { useState } from "react";
import type { PersonView } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useStaffChanged } from "../../backend/queries/staff";
import { useText } from "../../i18n/text";
import { announce } from "../../kit/Announcer/announce";
import { Button } from "../../kit/Button/Button";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { isChosen, RoleField, type RoleDraft } from "./RoleField";
import styles from "./People.module.css";

/** The choice, with what follows from it: it holds at once. */
export function ChangeRole({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const text = useText();
  const backend = useBackend();
  const changed = useStaffChanged();
  const [draft, setDraft] = useState<RoleDraft>({ role: person.role, permissions: person.role === "custom" ? person.permissions : [] });
  const [asked, setAsked] = useState(false);
  const set = useCall((choice: RoleDraft) => (isChosen(choice) ? backend.setRole(person.account, { role: choice.role, permissions: [...choice.permissions] }) : Promise.resolve()), () => {
    changed();
    announce(text("role.changed_said", { name: person.name }));
    onClose();
  });
  const submit = (): void => {
    setAsked(true);
    if (isChosen(draft)) set.go(draft);
  };
  return (
    <Dialog title={text("role.change_title", { name: person.name })} closeLabel={text("action.close")} onClose={onClose} footer={<>
      <Button label={text("action.cancel")} onPress={onClose} />
      <Button label={text("role.change")} variant="primary" busy={set.busy} onPress={submit} testId="role-set" />
    </>}>
      <div className={styles.form}>
        <RoleField value={draft} onChange={setDraft} missing={asked && !isChosen(draft)} />
        <p className={styles.once}>{text("role.change_body")}</p>
        {set.reason === null ? null : <ErrorNote reason={set.reason} />}
      </div>
    </Dialog>
  );
}
