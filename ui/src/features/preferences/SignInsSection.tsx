// Where did the person sign in that was new to them, and how do they end all of it but here?
import { LogOut } from "lucide-react";
import { useState } from "react";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { SignInList } from "../../kit/SignInList/SignInList";
import styles from "./PreferencesDialog.module.css";

/** The server's list, by the machines' names, and below it the way out of everywhere else. */
export function SignInsSection() {
  const text = useText();
  return (
    <section className={styles.pin} aria-labelledby="sign-ins-title">
      <h3 id="sign-ins-title" className={styles.heading}>{text("sign_ins.title")}</h3>
      <p className={styles.explain}>{text("sign_ins.explain")}</p>
      <SignInList account={null} label={text("sign_ins.title")} none={text("sign_ins.none")} />
      <Everywhere />
    </section>
  );
}

/** Asked once more, with what it means; then how many it was. */
function Everywhere() {
  const text = useText();
  const backend = useBackend();
  const [asking, setAsking] = useState(false);
  const [ended, setEnded] = useState<number | null>(null);
  const out = useCall(() => backend.signOutElsewhere(), (count) => {
    setAsking(false);
    setEnded(count);
  });
  if (!asking) {
    return (
      <>
        {ended === null ? null : <p role="status" data-testid="signed-out-everywhere">{text("sign_ins.everywhere_done", { n: ended })}</p>}
        <div className={styles.buttons}><Button label={text("sign_ins.everywhere")} icon={<LogOut aria-hidden="true" />} onPress={() => setAsking(true)} testId="sign-out-everywhere" /></div>
      </>
    );
  }
  return (
    <div className={styles.form} role="group" aria-label={text("sign_ins.everywhere_confirm")}>
      <p id="everywhere-means">{text("sign_ins.everywhere_means")}</p>
      {out.reason === null ? null : <ErrorNote reason={out.reason} />}
      <div className={styles.buttons}>
        <Button label={text("sign_ins.everywhere_confirm")} variant="danger" busy={out.busy} onPress={out.go} describedBy="everywhere-means" testId="sign-out-everywhere-confirm" />
        <Button label={text("action.cancel")} variant="quiet" disabled={out.busy} onPress={() => setAsking(false)} />
      </div>
    </div>
  );
}
