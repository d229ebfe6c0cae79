// Where does the panel of a machine say what holds there?
import { useText } from "../../i18n/text";
import { RuleList } from "../../kit/RuleList/RuleList";
import styles from "./Workstations.module.css";

/** The rules with their sources, under their heading. */
export function RulesHere({ workstation }: { workstation: string }) {
  const text = useText();
  return <section className={styles.part}><h3>{text("rule.here")}</h3><RuleList workstation={workstation} /></section>;
}
