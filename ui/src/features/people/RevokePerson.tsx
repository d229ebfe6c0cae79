// How is a person cut off, or an invite taken back?
import { useBackend } from "../../backend/context";
import type { PersonView } from "../../backend/bindings";
import { useCall } from "../../backend/queries/call";
import { useStaffChanged } from "../../backend/queries/staff";
import { useText } from "../../i18n/text";
import { announce } from "../../kit/Announcer/announce";
import { TypedConfirm } from "../../kit/TypedConfirm/TypedConfirm";

/** The question, with what follows from it. */
export function RevokePerson({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const text = useText();
  const backend = useBackend();
  const changed = useStaffChanged();
  const invited = person.state === "invited";
  const revoke = useCall(() => backend.revokePerson(person.account), () => {
    changed();
    announce(text("people.revoked_said", { name: person.name }));
    onClose();
  });
  return (
    <TypedConfirm title={text(invited ? "people.withdraw_title" : "people.revoke_title", { name: person.name })} body={text(invited ? "people.withdraw_body" : "people.revoke_body")} word={person.login ?? person.name}
      action={text(invited ? "people.withdraw" : "people.revoke")} busy={revoke.busy} reason={revoke.reason} onConfirm={() => revoke.go()} onClose={onClose} />
  );
}
