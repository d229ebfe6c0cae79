// Where did a person sign in, for who administers people and for who reviews?
import type { PersonView } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Dialog } from "../../kit/Dialog/Dialog";
import { SignInList } from "../../kit/SignInList/SignInList";

/** The server's list of one person. */
export function PersonSignIns({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const text = useText();
  const title = text("sign_ins.of", { name: person.name });
  return (
    <Dialog title={title} closeLabel={text("action.close")} onClose={onClose} footer={<Button label={text("action.done")} variant="primary" onPress={onClose} />}>
      <SignInList account={person.account} label={title} none={text("sign_ins.none_of")} />
    </Dialog>
  );
}
