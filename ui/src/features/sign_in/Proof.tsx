// By what does this person come in here: the PIN they set, their password, or a full sign-in because nothing else opens anything?
import { useState } from "react";
import type { TileView } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { PasswordForm } from "./PasswordForm";
import { PinForm } from "./PinForm";
import styles from "./SignIn.module.css";

type Props = { person: TileView; action: string; onFull: () => void };

/** What the core says when it is asked all the same. */
const SECOND_FACTOR = { code: "second_factor_needed", retry_after_seconds: null } as const;

/** One form at a time; who has a PIN gets to the password by a button, and whom the server shut out reads why. */
export function Proof({ person, action, onFull }: Props) {
  const text = useText();
  const [byPassword, setByPassword] = useState(false);
  if (person.shut_out !== null || person.second_factor_needed) {
    return (
      <div className={styles.form}>
        <ErrorNote reason={person.shut_out === null ? SECOND_FACTOR : { code: person.shut_out, retry_after_seconds: null }} />
        {person.shut_out === "workstation_revoked" ? null : <Button label={text("sign_in.full")} variant="primary" wide onPress={onFull} testId="full-sign-in" />}
      </div>
    );
  }
  if (person.pin_tries_left !== null && !byPassword) return <PinForm account={person.account} tries={person.pin_tries_left} action={action} onPassword={() => setByPassword(true)} />;
  return <PasswordForm account={person.account} action={action} onFull={onFull} />;
}
