// How does somebody who lost every key come back: what ends with it, what returns, and then the invite?
import { useState } from "react";
import type { InviteView, PersonView } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useStaffChanged } from "../../backend/queries/staff";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { DAYS_USUAL, DaysField } from "../../kit/DaysField/DaysField";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { InviteMade } from "./InviteMade";
import styles from "./People.module.css";

type Props = { person: PersonView; organisation: string; onClose: () => void };

/** The question, and in its place the invite. */
export function InviteAgain({ person, organisation, onClose }: Props) {
  const [made, setMade] = useState<InviteView | null>(null);
  return made === null ? <Question person={person} onMade={setMade} onClose={onClose} /> : <InviteMade invite={made} organisation={organisation} onClose={onClose} />;
}

function Question({ person, onMade, onClose }: { person: PersonView; onMade: (invite: InviteView) => void; onClose: () => void }) {
  const text = useText();
  const backend = useBackend();
  const changed = useStaffChanged();
  const [days, setDays] = useState(DAYS_USUAL);
  const invite = useCall(() => backend.inviteAgain(person.account, days), (answer) => {
    changed();
    onMade(answer);
  });
  return (
    <Dialog title={text("again.title", { name: person.name })} closeLabel={text("action.close")} onClose={onClose} footer={<>
      <Button label={text("action.cancel")} onPress={onClose} />
      <Button label={text("people.invite_make")} variant="primary" busy={invite.busy} onPress={() => invite.go()} testId="again-make" />
    </>}>
      <div className={styles.form}>
        <p>{text("again.body")}</p>
        <Points title={text("again.ends")} points={[text("again.ends_keys"), text("again.ends_machines"), text("again.ends_login"), text("again.ends_drafts")]} />
        <Points title={text("again.returns")} points={[text("again.returns_threads"), text("again.returns_past")]} />
        <DaysField label={text("people.days")} value={days} onChange={setDays} />
        {invite.reason === null ? null : <ErrorNote reason={invite.reason} />}
      </div>
    </Dialog>
  );
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  return (
    <section className={styles.points}>
      <h3>{title}</h3>
      <ul>{points.map((point) => <li key={point}>{point}</li>)}</ul>
    </section>
  );
}
