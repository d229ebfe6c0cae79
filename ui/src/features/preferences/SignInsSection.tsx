// Where did the person sign in that was new to them?
import { useText } from "../../i18n/text";
import { SignInList } from "../../kit/SignInList/SignInList";
import styles from "./PreferencesDialog.module.css";

/** The server's list, by the machines' names. */
export function SignInsSection() {
  const text = useText();
  return (
    <section className={styles.pin} aria-labelledby="sign-ins-title">
      <h3 id="sign-ins-title" className={styles.heading}>{text("sign_ins.title")}</h3>
      <p className={styles.explain}>{text("sign_ins.explain")}</p>
      <SignInList account={null} label={text("sign_ins.title")} none={text("sign_ins.none")} />
    </section>
  );
}
