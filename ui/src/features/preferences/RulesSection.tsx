// Which rules did the clinic set for this workstation?
import { useText } from "../../i18n/text";
import { RuleList } from "../../kit/RuleList/RuleList";
import styles from "./PreferencesDialog.module.css";

/** What holds here and whose rule it is, for whoever wonders why the screen locks. */
export function RulesSection() {
  const text = useText();
  return (
    <section className={styles.pin} aria-labelledby="rules-title">
      <h3 id="rules-title" className={styles.heading}>{text("rule.here")}</h3>
      <p className={styles.explain}>{text("rule.here_explain")}</p>
      <RuleList workstation={null} />
    </section>
  );
}
